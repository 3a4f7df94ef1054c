import type { Connection } from "@orwatch/db";
import { isPermitted, mayManageRole, ROLES, type Role } from "@orwatch/domain/permissions";
import { message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import { recordEvent } from "../audit/service.ts";
import { findPersonalTeam } from "../memberships/membership.ts";
import { HAS_SECOND_FACTOR } from "../memberships/second-factor.ts";
import { AppError } from "../rpc/app-error.ts";
import type { Origin } from "../rpc/principal.ts";
import { formatInstant } from "../rpc/wire.ts";
import { ownerRequired, requireRole, teamNotFound } from "./access.ts";
import { revokeTooPowerful } from "./stored-invitations.ts";
import { personalTeam } from "./teams.ts";

interface MemberRow {
  user_id: number;
  email: string;
  role: Role;
  created_at: string;
  is_active: number;
  has_second_factor: number;
  last_seen_at: string | null;
}

// A session that was ended is deleted: then the last login is known.
const MEMBERS = `
  SELECT m.user_id, u.email, m.role, m.created_at, u.is_active, ${HAS_SECOND_FACTOR} AS has_second_factor,
    nullif(max(coalesce(u.last_login_at, ''), coalesce((SELECT max(s.last_used_at) FROM sessions s WHERE s.user_id = u.id), '')), '') AS last_seen_at
  FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.team_id = :teamId`;

/** The members of a team, owners first. When they were last here and their second factor are for those who manage members. */
export function listMembers(app: App, { userId, id: teamId }: { userId: number; id: number }) {
  const role = requireRole(app.db.reader, { userId, teamId, permission: "view" });
  const seesMore = isPermitted(role, "manageMembers");
  const rows = app.db.reader.prepare<object, MemberRow>(`${MEMBERS} ORDER BY u.email`).all({ teamId });
  const items = rows
    .sort((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role))
    .map((row) => toOutput(row, { seesMore: seesMore || row.user_id === userId }));
  return { items };
}

const toOutput = (row: MemberRow, { seesMore }: { seesMore: boolean }) => ({
  user_id: row.user_id,
  email: row.email,
  role: row.role,
  joined_at: new Date(row.created_at).toISOString(),
  is_active: row.is_active === 1,
  last_seen_at: seesMore ? formatInstant(row.last_seen_at) : null,
  has_second_factor: seesMore ? row.has_second_factor === 1 : null,
});

interface Member {
  email: string;
  role: Role;
  team: string;
}

const FIND = `SELECT u.email, m.role, t.name AS team FROM memberships m
  JOIN users u ON u.id = m.user_id JOIN teams t ON t.id = m.team_id WHERE m.team_id = ? AND m.user_id = ?`;

const findMember = (connection: Connection, { userId, teamId }: { userId: number; teamId: number }): Member | null =>
  connection.prepare<[number, number], Member>(FIND).get(teamId, userId) ?? null;

/** @throws NOT_FOUND, FORBIDDEN_ROLE if only owners manage the member */
function getManaged(connection: Connection, input: { role: Role; userId: number; teamId: number }): Member {
  const member = findMember(connection, input);
  if (!member) throw new AppError("NOT_FOUND", message("member_not_found", {}));
  if (!mayManageRole(input.role, member.role)) throw ownerRequired();
  return member;
}

/**
 * Call before an owner loses their role.
 * @throws CONFLICT if no active owner would remain, or if it is the personal team of this owner
 */
function requireOtherOwner(connection: Connection, { userId, teamId }: { userId: number; teamId: number }): void {
  if (findPersonalTeam(connection, userId) === teamId) throw personalTeam();
  if (!hasOtherOwner(connection, { userId, teamId })) throw new AppError("CONFLICT", message("team_needs_owner", {}));
}

/** Whether a team has another owner than the user, who is not deactivated. */
export const hasOtherOwner = (
  connection: Connection,
  { userId, teamId }: { userId: number; teamId: number },
): boolean =>
  connection
    .prepare(
      `SELECT 1 FROM memberships m JOIN users u ON u.id = m.user_id
       WHERE m.team_id = ? AND m.role = 'owner' AND m.user_id <> ? AND u.is_active`,
    )
    .get(teamId, userId) !== undefined;

interface ByMember {
  userId: number;
  id: number;
  origin: Origin;
}

/**
 * Changes the role of a member.
 * @throws NOT_FOUND, FORBIDDEN_ROLE if the role of the user does not allow it, CONFLICT if no owner would remain
 */
export async function setRole(app: App, input: ByMember & { user_id: number; role: Role }) {
  const { userId, id: teamId, user_id: memberId, role, origin } = input;
  const before = await app.db.write((connection) => {
    const own = requireRole(connection, { userId, teamId, permission: "manageMembers" });
    const member = getManaged(connection, { role: own, userId: memberId, teamId });
    if (!mayManageRole(own, role)) throw ownerRequired();
    if (member.role === role) return member;
    if (member.role === "owner") requireOtherOwner(connection, { userId: memberId, teamId });
    connection.prepare("UPDATE memberships SET role = ? WHERE team_id = ? AND user_id = ?").run(role, teamId, memberId);
    revokeTooPowerful(connection, { teamId, userId: memberId, role });
    return member;
  });
  if (before.role !== role) {
    const params = { team_id: teamId, name: before.team, user_id: memberId, email: before.email };
    const changed = message("event_member_role_changed", { ...params, role, role_before: before.role });
    await recordEvent(app, { userId, teamId, message: changed, origin });
  }
  const row = app.db.reader
    .prepare<object, MemberRow>(`${MEMBERS} AND m.user_id = :memberId`)
    .get({ teamId, memberId });
  if (!row) throw teamNotFound();
  return toOutput(row, { seesMore: true });
}

/** Removes a member; `me` and the ID of the user leave. @throws as {@link setRole} */
export async function removeMember(app: App, input: ByMember & { user_id: string }): Promise<void> {
  const { userId, id: teamId, origin } = input;
  const memberId = input.user_id === "me" ? userId : Number(input.user_id);
  if (memberId === userId) return leaveTeam(app, input);
  const { email, role, team } = await app.db.write((connection) => {
    const own = requireRole(connection, { userId, teamId, permission: "manageMembers" });
    const member = getManaged(connection, { role: own, userId: memberId, teamId });
    endMembership(connection, { userId: memberId, teamId, role: member.role });
    return member;
  });
  const removed = message("event_member_removed", { team_id: teamId, name: team, user_id: memberId, email, role });
  await recordEvent(app, { userId, teamId, message: removed, origin });
}

/** Ends the membership of the user. @throws NOT_FOUND, CONFLICT if no owner would remain or the team is their personal one */
async function leaveTeam(app: App, input: ByMember): Promise<void> {
  const { userId, id: teamId, origin } = input;
  const { team } = await app.db.write((connection) => {
    const member = findMember(connection, { userId, teamId });
    if (!member) throw teamNotFound();
    endMembership(connection, { userId, teamId, role: member.role });
    return member;
  });
  await recordEvent(app, {
    userId,
    teamId,
    message: message("event_team_left", { team_id: teamId, name: team }),
    origin,
  });
}

/** API tokens and invitations of the member end with it. */
function endMembership(
  connection: Connection,
  { userId, teamId, role }: { userId: number; teamId: number; role: Role },
): void {
  if (role === "owner") requireOtherOwner(connection, { userId, teamId });
  connection.prepare("DELETE FROM memberships WHERE team_id = ? AND user_id = ?").run(teamId, userId);
  connection
    .prepare("UPDATE users SET default_team_id = NULL WHERE id = ? AND default_team_id = ?")
    .run(userId, teamId);
}
