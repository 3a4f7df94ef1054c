import { createHash, randomBytes } from "node:crypto";
import type { Connection, Prisma } from "@orwatch/db";
import { mayManageRole, ROLES, type Role } from "@orwatch/domain/permissions";
import { message } from "@orwatch/messages/message";
import { AppError } from "../rpc/app-error.ts";
import { MAX_MEMBERS, MAX_MEMBERSHIPS } from "./limits.ts";

/** `or_inv_` and 32 random bytes in base64url. */
export const createInvitationToken = (): string => `or_inv_${randomBytes(32).toString("base64url")}`;

/** SHA-256 (hex) of the whole token. With 256 random bits, a fast hash is enough. */
export const hashInvitationToken = (token: string): string => createHash("sha256").update(token).digest("hex");

/** The same for a token that never existed and for an invitation that was used, was revoked or has expired. */
export const invitationNotFound = () => new AppError("NOT_FOUND", message("invitation_not_found", {}));

/** SQL condition: the invitation `i` can be accepted. `:now`: the instant. */
export const IS_PENDING = `i.accepted_at IS NULL AND i.expires_at > :now
  AND EXISTS (SELECT 1 FROM users iu WHERE iu.id = i.created_by AND iu.is_active)`;

/** Revokes invitations that a member could no longer create with their new role. */
export function revokeTooPowerful(
  connection: Connection,
  { teamId, userId, role }: { teamId: number; userId: number; role: Role },
): void {
  const remove = connection.prepare(
    "DELETE FROM invitations WHERE team_id = ? AND created_by = ? AND role = ? AND accepted_at IS NULL",
  );
  for (const invited of ROLES) if (!mayManageRole(role, invited)) remove.run(teamId, userId, invited);
}

interface Usable {
  id: number;
  teamId: number;
  team: string;
  role: Role;
}

/**
 * The invitation of a token, for the user with an email address.
 * @throws NOT_FOUND if it cannot be accepted, FORBIDDEN if it is for another address
 */
export async function getUsableInvitation(
  tx: Pick<Prisma.TransactionClient, "invitation">,
  { token, email, now }: { token: string; email: string; now: Date },
): Promise<Usable> {
  const found = await tx.invitation.findUnique({
    where: { tokenHash: hashInvitationToken(token) },
    include: { team: true, inviter: { include: { user: true } } },
  });
  if (!found || found.acceptedAt !== null || found.expiresAt <= now || !found.inviter.user.isActive)
    throw invitationNotFound();
  if (found.email !== null && found.email !== email)
    throw new AppError("FORBIDDEN", message("invitation_for_other_address", {}));
  return { id: found.id, teamId: found.teamId, team: found.team.name, role: found.role as Role };
}

/**
 * Makes a user a member by an invitation, inside the caller's transaction.
 * @throws as {@link getUsableInvitation}; CONFLICT if the user is a member already, or there is no room in the team or for the user
 */
export async function acceptInTransaction(
  tx: Prisma.TransactionClient,
  { token, user, now }: { token: string; user: { id: number; email: string }; now: Date },
): Promise<Usable> {
  const invitation = await getUsableInvitation(tx, { token, email: user.email, now });
  const { teamId, team, role } = invitation;
  if (await tx.membership.findUnique({ where: { teamId_userId: { teamId, userId: user.id } } }))
    throw new AppError("CONFLICT", message("already_member", { team_id: teamId, team }));
  if ((await tx.membership.count({ where: { teamId } })) >= MAX_MEMBERS)
    throw new AppError("CONFLICT", message("team_full", { limit: MAX_MEMBERS }));
  if ((await tx.membership.count({ where: { userId: user.id } })) >= MAX_MEMBERSHIPS)
    throw new AppError("CONFLICT", message("team_memberships_limit_reached", { limit: MAX_MEMBERSHIPS }));
  await tx.invitation.update({ where: { id: invitation.id }, data: { acceptedById: user.id, acceptedAt: now } });
  await tx.membership.create({ data: { teamId, userId: user.id, role, createdAt: now } });
  return invitation;
}
