import type { Role } from "@orwatch/domain/permissions";
import type { App } from "@orwatch/server/app";
import { type Answer, type Caller, type Harness, PASSWORD, request } from "../server/harness.ts";
import { callProcedure } from "./person.ts";

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

/** Creates a team of the user. */
export async function createTeam(owner: Caller, name = "Research"): Promise<number> {
  const created = await owner.post("/api/teams", { name });
  if (created.status !== 201) throw new Error(created.text);
  return created.body.id;
}

/** Creates an invitation and returns its token. */
export async function invite(by: Caller, teamId: number, body: object = { role: "editor" }): Promise<string> {
  const invited = await by.post(`/api/teams/${teamId}/invitations`, body);
  if (invited.status !== 201) throw new Error(invited.text);
  return invited.body.token;
}

export const accept = (user: Caller, token: string): Promise<Answer> => user.post("/api/invitations/accept", { token });

/** ID of a user. */
export const idOf = async (user: Caller): Promise<number> => (await user.get("/api/user")).body.id;

/** Registers with an invitation. */
export const registerWith = (harness: Harness, { email, invitation }: { email: string; invitation?: string }) =>
  request(`${harness.url}/api/auth/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      email,
      password: PASSWORD,
      password_confirm: PASSWORD,
      ...(invitation === undefined ? {} : { invitation }),
    }),
  });

/** Calls a procedure over /trpc as the web app does, in a team. */
export const callInTeam = (
  harness: Harness,
  user: Caller,
  call: { name: string; isQuery?: boolean; input?: unknown; team?: number | string },
): Promise<Answer> =>
  callProcedure(harness, {
    name: call.name,
    isQuery: call.isQuery ?? true,
    input: call.input ?? {},
    headers: {
      cookie: `orwatch_session=${user.credential}`,
      ...(call.team === undefined ? {} : { "x-team-id": String(call.team) }),
    },
  });
