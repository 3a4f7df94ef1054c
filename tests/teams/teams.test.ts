import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seedUsage } from "../support/openrouter/seed.ts";
import { type Caller, type Harness, PASSWORD, startHarness } from "../support/server/harness.ts";
import { enrol } from "../support/users/authenticator.ts";
import { callInTeam, createTeam, idOf, join, teamOf } from "../support/users/team.ts";

let harness: Harness;
let users = 0;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
});
afterAll(() => harness.close());

const app = () => harness.server.app;

async function createUser(): Promise<Caller> {
  users += 1;
  // Registrations are limited per minute.
  harness.sim.clock.advance(61_000);
  return harness.createUser(`member${users}@example.com`);
}

const handOver = async (by: Caller, id: number, to: Caller) =>
  callInTeam(harness, by, { name: "teams.handOver", isQuery: false, input: { id, user_id: await idOf(to) } });

describe("teams", () => {
  test("a user starts with a personal team and owns the teams they create", async () => {
    const ada = await createUser();
    const created = await ada.post("/api/teams", { name: "Research" });
    expect([created.status, created.body]).toEqual([
      201,
      {
        id: expect.any(Number),
        name: "Research",
        role: "owner",
        is_personal: false,
        requires_second_factor: false,
        members_count: 1,
        created_at: app().clock.now().toISOString(),
      },
    ]);
    expect((await ada.get("/api/teams")).body.items).toMatchObject([
      { id: teamOf(app(), ada.email), name: ada.email, role: "owner", is_personal: true },
      { id: created.body.id, name: "Research", is_personal: false },
    ]);
  });

  test.each(["صفحة الفريق", "👩‍🔬 Research 🚀", "日本語チーム"])("is named %s", async (name) => {
    const ada = await createUser();
    const id = await createTeam(ada, name);
    expect((await ada.get("/api/teams")).body.items).toContainEqual(expect.objectContaining({ id, name }));
  });

  test.each([
    ["without a name", { name: " " }],
    ["with a long name", { name: "x".repeat(101) }],
    ["named by a secret", { name: `or_inv_${"x".repeat(43)}` }],
    ["with an unknown field", { name: "Research", owner: 1 }],
  ])("is not created %s", async (_, body) => {
    const ada = await createUser();
    expect((await ada.post("/api/teams", body)).status).toBe(400);
  });

  test("a user owns at most MAX_TEAMS_PER_USER teams, and those of others do not count", async () => {
    const [ada, grace] = [await createUser(), await createUser()];
    const shared = await createTeam(grace);
    await join(app(), { email: ada.email, teamId: shared, role: "admin" });
    for (let n = 0; n < 5; n += 1) await createTeam(ada, `team ${n}`);
    const refused = await ada.post("/api/teams", { name: "one more" });
    expect([refused.status, refused.body.reason, refused.body.params]).toEqual([
      409,
      "team_limit_reached",
      { limit: 5 },
    ]);
  });

  test("a user is in at most 50 teams", async () => {
    const [ada, grace] = [await createUser(), await createUser()];
    const ids = Array.from({ length: 49 }, (_, n) => n);
    const now = app().clock.now();
    const userId = await idOf(ada);
    for (const n of ids)
      await app().db.prisma.team.create({
        data: { name: `t${n}`, createdAt: now, memberships: { create: { userId, role: "viewer", createdAt: now } } },
      });
    expect((await ada.get("/api/teams")).body.items).toHaveLength(50);
    expect((await ada.post("/api/teams", { name: "x" })).body.reason).toBe("team_memberships_limit_reached");
    const id = await createTeam(grace);
    const { body } = await grace.post(`/api/teams/${id}/invitations`, { role: "viewer" });
    const refused = await ada.post("/api/invitations/accept", { token: body.token });
    expect([refused.status, refused.body.reason]).toEqual([409, "team_memberships_limit_reached"]);
  });

  test("its settings are changed by owners and admins", async () => {
    const [ada, grace] = [await createUser(), await createUser()];
    const id = await createTeam(ada);
    await join(app(), { email: grace.email, teamId: id, role: "editor" });
    const refused = await grace.put(`/api/teams/${id}`, { name: "mine" });
    expect([refused.status, refused.body.params]).toEqual([403, { role: "admin" }]);
    await enrol(harness, ada);
    const changed = await ada.put(`/api/teams/${id}`, { name: "R&D", requires_second_factor: true });
    expect(changed.body).toMatchObject({ name: "R&D", requires_second_factor: true, members_count: 2 });
    expect((await ada.put(`/api/teams/${id}`, {})).body).toMatchObject({ name: "R&D", requires_second_factor: true });
    const stranger = await createUser();
    const missing = await stranger.put(`/api/teams/${id}`, { name: "mine" });
    const madeUp = await stranger.put("/api/teams/999999", { name: "mine" });
    expect([missing.status, missing.body.reason]).toEqual([404, "team_not_found"]);
    const { request_id: _, ...rest } = missing.body;
    expect(madeUp.body).toMatchObject(rest);
  });
});

describe("a deleted team", () => {
  test("takes its keys, usage and API tokens along", async () => {
    const [ada, grace] = [await createUser(), await createUser()];
    const id = await createTeam(ada);
    await join(app(), { email: grace.email, teamId: id, role: "admin" });
    const token = (await ada.post(`/api/tokens?team_id=${id}`, { name: "t" })).body.token as string;
    const seeded = seedUsage(harness, {
      email: ada.email,
      keys: ["one"],
      models: ["m"],
      through: "2026-03-10",
      days: 3,
    });
    await app().db.write((connection) => {
      connection.prepare("UPDATE api_keys SET team_id = ? WHERE id = ?").run(id, seeded.keyIds[0]);
      connection.prepare("UPDATE usage_models SET team_id = ? WHERE team_id = ?").run(id, seeded.teamId);
    });
    expect((await grace.delete(`/api/teams/${id}`)).status).toBe(403);
    expect((await ada.delete(`/api/teams/${id}`)).status).toBe(204);
    expect((await ada.delete(`/api/teams/${id}`)).status).toBe(404);
    const { prisma } = app().db;
    expect(await prisma.usageStat.count({ where: { apiKeyId: seeded.keyIds[0] as number } })).toBe(0);
    expect(await prisma.usageModel.count({ where: { teamId: id } })).toBe(0);
    expect(await prisma.apiToken.count({ where: { teamId: id } })).toBe(0);
    const read = await fetch(`${harness.url}/api/v1/team`, { headers: { authorization: `Bearer ${token}` } });
    expect(read.status).toBe(401);
    expect((await grace.get("/api/user")).body.team).toMatchObject({ is_personal: true });
  });

  test("is never a personal one", async () => {
    const ada = await createUser();
    const refused = await ada.delete(`/api/teams/${teamOf(app(), ada.email)}`);
    expect([refused.status, refused.body.reason]).toEqual([409, "team_is_personal"]);
  });
});

describe("handing over", () => {
  test("makes another member owner and the user an admin", async () => {
    const [ada, grace] = [await createUser(), await createUser()];
    const id = await createTeam(ada);
    await join(app(), { email: grace.email, teamId: id, role: "viewer" });
    expect((await handOver(grace, id, ada)).body.error.data.code).toBe("FORBIDDEN_ROLE");
    expect((await handOver(ada, id, ada)).body.error.data.reason).toBe("member_already_owner");
    expect((await handOver(ada, id, await createUser())).body.error.data.reason).toBe("member_not_found");
    expect((await handOver(ada, id, grace)).status).toBe(200);
    expect((await grace.get(`/api/teams/${id}/members`)).body.items).toMatchObject([
      { email: grace.email, role: "owner" },
      { email: ada.email, role: "admin" },
    ]);
    expect((await ada.delete(`/api/teams/${id}`)).status).toBe(403);
  });

  test("turns a personal team into an ordinary one and gives its user a new one", async () => {
    const [ada, grace] = [await createUser(), await createUser()];
    const id = teamOf(app(), ada.email);
    const password = {
      current_password: PASSWORD,
      new_password: "Other-Horse-10",
      new_password_confirm: "Other-Horse-10",
    };
    expect((await ada.put("/api/user/password", password)).status).toBe(200);
    await join(app(), { email: grace.email, teamId: id, role: "admin" });
    expect((await handOver(ada, id, grace)).status).toBe(200);
    const { body } = await ada.get("/api/user");
    expect(body.team).toMatchObject({ id, role: "admin", is_personal: false });
    expect(body.teams).toMatchObject([
      { id: teamOf(app(), ada.email), role: "owner", is_personal: true },
      { id, role: "admin", is_personal: false },
    ]);
    expect(teamOf(app(), ada.email)).not.toBe(id);
    // What is about how the user signs in moved along.
    expect((await ada.get(`/api/inbox?team_id=${id}`)).body.total).toBe(0);
    expect((await ada.get(`/api/inbox?team_id=${teamOf(app(), ada.email)}`)).body.total).toBe(1);
    expect((await ada.delete(`/api/teams/${id}/members/me`)).status).toBe(204);
  });
});

describe("the default team", () => {
  test("is the team of requests that name none", async () => {
    const ada = await createUser();
    const id = await createTeam(ada);
    const personal = teamOf(app(), ada.email);
    expect((await ada.get("/api/user")).body).toMatchObject({ default_team_id: null, team: { id: personal } });
    const changed = await ada.put("/api/user", { default_team_id: id });
    expect(changed.body).toMatchObject({ default_team_id: id });
    expect((await ada.get("/api/user")).body.team).toMatchObject({ id, name: "Research", role: "owner" });
    expect((await ada.put("/api/user", { default_team_id: null })).status).toBe(200);
    expect((await ada.get("/api/user")).body.team.id).toBe(personal);
  });

  test("is one of the user's", async () => {
    const [ada, grace] = [await createUser(), await createUser()];
    const id = await createTeam(grace);
    const refused = await ada.put("/api/user", { default_team_id: id });
    expect([refused.status, refused.body.reason]).toEqual([404, "team_not_found"]);
  });
});

describe("a user who is deleted", () => {
  test("must not leave a team with other members without an owner, unless they delete it", async () => {
    const [ada, grace] = [await createUser(), await createUser()];
    const ids = [await createTeam(ada, "Research"), await createTeam(ada, "Sales"), await createTeam(ada, "Alone")];
    for (const teamId of ids.slice(0, 2)) await join(app(), { email: grace.email, teamId, role: "admin" });
    const refused = await ada.post("/api/user/delete", { password: PASSWORD });
    expect([refused.status, refused.body.reason]).toEqual([409, "teams_need_owner"]);
    expect(refused.body.params).toEqual({ teams: expect.arrayContaining(["Research", "Sales"]), count: 2 });
    expect((await handOver(ada, ids[0] as number, grace)).status).toBe(200);
    const again = await ada.post("/api/user/delete", { password: PASSWORD });
    expect(again.body.params).toEqual({ teams: ["Sales"], count: 1 });
    expect((await ada.post("/api/user/delete", { password: PASSWORD, delete_teams: true })).status).toBe(204);
    const left = await app().db.prisma.team.findMany({ where: { id: { in: ids } } });
    expect(left.map(({ name }) => name)).toEqual(["Research"]);
    expect((await grace.get("/api/teams")).body.items.map(({ name }: { name: string }) => name)).toEqual([
      grace.email,
      "Research",
    ]);
  });
});

describe("the activity log of a team", () => {
  test("has what its members did, for owners and admins", async () => {
    const [ada, grace] = [await createUser(), await createUser()];
    const id = await createTeam(ada);
    const { body } = await ada.post(`/api/teams/${id}/invitations`, { role: "viewer" });
    await grace.post("/api/invitations/accept", { token: body.token });
    expect((await grace.get(`/api/teams/${id}/audit`)).status).toBe(403);
    await ada.put(`/api/teams/${id}/members/${await idOf(grace)}`, { role: "editor" });
    await ada.post(`/api/tokens?team_id=${id}`, { name: "Grafana" });
    await enrol(harness, ada);
    await ada.put(`/api/teams/${id}`, { requires_second_factor: true });
    await grace.delete(`/api/teams/${id}/members/me`);
    const log = (await ada.get(`/api/teams/${id}/audit`)).body;
    expect(log.total).toBe(7);
    expect(log.items.map(({ kind, user }: { kind: string; user: { email: string } }) => [kind, user.email])).toEqual([
      ["team_left", grace.email],
      ["team_second_factor_required", ada.email],
      ["api_token_issued", ada.email],
      ["member_role_changed", ada.email],
      ["team_joined", grace.email],
      ["member_invited", ada.email],
      ["team_created", ada.email],
    ]);
    expect(log.items[3].detail).toMatchObject({ email: grace.email, role: "editor", role_before: "viewer" });
    expect((await ada.get(`/api/teams/${id}/audit?skip=6&limit=5`)).body.items).toHaveLength(1);
    expect((await grace.get("/api/user/activity")).body.items.map(({ kind }: { kind: string }) => kind)).toEqual(
      expect.arrayContaining(["team_joined", "team_left"]),
    );
    await grace.post("/api/user/delete", { password: PASSWORD });
    expect((await ada.get(`/api/teams/${id}/audit`)).body.items[0]).toMatchObject({ kind: "team_left", user: null });
  });
});
