import type { Connection, User } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import type { App } from "../../app.ts";
import { AppError } from "../../rpc/app-error.ts";

export const hasPasskey = ({ db }: Pick<App, "db">, userId: number): boolean =>
  db.reader.prepare("SELECT 1 FROM passkeys WHERE user_id = ? LIMIT 1").get(userId) !== undefined;

/** Whether two-factor authentication is on: by an authenticator app, by passkeys, or both. */
export const hasSecondFactor = (app: Pick<App, "db">, user: Pick<User, "id" | "totpSecret">): boolean =>
  user.totpSecret !== null || hasPasskey(app, user.id);

/** Who requires two-factor authentication of a user; `null` if nobody does. */
export function findRequiredBy(app: Pick<App, "config">, _connection: Connection, _userId: number): "server" | null {
  return app.config.requireSecondFactor ? "server" : null;
}

/**
 * Keeps the last second factor of a user who needs one. Call in the transaction that removes it: throwing undoes that.
 * @throws CONFLICT
 */
export function rejectIfRequired(app: Pick<App, "config">, connection: Connection, userId: number): void {
  if (findRequiredBy(app, connection, userId) !== null)
    throw new AppError("CONFLICT", message("second_factor_needed", {}));
}
