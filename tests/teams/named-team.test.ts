import { ROLES, type Role } from "@orwatch/domain/permissions";
import { afterAll, beforeAll, expect, test } from "vitest";
import { issueToken } from "../support/openrouter/seed.ts";
import { type Caller, type Harness, startHarness } from "../support/server/harness.ts";
import { listProcedures } from "../support/server/procedures.ts";
import { callProcedure } from "../support/users/person.ts";
import { idOf } from "../support/users/team.ts";

/** What a call refers to. */
interface Things {
  id: number;
  /** The caller, another member (a viewer) and an owner. */
  caller: number;
  viewer: number;
  owner: number;
  /** An invitation of a viewer, and one of an owner. */
  invitation: number;
  ofOwner: number;
}

interface Call {
  procedure: string;
  /** The least role that may; "nobody" if no role may in this state of the team. */
  needed: Role | "nobody";
  input: (it: Things) => object;
}

/** Every procedure about the team that its input names is here, once for each rule. */
const CALLS: Call[] = [
  { procedure: "teams.members", needed: "viewer", input: ({ id }) => ({ id }) },
  { procedure: "teams.update", needed: "admin", input: ({ id }) => ({ id, name: "renamed" }) },
  { procedure: "teams.delete", needed: "owner", input: ({ id }) => ({ id }) },
  { procedure: "teams.handOver", needed: "owner", input: ({ id, viewer }) => ({ id, user_id: viewer }) },
  { procedure: "teams.setRole", needed: "admin", input: ({ id, viewer }) => ({ id, user_id: viewer, role: "admin" }) },
  { procedure: "teams.setRole", needed: "owner", input: ({ id, viewer }) => ({ id, user_id: viewer, role: "owner" }) },
  { procedure: "teams.setRole", needed: "owner", input: ({ id, owner }) => ({ id, user_id: owner, role: "viewer" }) },
  { procedure: "teams.removeMember", needed: "admin", input: ({ id, viewer }) => ({ id, user_id: viewer }) },
  { procedure: "teams.removeMember", needed: "owner", input: ({ id, owner }) => ({ id, user_id: owner }) },
  { procedure: "teams.removeMember", needed: "viewer", input: ({ id, caller }) => ({ id, user_id: caller }) },
  { procedure: "teams.removeMember", needed: "viewer", input: ({ id }) => ({ id, user_id: "me" }) },
  { procedure: "teams.invite", needed: "admin", input: ({ id }) => ({ id, role: "admin" }) },
  { procedure: "teams.invite", needed: "owner", input: ({ id }) => ({ id, role: "owner" }) },
  { procedure: "teams.invitations", needed: "admin", input: ({ id }) => ({ id }) },
  {
    procedure: "teams.invitation",
    needed: "admin",
    input: ({ id, invitation }) => ({ id, invitation_id: invitation }),
  },
  {
    procedure: "teams.revokeInvitation",
    needed: "admin",
    input: ({ id, invitation }) => ({ id, invitation_id: invitation }),
  },
  {
    procedure: "teams.revokeInvitation",
    needed: "owner",
    input: ({ id, ofOwner }) => ({ id, invitation_id: ofOwner }),
  },
  { procedure: "teams.audit", needed: "admin", input: ({ id }) => ({ id }) },
];
/** About the user, without a team in the input. */
const OF_USER = ["teams.create", "teams.list", "invitations.accept", "invitations.preview"];

let harness: Harness;
const people = {} as Record<"owner" | "viewer" | "caller" | "stranger" | "disabled" | "expired", Caller>;
const ids = {} as Record<keyof typeof people, number>;
let token: string;
let teams = 0;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
  for (const name of ["owner", "viewer", "caller", "stranger", "disabled", "expired"] as const) {
    harness.sim.clock.advance(61_000);
    people[name] = await harness.createUser(`${name}@example.com`);
    ids[name] = await idOf(people[name]);
  }
  token = (await issueToken(people.owner)).token;
  const { prisma } = harness.server.app.db;
  await prisma.user.update({ where: { id: ids.disabled }, data: { isActive: false } });
  await prisma.session.updateMany({ where: { userId: ids.expired }, data: { expiresAt: new Date(0) } });
});
afterAll(async () => {
  process.stdout.write(`walk of teams: ${calls} calls of ${CALLS.length} rules\n`);
  await harness.close();
});

/** Creates a team in which the given users have a role. */
async function createTeam(roles: Partial<Record<keyof typeof people, Role>>): Promise<Things> {
  const { prisma } = harness.server.app.db;
  const createdAt = harness.server.app.clock.now();
  teams += 1;
  const members = Object.entries({ owner: "owner", viewer: "viewer", ...roles }).map(([name, role]) => ({
    userId: ids[name as keyof typeof people],
    role,
    createdAt,
  }));
  const { id } = await prisma.team.create({ data: { name: "Research", createdAt, memberships: { create: members } } });
  const invitationOf = async (role: string) => {
    const expiresAt = new Date(createdAt.getTime() + 60_000);
    const tokenHash = `${teams} ${role}`;
    const data = { teamId: id, role, tokenHash, createdById: ids.owner, createdAt, expiresAt };
    return (await prisma.invitation.create({ data })).id;
  };
  const { caller, viewer, owner } = ids;
  return { id, caller, viewer, owner, invitation: await invitationOf("viewer"), ofOwner: await invitationOf("owner") };
}

let calls = 0;
async function send({ procedure, input }: Call, things: Things, headers: Record<string, string>) {
  calls += 1;
  harness.sim.clock.advance(61_000 * (procedure === "teams.invite" ? 60 : 0));
  const isQuery = types.get(procedure) === "query";
  const { status, body } = await callProcedure(harness, { name: procedure, isQuery, input: input(things), headers });
  return { status, reason: body.error?.data.reason, params: body.error?.data.params };
}

const types = new Map(listProcedures().map(({ name, type }) => [name, type]));
const cookie = ({ credential }: Caller) => ({ cookie: `orwatch_session=${credential}` });
/** The team with everything in it. */
const rowsOf = ({ id }: Things) =>
  ["teams", "memberships", "invitations"].map((table) =>
    harness.server.app.db.reader
      .prepare(`SELECT * FROM ${table} WHERE ${table === "teams" ? "id" : "team_id"} = ?`)
      .all(id),
  );

test("every procedure of teams is in the table of this test", () => {
  const known = [...CALLS.map(({ procedure }) => procedure), ...OF_USER];
  const all = [...types.keys()].filter((name) => /^(teams|invitations)\./.test(name));
  expect([...new Set(known)].sort()).toEqual(all.sort());
});

const titled = CALLS.map(
  (call) =>
    [
      call.procedure,
      JSON.stringify(call.input({ id: 1, caller: 2, viewer: 3, owner: 4, invitation: 5, ofOwner: 6 })),
      call,
    ] as const,
);

test.each(titled)("%s %s is for the roles that may, and for members of the team only", async (_, __, call) => {
  for (const role of ROLES) {
    const things = await createTeam({ caller: role });
    const before = rowsOf(things);
    const answer = await send(call, things, cookie(people.caller));
    const isAllowed = call.needed !== "nobody" && ROLES.indexOf(role) <= ROLES.indexOf(call.needed);
    if (isAllowed) expect(answer, role).toMatchObject({ status: 200 });
    else {
      expect(answer.status, role).toBe(403);
      expect(answer.reason).toBe("role_required");
      expect(ROLES.indexOf(answer.params.role)).toBeLessThan(ROLES.indexOf(role));
      expect(rowsOf(things), role).toEqual(before);
    }
  }
  const things = await createTeam({ disabled: "owner", expired: "owner" });
  const before = rowsOf(things);
  // Being in another team with any role does not help.
  await createTeam({ stranger: "owner" });
  expect(await send(call, things, cookie(people.stranger))).toMatchObject({ status: 404, reason: "team_not_found" });
  const madeUp = { ...things, id: 999_999 };
  expect(await send(call, madeUp, cookie(people.owner))).toMatchObject({ status: 404, reason: "team_not_found" });
  for (const headers of [
    {},
    cookie(people.disabled),
    cookie(people.expired),
    { authorization: `Bearer ${token}` },
    { authorization: `Bearer ${people.owner.credential}` },
  ])
    expect((await send(call, things, headers)).status).toBe(401);
  expect(rowsOf(things)).toEqual(before);
});
