import type { Connection } from "@orwatch/db";
import type { Role } from "@orwatch/domain/permissions";
import type { App } from "../app.ts";

export interface Membership {
  teamId: number;
  role: Role;
}

const OF_TEAM = "SELECT team_id AS teamId, role FROM memberships WHERE user_id = ? AND team_id = ?";

/** A default team that the user has left does not count. With subqueries, this takes a fifth of the time that it takes with joins. */
const DEFAULT = `
  SELECT team_id AS teamId, role FROM memberships WHERE user_id = :userId AND team_id = coalesce(
    (SELECT team_id FROM memberships WHERE user_id = :userId AND team_id = (SELECT default_team_id FROM users WHERE id = :userId)),
    (SELECT id FROM teams WHERE personal_user_id = :userId))`;

/** The membership of a user in a team; `null` if they are no member. */
export const findMembership = (app: Pick<App, "db">, input: { userId: number; teamId: number }): Membership | null =>
  app.db.reader.prepare<[number, number], Membership>(OF_TEAM).get(input.userId, input.teamId) ?? null;

/** The role of a user in a team; `null` if they are no member. For use inside a transaction. */
export function findRole(connection: Connection, input: { userId: number; teamId: number }): Role | null {
  const role = connection
    .prepare("SELECT role FROM memberships WHERE user_id = ? AND team_id = ?")
    .pluck()
    .get(input.userId, input.teamId);
  return (role as Role | undefined) ?? null;
}

/** The membership that applies if a request names no team: in the user's default team, or in the personal one. */
export const findDefaultMembership = (app: Pick<App, "db">, userId: number): Membership | null =>
  app.db.reader.prepare<{ userId: number }, Membership>(DEFAULT).get({ userId }) ?? null;

/** The ID of a user's personal team; `null` if the user was deleted. */
export function findPersonalTeam(connection: Connection, userId: number): number | null {
  const id = connection.prepare("SELECT id FROM teams WHERE personal_user_id = ?").pluck().get(userId);
  return id === undefined ? null : Number(id);
}

/** SQL of the user whose quiet hours and pauses apply to a team's channels: the one whose personal team it is, or its first owner. */
export const leadOf = (team: string): string =>
  `(SELECT lm.user_id FROM memberships lm JOIN teams lt ON lt.id = lm.team_id WHERE lm.team_id = ${team} AND lm.role = 'owner'
    ORDER BY lm.user_id = lt.personal_user_id DESC, lm.created_at, lm.user_id LIMIT 1)`;

/** The user of {@link leadOf}; `null` if the team has no owner. */
export function findLead(connection: Connection, teamId: number): number | null {
  const id = connection
    .prepare(`SELECT ${leadOf("@teamId")}`)
    .pluck()
    .get({ teamId });
  return id === null || id === undefined ? null : Number(id);
}
