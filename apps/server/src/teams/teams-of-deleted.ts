import type { Connection } from "@orwatch/db";
import { message } from "@orwatch/messages/message";
import { AppError } from "../rpc/app-error.ts";
import { removeTeam } from "./teams.ts";

/** Number of teams named in an error. */
const MAX_NAMED = 100;

const TEAMS = `
  SELECT t.id, t.name,
    EXISTS (SELECT 1 FROM memberships o WHERE o.team_id = t.id AND o.user_id <> m.user_id) AS isShared,
    m.role = 'owner' AND NOT EXISTS (
      SELECT 1 FROM memberships o JOIN users u ON u.id = o.user_id
      WHERE o.team_id = t.id AND o.user_id <> m.user_id AND o.role = 'owner' AND u.is_active) AS isOnlyOwner
  FROM memberships m JOIN teams t ON t.id = m.team_id WHERE m.user_id = ?`;

/**
 * Removes the teams of a user that end with them, inside the caller's transaction: those without another member and, if asked for, those
 * without another owner. The other teams stay.
 * @throws CONFLICT that names the teams without another owner, if they are not to be removed
 */
export function removeTeamsOf(
  connection: Connection,
  { userId, includesShared }: { userId: number; includesShared: boolean },
): void {
  const teams = connection
    .prepare<[number], { id: bigint; name: string; isShared: bigint; isOnlyOwner: bigint }>(TEAMS)
    .all(userId)
    .map((row) => ({
      id: Number(row.id),
      name: row.name,
      isShared: Number(row.isShared) === 1,
      isOnlyOwner: Number(row.isOnlyOwner) === 1,
    }));
  const orphaned = teams.filter(({ isShared, isOnlyOwner }) => isShared && isOnlyOwner);
  if (orphaned.length > 0 && !includesShared) {
    const names = orphaned.slice(0, MAX_NAMED).map(({ name }) => name);
    throw new AppError("CONFLICT", message("teams_need_owner", { teams: names, count: orphaned.length }));
  }
  for (const { id, isShared, isOnlyOwner } of teams) if (!isShared || isOnlyOwner) removeTeam(connection, id);
}
