import type { User } from "@orwatch/db";
import type { App } from "../../app.ts";

/** Of a row `u` of users: whether the user has a second factor. */
export const HAS_SECOND_FACTOR =
  "(u.totp_secret IS NOT NULL OR EXISTS (SELECT 1 FROM passkeys p WHERE p.user_id = u.id))";

export const hasPasskey = ({ db }: Pick<App, "db">, userId: number): boolean =>
  db.reader.prepare("SELECT 1 FROM passkeys WHERE user_id = ? LIMIT 1").get(userId) !== undefined;

/** Whether two-factor authentication is on: by an authenticator app, by passkeys, or both. */
export const hasSecondFactor = (app: Pick<App, "db">, user: Pick<User, "id" | "totpSecret">): boolean =>
  user.totpSecret !== null || hasPasskey(app, user.id);
