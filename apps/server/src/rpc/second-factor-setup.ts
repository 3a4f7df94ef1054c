import { message } from "@orwatch/messages/message";
import { AppError } from "./app-error.ts";
import type { Principal } from "./principal.ts";
import { PROCEDURE_PERMISSIONS } from "./procedure-permissions.ts";

type Session = Extract<Principal, { kind: "session" }>;

/** What users can do before they have set up the two-factor authentication that the server requires: this, and leaving. */
const SETUP = new Set([
  "auth.logout",
  "auth.me",
  "auth.account",
  "auth.security",
  "auth.changePassword",
  "auth.deleteAccount",
  "auth.reauthenticate",
  "auth.sessions",
  "auth.endSession",
  "auth.endOtherSessions",
  "auth.endAllSessions",
  "auth.beginSecondFactor",
  "auth.enableSecondFactor",
  "auth.renewRecoveryCodes",
  "passkeys.confirm",
  "passkeys.begin",
  "passkeys.add",
  "passkeys.list",
]);

/** Whether a procedure is permitted without the two-factor authentication that the server or the team of the request requires. */
export const needsNoSecondFactor = (path: string, requiredBy: "server" | "team" | null): boolean =>
  SETUP.has(path) || (requiredBy !== "server" && PROCEDURE_PERMISSIONS[path] === "user");

/** @throws SECOND_FACTOR_SETUP_REQUIRED if the user must set up two-factor authentication first */
export function requireSecondFactorSetup({
  secondFactorRequiredBy: by,
}: Pick<Session, "secondFactorRequiredBy">): void {
  if (by !== null) throw new AppError("SECOND_FACTOR_SETUP_REQUIRED", message("second_factor_setup_required", { by }));
}
