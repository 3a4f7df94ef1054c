import type { Role } from "@orwatch/domain/permissions";
import type { App } from "@orwatch/server/app";

/** ID of the personal team of a user. */
export function teamOf(app: Pick<App, "db">, email: string): number {
  const id = app.db.reader
    .prepare("SELECT t.id FROM teams t JOIN users u ON u.id = t.personal_user_id WHERE u.email = ?")
    .pluck()
    .get(email);
  if (id === undefined) throw new Error(`no user ${email}`);
  return Number(id);
}

/** Makes a user a member of a team. */
export async function join(app: Pick<App, "db">, input: { email: string; teamId: number; role: Role }): Promise<void> {
  const user = await app.db.prisma.user.findUniqueOrThrow({ where: { email: input.email } });
  const { teamId, role } = input;
  await app.db.prisma.membership.create({
    data: { teamId, userId: user.id, role, createdAt: new Date("2026-03-01T00:00:00Z") },
  });
  await app.db.prisma.user.update({ where: { id: user.id }, data: { defaultTeamId: teamId } });
}

/** Ends a membership. */
export async function leave(app: Pick<App, "db">, input: { email: string; teamId: number }): Promise<void> {
  await app.db.prisma.membership.deleteMany({ where: { teamId: input.teamId, user: { email: input.email } } });
}

/** Changes the role of a member. */
export async function setRole(
  app: Pick<App, "db">,
  input: { email: string; teamId: number; role: Role },
): Promise<void> {
  const { teamId, role } = input;
  await app.db.prisma.membership.updateMany({ where: { teamId, user: { email: input.email } }, data: { role } });
}
