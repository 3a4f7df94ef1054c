import type { Connection, User } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import { isRequiredByTeam } from "../../memberships/second-factor.ts";
import { AppError } from "../../rpc/app-error.ts";

export const hasPasskey = ({ db }: Pick<App, "db">, userId: number): boolean =>
  db.reader.prepare("SELECT 1 FROM passkeys WHERE user_id = ? LIMIT 1").get(userId) !== undefined;

/** Whether two-factor authentication is on: by an authenticator app, by passkeys, or both. */
export const hasSecondFactor = (app: Pick<App, "db">, user: Pick<User, "id" | "totpSecret">): boolean =>
  user.totpSecret !== null || hasPasskey(app, user.id);

/**
 * Keeps the last second factor of a user who needs one, on this server or in a team. Call in the transaction that removes it: throwing
 * undoes that.
 * @throws CONFLICT
 */
export function rejectIfRequired(app: Pick<App, "config">, connection: Connection, userId: number): void {
  if (app.config.requireSecondFactor || isRequiredByTeam(connection, userId))
    throw new AppError("CONFLICT", message("second_factor_needed", {}));
}
