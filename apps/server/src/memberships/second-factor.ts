import type { Connection } from "@orwatch/db";

/** Of a row `u` of users: whether the user has a second factor, an authenticator app or a passkey. */
export const HAS_SECOND_FACTOR =
  "(u.totp_secret IS NOT NULL OR EXISTS (SELECT 1 FROM passkeys p WHERE p.user_id = u.id))";

const LACKS = `SELECT 1 FROM teams t JOIN users u ON u.id = @userId
  WHERE t.id = @teamId AND t.requires_second_factor AND NOT ${HAS_SECOND_FACTOR}`;

/** Whether a team requires two-factor authentication, and the user has none. */
export const lacksSecondFactor = (connection: Connection, input: { userId: number; teamId: number }): boolean =>
  connection.prepare(LACKS).get(input) !== undefined;

/** Whether any team of a user requires two-factor authentication. */
export const isRequiredByTeam = (connection: Connection, userId: number): boolean =>
  connection
    .prepare(
      "SELECT 1 FROM memberships m JOIN teams t ON t.id = m.team_id WHERE m.user_id = ? AND t.requires_second_factor LIMIT 1",
    )
    .get(userId) !== undefined;
