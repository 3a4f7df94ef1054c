import type { Role } from "@orwatch/domain/permissions";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { issueToken } from "../support/openrouter/seed.ts";
import { type Caller, callerOf, type Harness, startHarness } from "../support/server/harness.ts";
import { enrol } from "../support/users/authenticator.ts";
import { createTeam, idOf, invite, join, teamOf } from "../support/users/team.ts";

let harness: Harness;
const people = {} as Record<"owner" | "coOwner" | "admin" | "otherAdmin" | "editor" | "viewer" | "stranger", Caller>;
const ids = {} as Record<keyof typeof people, number>;
let teamId: number;

const app = () => harness.server.app;
const ROLES: Partial<Record<keyof typeof people, Role>> = {
  coOwner: "owner",
  admin: "admin",
  otherAdmin: "admin",
  editor: "editor",
  viewer: "viewer",
};

beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
  for (const name of ["owner", "coOwner", "admin", "otherAdmin", "editor", "viewer", "stranger"] as const) {
    harness.sim.clock.advance(61_000);
    people[name] = await harness.createUser(`${name.toLowerCase()}@example.com`);
    ids[name] = await idOf(people[name]);
  }
  teamId = await createTeam(people.owner);
  for (const [name, role] of Object.entries(ROLES))
    await join(app(), { email: people[name as keyof typeof people].email, teamId, role });
});
afterAll(() => harness.close());

const roleOf = async (name: keyof typeof people): Promise<string | null> =>
  (await app().db.prisma.membership.findUnique({ where: { teamId_userId: { teamId, userId: ids[name] } } }))?.role ??
  null;
const setRole = (by: keyof typeof people, who: keyof typeof people, role: string) =>
  people[by].put(`/api/teams/${teamId}/members/${ids[who]}`, { role });
const remove = (by: keyof typeof people, who: keyof typeof people) =>
  people[by].delete(`/api/teams/${teamId}/members/${ids[who]}`);
const membersAs = async (by: Caller) => (await by.get(`/api/teams/${teamId}/members`)).body.items;

/** Puts a member back after a test. */
async function restore(name: keyof typeof people): Promise<void> {
  const role = ROLES[name] as Role;
  const where = { teamId_userId: { teamId, userId: ids[name] } };
  const createdAt = app().clock.now();
  await app().db.prisma.membership.upsert({
    where,
    create: { teamId, userId: ids[name], role, createdAt },
    update: { role },
  });
}

describe("the list of members", () => {
  test("has owners first, and tells owners and admins who was seen when and has a second factor", async () => {
    await enrol(harness, people.viewer);
    const listed = await membersAs(people.admin);
    expect(listed.map(({ role }: { role: string }) => role)).toEqual([
      "owner",
      "owner",
      "admin",
      "admin",
      "editor",
      "viewer",
    ]);
    expect(listed.find(({ user_id }: { user_id: number }) => user_id === ids.viewer)).toMatchObject({
      email: people.viewer.email,
      is_active: true,
      has_second_factor: true,
      last_seen_at: expect.stringMatching(/^2026-03-10T12:/),
    });
    const seen = await membersAs(people.editor);
    const hidden = { last_seen_at: null, has_second_factor: null };
    expect(seen.filter((member: object) => member).length).toBe(6);
    for (const member of seen)
      if (member.user_id === ids.editor) expect(member.has_second_factor).toBe(false);
      else expect(member).toMatchObject(hidden);
  });

  test("is for members only", async () => {
    const answer = await people.stranger.get(`/api/teams/${teamId}/members`);
    expect([answer.status, answer.body.reason]).toEqual([404, "team_not_found"]);
  });
});

describe("roles", () => {
  test.each([
    ["owner", "admin", "owner", 200],
    ["owner", "coOwner", "viewer", 200],
    ["admin", "editor", "admin", 200],
    ["admin", "otherAdmin", "viewer", 200],
    ["admin", "admin", "editor", 200],
    ["admin", "editor", "owner", 403],
    ["admin", "owner", "viewer", 403],
    ["editor", "viewer", "editor", 403],
    ["viewer", "viewer", "admin", 403],
    ["stranger", "viewer", "admin", 404],
    ["owner", "stranger", "viewer", 404],
  ] as const)("%s makes %s %s: %i", async (by, who, role, status) => {
    const before = await roleOf(who);
    const answer = await setRole(by, who, role);
    expect(answer.status).toBe(status);
    expect(await roleOf(who)).toBe(status === 200 ? role : before);
    if (status === 200) await restore(who);
  });

  test.each([
    ["owner", "coOwner", 204],
    ["owner", "admin", 204],
    ["admin", "otherAdmin", 204],
    ["admin", "viewer", 204],
    ["admin", "owner", 403],
    ["editor", "viewer", 403],
    ["stranger", "viewer", 404],
    ["admin", "stranger", 404],
  ] as const)("%s removes %s: %i", async (by, who, status) => {
    const before = await roleOf(who);
    expect((await remove(by, who)).status).toBe(status);
    expect(await roleOf(who)).toBe(status === 204 ? null : before);
    if (status === 204) await restore(who);
  });

  test("is one of four, and a member is a number or `me`", async () => {
    expect((await setRole("owner", "viewer", "boss")).status).toBe(400);
    expect((await people.owner.put(`/api/teams/${teamId}/members/me`, { role: "owner" })).status).toBe(400);
    expect((await people.owner.delete(`/api/teams/${teamId}/members/you`)).status).toBe(400);
    expect((await people.owner.delete(`/api/teams/${teamId}/members/0`)).status).toBe(400);
  });
});

describe("two admins who demote each other at once", () => {
  test("do not both succeed", async () => {
    const answers = await Promise.all([
      setRole("admin", "otherAdmin", "viewer"),
      setRole("otherAdmin", "admin", "viewer"),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
    const roles = [await roleOf("admin"), await roleOf("otherAdmin")];
    expect(roles.sort()).toEqual(["admin", "viewer"]);
    await restore("admin");
    await restore("otherAdmin");
  });
});

describe("the last owner", () => {
  test("can neither leave, nor be removed, nor be demoted, by themselves or by another at the same time", async () => {
    const both = await Promise.all([setRole("owner", "coOwner", "admin"), setRole("coOwner", "owner", "admin")]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 403]);
    const last = (await roleOf("owner")) === "owner" ? "owner" : "coOwner";
    for (const refused of [
      await setRole(last, last, "admin"),
      await remove(last, last),
      await people[last].delete(`/api/teams/${teamId}/members/me`),
    ])
      expect([refused.status, refused.body.reason]).toEqual([409, "team_needs_owner"]);
    await app().db.prisma.membership.updateMany({
      where: { teamId, userId: { in: [ids.owner, ids.coOwner] } },
      data: { role: "owner" },
    });
  });

  test("is the only one who is not deactivated", async () => {
    const deactivate = (isActive: boolean) =>
      app().db.prisma.user.update({ where: { id: ids.coOwner }, data: { isActive } });
    await deactivate(false);
    expect((await people.owner.delete(`/api/teams/${teamId}/members/me`)).body.reason).toBe("team_needs_owner");
    expect((await membersAs(people.owner)).find((m: { user_id: number }) => m.user_id === ids.coOwner).is_active).toBe(
      false,
    );
    expect((await remove("owner", "coOwner")).status).toBe(204);
    await deactivate(true);
    await restore("coOwner");
  });

  test("two owners who leave at once do not both", async () => {
    const leave = (name: "owner" | "coOwner") => people[name].delete(`/api/teams/${teamId}/members/me`);
    const answers = await Promise.all([leave("owner"), leave("coOwner")]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
    for (const name of ["owner", "coOwner"] as const) {
      const data = { teamId, userId: ids[name], role: "owner", createdAt: app().clock.now() };
      const where = { teamId_userId: { teamId, userId: ids[name] } };
      await app().db.prisma.membership.upsert({ where, create: data, update: {} });
    }
  });
});

describe("a personal team", () => {
  test("keeps its user as an owner, also if there is another", async () => {
    const personal = teamOf(app(), people.owner.email);
    await join(app(), { email: people.stranger.email, teamId: personal, role: "owner" });
    for (const refused of [
      await people.owner.delete(`/api/teams/${personal}/members/me`),
      await people.stranger.delete(`/api/teams/${personal}/members/${ids.owner}`),
      await people.stranger.put(`/api/teams/${personal}/members/${ids.owner}`, { role: "viewer" }),
    ])
      expect([refused.status, refused.body.reason]).toEqual([409, "team_is_personal"]);
    expect((await people.stranger.delete(`/api/teams/${personal}/members/me`)).status).toBe(204);
  });
});

describe("a member who leaves or is removed", () => {
  test("has no access from the next request on, on any path", async () => {
    const editor = people.editor;
    await editor.put("/api/user", { default_team_id: teamId });
    await setRole("owner", "editor", "admin");
    const { token } = await issueToken(editor);
    const ofToken = callerOf(() => harness.url, token);
    const invitation = await invite(editor, teamId, { role: "viewer" });
    const cookie = `orwatch_session=${editor.credential}`;
    const batch = async () => {
      const response = await fetch(
        `${harness.url}/trpc/keys.list,stats.freshness?batch=1&input=${encodeURIComponent('{"0":{},"1":{}}')}`,
        {
          headers: { cookie, "x-team-id": String(teamId) },
        },
      );
      const parts = (await response.json()) as { error?: { data: { httpStatus: number } } }[];
      return parts.map(({ error }) => error?.data.httpStatus ?? 200);
    };
    const statuses = async () => [
      (await editor.get(`/api/keys?team_id=${teamId}`)).status,
      (await ofToken.get("/api/v1/keys")).status,
      (await editor.get(`/api/usage/export.csv?team_id=${teamId}&start_date=2026-03-01&end_date=2026-03-02`)).status,
      ...(await batch()),
    ];
    expect(await statuses()).toEqual([200, 200, 200, 200, 200]);
    expect((await editor.delete(`/api/teams/${teamId}/members/me`)).status).toBe(204);
    expect(await statuses()).toEqual([404, 401, 404, 404, 404]);
    expect((await editor.get("/api/user")).body).toMatchObject({ default_team_id: null, team: { is_personal: true } });
    const accepted = await people.stranger.post("/api/invitations/accept", { token: invitation });
    expect([accepted.status, accepted.body.reason]).toEqual([404, "invitation_not_found"]);
    // Nothing comes back with a later membership.
    await restore("editor");
    expect((await ofToken.get("/api/v1/keys")).status).toBe(401);
    expect((await editor.get("/api/user")).body.team).toMatchObject({ is_personal: true });
  });

  test("an admin who is demoted cannot be followed by the invitations they created", async () => {
    const token = await invite(people.otherAdmin, teamId, { role: "admin" });
    await setRole("owner", "otherAdmin", "editor");
    expect((await people.stranger.post("/api/invitations/accept", { token })).status).toBe(404);
    await restore("otherAdmin");
  });
});

test("a team has at most 200 members", async () => {
  const id = await createTeam(people.owner, "Large");
  const token = await invite(people.owner, id);
  const now = app().clock.now();
  for (let n = 0; n < 199; n += 1)
    await app().db.prisma.user.create({
      data: {
        email: `many${n}@example.com`,
        passwordHash: "-",
        memberships: { create: { teamId: id, role: "viewer", createdAt: now } },
      },
    });
  const refused = await people.stranger.post("/api/invitations/accept", { token });
  expect([refused.status, refused.body.reason, refused.body.params]).toEqual([409, "team_full", { limit: 200 }]);
  expect((await people.owner.get(`/api/teams/${id}/members`)).body.items).toHaveLength(200);
  const { userId } = await app().db.prisma.membership.findFirstOrThrow({ where: { teamId: id, role: "viewer" } });
  expect((await people.owner.delete(`/api/teams/${id}/members/${userId}`)).status).toBe(204);
  expect((await people.stranger.post("/api/invitations/accept", { token })).status).toBe(200);
});
