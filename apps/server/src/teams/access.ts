import type { Connection } from "@orwatch/db";
import { PERMISSIONS, type Permission, type Role } from "@orwatch/domain/permissions";
import { message } from "@orwatch/messages/message";
import { findRole } from "../memberships/membership.ts";
import { lacksSecondFactor } from "../memberships/second-factor.ts";
import { AppError } from "../rpc/app-error.ts";
import { requirePermission } from "../rpc/require-permission.ts";
import { requireSecondFactorSetup } from "../rpc/second-factor-setup.ts";

/** Also for a team that exists: who is no member does not learn that. */
export const teamNotFound = () => new AppError("NOT_FOUND", message("team_not_found", {}));

/** An owner is needed to manage owners. */
export const ownerRequired = () =>
  new AppError("FORBIDDEN_ROLE", message("role_required", { role: PERMISSIONS.ownTeam }));

/**
 * The role of a user in the team that an input names. Changes call this in their transaction, because the role may have changed since the
 * request arrived.
 * @throws NOT_FOUND if the user is no member, FORBIDDEN_ROLE, SECOND_FACTOR_SETUP_REQUIRED
 */
export function requireRole(
  connection: Connection,
  input: { userId: number; teamId: number; permission: Permission },
): Role {
  const role = findRole(connection, input);
  if (role === null) throw teamNotFound();
  if (lacksSecondFactor(connection, { userId: input.userId, teamId: input.teamId }))
    requireSecondFactorSetup({ secondFactorRequiredBy: "team" });
  requirePermission({ role }, input.permission);
  return role;
}
