import { SCOPES, type Scope } from "@orwatch/domain/permissions";
import { message } from "@orwatch/messages/message";
import { AppError } from "./app-error.ts";
import type { Principal } from "./principal.ts";
import { PROCEDURE_PERMISSIONS, PROCEDURE_SCOPES } from "./procedure-permissions.ts";
import { requirePermission } from "./require-permission.ts";
import { needsNoSecondFactor, requireSecondFactorSetup } from "./second-factor-setup.ts";

/**
 * @throws MISSING_SCOPE if the API token does not have the scope
 * @throws FORBIDDEN_ROLE if the role of its issuer no longer permits it
 */
export function requireScope(principal: Extract<Principal, { kind: "apiToken" }>, scope: Scope): void {
  if (!principal.scopes.includes(scope)) throw new AppError("MISSING_SCOPE", message("scope_missing", { scope }));
  requirePermission(principal, SCOPES[scope]);
}

/** @throws FORBIDDEN_ROLE, MISSING_SCOPE if the credential does not permit the procedure, NOT_FOUND if the request names a foreign team */
export function requireAccess(
  path: string,
  { principal, isForeignTeam }: { principal: Principal; isForeignTeam: boolean },
): void {
  const foreign = () => new AppError("NOT_FOUND", message("team_not_found", {}));
  if (principal.kind === "apiToken") {
    const scope = PROCEDURE_SCOPES[path];
    if (scope === undefined) throw new Error(`${path} is missing in PROCEDURE_SCOPES`);
    if (isForeignTeam) throw foreign();
    requireScope(principal, scope);
    return;
  }
  if (!needsNoSecondFactor(path, principal.secondFactorRequiredBy)) requireSecondFactorSetup(principal);
  const needed = PROCEDURE_PERMISSIONS[path];
  if (needed === undefined) throw new Error(`${path} is missing in PROCEDURE_PERMISSIONS`);
  if (needed === "user") return;
  if (isForeignTeam) throw foreign();
  requirePermission(principal, needed);
}
