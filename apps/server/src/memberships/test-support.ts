import type { Db } from "@orwatch/db";
import { createPersonalTeam } from "./personal-team.ts";

/** Adds a user who cannot log in, with a personal team. */
export async function addOwner(
  db: Pick<Db, "prisma">,
  email: string,
  now = new Date(),
): Promise<{ userId: number; teamId: number }> {
  return await db.prisma.$transaction(async (tx) => {
    const user = await tx.user.create({ data: { email, passwordHash: "-" } });
    await createPersonalTeam(tx, { user, now });
    const team = await tx.team.findUniqueOrThrow({ where: { personalUserId: user.id } });
    return { userId: user.id, teamId: team.id };
  });
}
