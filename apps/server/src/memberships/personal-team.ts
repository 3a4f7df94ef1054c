import type { Connection, Prisma } from "@orwatch/db";
import type { Role } from "@orwatch/domain/permissions";

/** Creates the personal team of a new user, inside the caller's transaction. */
export async function createPersonalTeam(
  tx: Prisma.TransactionClient,
  { user, now }: { user: { id: number; email: string }; now: Date },
): Promise<void> {
  await tx.team.create({
    data: {
      name: user.email,
      personalUserId: user.id,
      createdAt: now,
      memberships: { create: { userId: user.id, role: "owner", createdAt: now } },
    },
  });
}

/** Creates a further personal team of a user who handed over theirs, inside the caller's transaction. Returns its ID. */
export function insertPersonalTeam(
  connection: Connection,
  { userId, createdAt }: { userId: number; createdAt: string },
): number {
  const { lastInsertRowid } = connection
    .prepare("INSERT INTO teams (name, personal_user_id, created_at) SELECT email, id, ? FROM users WHERE id = ?")
    .run(createdAt, userId);
  const teamId = Number(lastInsertRowid);
  insertMembership(connection, { teamId, userId, role: "owner", createdAt });
  return teamId;
}

/** Makes a user a member of a team, inside the caller's transaction. */
export function insertMembership(
  connection: Connection,
  { teamId, userId, role, createdAt }: { teamId: number; userId: number; role: Role; createdAt: string },
): void {
  connection
    .prepare("INSERT INTO memberships (team_id, user_id, role, created_at) VALUES (?, ?, ?, ?)")
    .run(teamId, userId, role, createdAt);
}
