import type { Connection } from "@orwatch/db";
import type { Role } from "@orwatch/domain/permissions";
import { message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import { recordEvent } from "../audit/service.ts";
import { insertMembership, insertPersonalTeam } from "../memberships/personal-team.ts";
import { storedInstant } from "../platform/clock.ts";
import { AppError } from "../rpc/app-error.ts";
import type { Origin } from "../rpc/principal.ts";
import { removeUsageOfTeam } from "../usage/removal.ts";
import { requireRole, teamNotFound } from "./access.ts";
import { MAX_MEMBERSHIPS } from "./limits.ts";
import { revokeTooPowerful } from "./stored-invitations.ts";

interface TeamRow {
  id: number;
  name: string;
  role: Role;
  is_personal: number;
  requires_second_factor: number;
  members_count: number;
  created_at: string;
}

const OF_USER = `
  SELECT t.id, t.name, m.role, t.personal_user_id IS m.user_id AS is_personal, t.requires_second_factor,
    (SELECT count(*) FROM memberships o WHERE o.team_id = t.id) AS members_count, t.created_at
  FROM memberships m JOIN teams t ON t.id = m.team_id WHERE m.user_id = :userId`;

const toOutput = (row: TeamRow) => ({
  id: row.id,
  name: row.name,
  role: row.role,
  is_personal: row.is_personal === 1,
  requires_second_factor: row.requires_second_factor === 1,
  members_count: row.members_count,
  created_at: new Date(row.created_at).toISOString(),
});

/** The teams of a user, the personal one first, the others by name. */
export const listTeams = (app: Pick<App, "db">, { userId }: { userId: number }) =>
  app.db.reader
    .prepare<object, TeamRow>(`${OF_USER} ORDER BY is_personal DESC, t.name COLLATE NOCASE, t.id`)
    .all({ userId })
    .map(toOutput);

/** @throws NOT_FOUND if the user is no member */
export function getTeam(app: Pick<App, "db">, input: { userId: number; teamId: number }) {
  const row = app.db.reader.prepare<object, TeamRow>(`${OF_USER} AND t.id = :teamId`).get(input);
  if (!row) throw teamNotFound();
  return toOutput(row);
}

/**
 * Creates a team that the user owns.
 * @throws CONFLICT if the user owns MAX_TEAMS_PER_USER teams or is in too many
 */
export async function createTeam(app: App, input: { userId: number; name: string; origin: Origin }) {
  const { userId, name, origin } = input;
  const createdAt = storedInstant(app.clock.now());
  const teamId = await app.db.write((connection) => {
    requireRoomForTeam(connection, userId);
    const owned = connection
      .prepare(
        `SELECT count(*) FROM memberships m JOIN teams t ON t.id = m.team_id
         WHERE m.user_id = ? AND m.role = 'owner' AND t.personal_user_id IS NOT m.user_id`,
      )
      .pluck()
      .get(userId);
    const limit = app.config.maxTeamsPerUser;
    if (Number(owned) >= limit) throw new AppError("CONFLICT", message("team_limit_reached", { limit }));
    const { lastInsertRowid } = connection
      .prepare("INSERT INTO teams (name, created_at) VALUES (?, ?)")
      .run(name, createdAt);
    const id = Number(lastInsertRowid);
    insertMembership(connection, { teamId: id, userId, role: "owner", createdAt });
    return id;
  });
  const created = message("event_team_created", { team_id: teamId, name });
  await recordEvent(app, { userId, teamId, message: created, origin });
  return getTeam(app, { userId, teamId });
}

/** @throws CONFLICT if the user is in too many teams for a further one */
export function requireRoomForTeam(connection: Connection, userId: number): void {
  const count = connection.prepare("SELECT count(*) FROM memberships WHERE user_id = ?").pluck().get(userId);
  if (Number(count) >= MAX_MEMBERSHIPS)
    throw new AppError("CONFLICT", message("team_memberships_limit_reached", { limit: MAX_MEMBERSHIPS }));
}

/** Changes the settings of a team. @throws NOT_FOUND, FORBIDDEN_ROLE */
export async function updateTeam(
  app: App,
  input: {
    userId: number;
    id: number;
    name?: string | undefined;
    requires_second_factor?: boolean | undefined;
    origin: Origin;
  },
) {
  const { userId, id: teamId, origin } = input;
  const { before, after } = await app.db.write((connection) => {
    requireRole(connection, { userId, teamId, permission: "manageMembers" });
    const stored = connection
      .prepare<[number], { name: string; isRequired: bigint }>(
        "SELECT name, requires_second_factor AS isRequired FROM teams WHERE id = ?",
      )
      .get(teamId);
    if (!stored) throw teamNotFound();
    const before = { name: stored.name, isRequired: Number(stored.isRequired) === 1 };
    const after = { name: input.name ?? before.name, isRequired: input.requires_second_factor ?? before.isRequired };
    connection
      .prepare("UPDATE teams SET name = ?, requires_second_factor = ? WHERE id = ?")
      .run(after.name, after.isRequired ? 1 : 0, teamId);
    return { before, after };
  });
  const team = { team_id: teamId, name: after.name };
  if (after.name !== before.name)
    await recordEvent(app, { userId, teamId, message: message("event_team_renamed", team), origin });
  if (after.isRequired !== before.isRequired)
    await recordEvent(app, {
      userId,
      teamId,
      message: after.isRequired
        ? message("event_team_second_factor_required", team)
        : message("event_team_second_factor_optional", team),
      origin,
    });
  return getTeam(app, { userId, teamId });
}

/** Deletes a team with all its data. @throws NOT_FOUND, FORBIDDEN_ROLE, CONFLICT for a personal team */
export async function deleteTeam(app: App, input: { userId: number; id: number; origin: Origin }): Promise<void> {
  const { userId, id: teamId, origin } = input;
  const name = await app.db.write((connection) => {
    requireRole(connection, { userId, teamId, permission: "ownTeam" });
    const team = connection
      .prepare<[number], { name: string; personalUserId: bigint | null }>(
        "SELECT name, personal_user_id AS personalUserId FROM teams WHERE id = ?",
      )
      .get(teamId);
    if (!team) throw teamNotFound();
    if (team.personalUserId !== null) throw personalTeam();
    removeTeam(connection, teamId);
    return team.name;
  });
  await recordEvent(app, { userId, message: message("event_team_deleted", { team_id: teamId, name }), origin });
}

export const personalTeam = () => new AppError("CONFLICT", message("team_is_personal", {}));

/** Removes a team with everything that belongs to it, inside the caller's transaction. */
export function removeTeam(connection: Connection, teamId: number): void {
  removeUsageOfTeam(connection, teamId);
  connection.prepare("DELETE FROM teams WHERE id = ?").run(teamId);
}

/**
 * Makes another member an owner and the user an admin. A personal team becomes an ordinary one, and its user gets a new, empty personal
 * team.
 * @throws NOT_FOUND, FORBIDDEN_ROLE, CONFLICT if the other member is the user
 */
export async function handOverTeam(
  app: App,
  input: { userId: number; id: number; user_id: number; origin: Origin },
): Promise<void> {
  const { userId, id: teamId, user_id: memberId, origin } = input;
  const createdAt = storedInstant(app.clock.now());
  const { name, email } = await app.db.write((connection) => {
    requireRole(connection, { userId, teamId, permission: "ownTeam" });
    if (memberId === userId) throw new AppError("CONFLICT", message("member_already_owner", {}));
    const found = connection
      .prepare<[number, number], { name: string; personalUserId: bigint | null; email: string; isActive: bigint }>(
        `SELECT t.name, t.personal_user_id AS personalUserId, u.email, u.is_active AS isActive
         FROM memberships m JOIN teams t ON t.id = m.team_id JOIN users u ON u.id = m.user_id WHERE m.team_id = ? AND m.user_id = ?`,
      )
      .get(teamId, memberId);
    if (!found) throw new AppError("NOT_FOUND", message("member_not_found", {}));
    if (Number(found.isActive) === 0) throw new AppError("CONFLICT", message("team_needs_owner", {}));
    const setRole = connection.prepare("UPDATE memberships SET role = ? WHERE team_id = ? AND user_id = ?");
    setRole.run("owner", teamId, memberId);
    if (Number(found.personalUserId) === userId) replacePersonalTeam(connection, { userId, teamId, createdAt });
    setRole.run("admin", teamId, userId);
    revokeTooPowerful(connection, { userId, teamId, role: "admin" });
    return found;
  });
  const handedOver = message("event_team_handed_over", { team_id: teamId, name, user_id: memberId, email });
  await recordEvent(app, { userId, teamId, message: handedOver, origin });
}

/** Turns the personal team of a user into an ordinary one, which stays their default team, and gives them a new one. */
function replacePersonalTeam(
  connection: Connection,
  { userId, teamId, createdAt }: { userId: number; teamId: number; createdAt: string },
): void {
  requireRoomForTeam(connection, userId);
  connection.prepare("UPDATE teams SET personal_user_id = NULL WHERE id = ?").run(teamId);
  connection
    .prepare("UPDATE users SET default_team_id = coalesce(default_team_id, ?) WHERE id = ?")
    .run(teamId, userId);
  const personalId = insertPersonalTeam(connection, { userId, createdAt });
  // Notifications about how the user signs in are in their personal team.
  connection
    .prepare("UPDATE notifications SET team_id = ? WHERE team_id = ? AND user_id = ?")
    .run(personalId, teamId, userId);
}

/** The team of an API token. @throws NOT_FOUND if it was deleted meanwhile */
export function getTokenTeam(app: Pick<App, "db">, { teamId }: { teamId: number }) {
  const team = app.db.reader
    .prepare<[number], { id: number; name: string }>("SELECT id, name FROM teams WHERE id = ?")
    .get(teamId);
  if (!team) throw teamNotFound();
  return team;
}
