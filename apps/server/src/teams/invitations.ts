import { mayManageRole, type Role } from "@orwatch/domain/permissions";
import type { Language } from "@orwatch/messages/languages";
import { message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import { recordEvent } from "../audit/service.ts";
import { mailboxOf } from "../notifications/mail/mailer.ts";
import { sendInBackground } from "../notifications/mail/send-in-background.ts";
import { storedInstant } from "../platform/clock.ts";
import { type Limit, secondsLeft } from "../platform/rate-limit.ts";
import { AppError, tooManyRequests } from "../rpc/app-error.ts";
import type { Origin } from "../rpc/principal.ts";
import { ownerRequired, requireRole } from "./access.ts";
import { toInvitationMail } from "./invitation-mail.ts";
import { MAX_INVITATIONS } from "./limits.ts";
import {
  acceptInTransaction,
  createInvitationToken,
  hashInvitationToken,
  IS_PENDING,
  invitationNotFound,
} from "./stored-invitations.ts";

const VALID_MS = 7 * 86_400_000;
/** Invitations by one user. */
const CREATED: Limit = { requests: 100, windowS: 3600 };
/** Emails with invitations by one user, and to one mailbox: anyone can enter any address. */
const MAILS: Limit = { requests: 20, windowS: 3600 };
const MAILS_TO_ONE: Limit = { requests: 5, windowS: 86_400 };
/** Tokens looked up from one address. */
const LOOKUPS: Limit = { requests: 30, windowS: 60 };

/** @throws TOO_MANY_REQUESTS */
function take(app: App, bucket: string, limit: Limit): void {
  const result = app.limits.take(bucket, limit);
  if (!result.allowed) throw tooManyRequests(message("too_many_requests", { seconds: secondsLeft(result) }));
}

/** The page that accepts an invitation. The token is in the fragment, which browsers send to no server. */
const linkOf = (site: string, token: string): string => `${site}/invite#${token}`;

/**
 * Creates an invitation, whose token is returned only once, and emails it if it is for an address and the server can send email.
 * @throws NOT_FOUND, FORBIDDEN_ROLE, CONFLICT if the address is a member's or too many invitations are pending, TOO_MANY_REQUESTS
 */
export async function inviteMember(
  app: App,
  input: {
    userId: number;
    id: number;
    role: Role;
    email?: string | undefined;
    language?: Language | undefined;
    origin: Origin;
  },
) {
  const { userId, id: teamId, role, email = null, language = "en", origin } = input;
  const site = app.config.publicUrl;
  requireRole(app.db.reader, { userId, teamId, permission: "manageMembers" });
  take(app, `invitation:${userId}`, CREATED);
  const isEmailed = email !== null && site !== null && app.mailer.isConfigured;
  if (isEmailed) {
    take(app, `mail-invitation:${userId}`, MAILS);
    take(app, `mail-invited:${mailboxOf(email)}`, MAILS_TO_ONE);
  }
  const token = createInvitationToken();
  const now = app.clock.now();
  const expiresAt = new Date(now.getTime() + VALID_MS);
  const { id, team, inviter } = await app.db.write((connection) => {
    const own = requireRole(connection, { userId, teamId, permission: "manageMembers" });
    if (!mayManageRole(own, role)) throw ownerRequired();
    const isMember = connection.prepare(
      "SELECT 1 FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.team_id = ? AND u.email = ?",
    );
    if (email !== null && isMember.get(teamId, email) !== undefined)
      throw new AppError("CONFLICT", message("member_already_added", { email }));
    const pending = connection
      .prepare(`SELECT count(*) FROM invitations i WHERE i.team_id = :teamId AND ${IS_PENDING}`)
      .pluck()
      .get({ teamId, now: storedInstant(now) });
    if (Number(pending) >= MAX_INVITATIONS)
      throw new AppError("CONFLICT", message("invitation_limit_reached", { limit: MAX_INVITATIONS }));
    const { lastInsertRowid } = connection
      .prepare(
        `INSERT INTO invitations (team_id, role, email, token_hash, created_by, created_at, expires_at)
         VALUES (:teamId, :role, :email, :tokenHash, :userId, :createdAt, :expiresAt)`,
      )
      .run({
        teamId,
        role,
        email,
        tokenHash: hashInvitationToken(token),
        userId,
        createdAt: storedInstant(now),
        expiresAt: storedInstant(expiresAt),
      });
    const names = connection
      .prepare<[number, number], { team: string; inviter: string }>(
        "SELECT t.name AS team, u.email AS inviter FROM teams t JOIN users u ON u.id = ? WHERE t.id = ?",
      )
      .get(userId, teamId);
    return { id: Number(lastInsertRowid), team: names?.team ?? "", inviter: names?.inviter ?? "" };
  });
  const invited = message("event_member_invited", { team_id: teamId, name: team, invitation_id: id, role, email });
  await recordEvent(app, { userId, teamId, message: invited, origin });
  const url = linkOf(site ?? "", token);
  if (isEmailed) {
    const mail = toInvitationMail({ inviter, team, role, url, site, language, now });
    sendInBackground(app, { to: email, mail, userId, about: "invitation" });
  }
  return { id, role, email, token, url, is_emailed: isEmailed, expires_at: expiresAt.toISOString() };
}

interface InvitationRow {
  id: number;
  role: Role;
  email: string | null;
  created_at: string;
  expires_at: string;
  user_id: number;
  inviter: string;
}

const LIST = `SELECT i.id, i.role, i.email, i.created_at, i.expires_at, u.id AS user_id, u.email AS inviter
  FROM invitations i JOIN users u ON u.id = i.created_by WHERE i.team_id = :teamId AND ${IS_PENDING}`;

const toOutput = (row: InvitationRow) => ({
  id: row.id,
  role: row.role,
  email: row.email,
  created_at: new Date(row.created_at).toISOString(),
  expires_at: new Date(row.expires_at).toISOString(),
  created_by: { user_id: row.user_id, email: row.inviter },
});

/** Pending invitations of a team, newest first. @throws NOT_FOUND, FORBIDDEN_ROLE */
export function listInvitations(app: App, { userId, id: teamId }: { userId: number; id: number }) {
  requireRole(app.db.reader, { userId, teamId, permission: "manageMembers" });
  const now = storedInstant(app.clock.now());
  const rows = app.db.reader.prepare<object, InvitationRow>(`${LIST} ORDER BY i.id DESC`).all({ teamId, now });
  return { items: rows.map(toOutput) };
}

/** @throws NOT_FOUND, FORBIDDEN_ROLE */
export function getInvitation(app: App, input: { userId: number; id: number; invitation_id: number }) {
  const { userId, id: teamId, invitation_id: id } = input;
  requireRole(app.db.reader, { userId, teamId, permission: "manageMembers" });
  const now = storedInstant(app.clock.now());
  const row = app.db.reader.prepare<object, InvitationRow>(`${LIST} AND i.id = :id`).get({ teamId, id, now });
  if (!row) throw invitationNotFound();
  return toOutput(row);
}

/** @throws NOT_FOUND if it is no pending invitation of the team, FORBIDDEN_ROLE */
export async function revokeInvitation(
  app: App,
  input: { userId: number; id: number; invitation_id: number; origin: Origin },
): Promise<void> {
  const { userId, id: teamId, invitation_id: id, origin } = input;
  const { role, email, team } = await app.db.write((connection) => {
    const own = requireRole(connection, { userId, teamId, permission: "manageMembers" });
    const revoked = connection
      .prepare<[number, number], { role: Role; email: string | null; team: string }>(
        `SELECT i.role, i.email, t.name AS team FROM invitations i JOIN teams t ON t.id = i.team_id
         WHERE i.id = ? AND i.team_id = ? AND i.accepted_at IS NULL`,
      )
      .get(id, teamId);
    if (!revoked) throw invitationNotFound();
    if (!mayManageRole(own, revoked.role)) throw ownerRequired();
    connection.prepare("DELETE FROM invitations WHERE id = ?").run(id);
    return revoked;
  });
  const params = { team_id: teamId, name: team, invitation_id: id, role, email };
  await recordEvent(app, { userId, teamId, message: message("event_invitation_revoked", params), origin });
}

/**
 * What whoever has the link may know before they sign in.
 * @throws NOT_FOUND if the invitation cannot be accepted, TOO_MANY_REQUESTS
 */
export function previewInvitation(app: App, { token, origin }: { token: string; origin: Origin }) {
  take(app, `invitation-lookup:${origin.address}`, LOOKUPS);
  const row = app.db.reader
    .prepare<object, { team: string; role: Role; email: string | null; expires_at: string }>(
      `SELECT t.name AS team, i.role, i.email, i.expires_at FROM invitations i JOIN teams t ON t.id = i.team_id
       WHERE i.token_hash = :hash AND ${IS_PENDING}`,
    )
    .get({ hash: hashInvitationToken(token), now: storedInstant(app.clock.now()) });
  if (!row) throw invitationNotFound();
  return {
    team_name: row.team,
    role: row.role,
    is_for_email: row.email !== null,
    expires_at: new Date(row.expires_at).toISOString(),
  };
}

/**
 * Makes the user a member. The invitation works once.
 * @throws NOT_FOUND if it cannot be accepted, FORBIDDEN if it is for another address, CONFLICT if the user is a member already or there
 * is no room, TOO_MANY_REQUESTS
 */
export async function acceptInvitation(app: App, input: { userId: number; token: string; origin: Origin }) {
  const { userId, token, origin } = input;
  take(app, `invitation-lookup:${origin.address}`, LOOKUPS);
  const now = app.clock.now();
  const { teamId, team, role } = await app.db.prisma.$transaction(async (tx) => {
    const user = await tx.user.findUniqueOrThrow({ where: { id: userId } });
    return acceptInTransaction(tx, { token, user, now });
  });
  const joined = message("event_team_joined", { team_id: teamId, name: team, role });
  await recordEvent(app, { userId, teamId, message: joined, origin });
  return { team_id: teamId, role };
}

/** Removes invitations that expired and returns their number. */
export async function removeOldInvitations(app: App): Promise<number> {
  return (await app.db.prisma.invitation.deleteMany({ where: { expiresAt: { lte: app.clock.now() } } })).count;
}
