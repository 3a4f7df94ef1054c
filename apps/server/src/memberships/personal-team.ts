import type { Connection, Prisma } from "@orwatch/db";

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

/** Teams that have no other member than the user, whom they are deleted with. */
export const listTeamsOfOnly = (connection: Connection, userId: number): number[] =>
  (
    connection
      .prepare(
        `SELECT team_id FROM memberships m WHERE user_id = ?
           AND NOT EXISTS (SELECT 1 FROM memberships o WHERE o.team_id = m.team_id AND o.user_id <> m.user_id)`,
      )
      .pluck()
      .all(userId) as (number | bigint)[]
  ).map(Number);
