import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seedUsage } from "../support/openrouter/seed.ts";
import { type Caller, type Harness, request, settle, startHarness } from "../support/server/harness.ts";
import { idOf, join, teamOf } from "../support/users/team.ts";

let harness: Harness;
let ada: Caller;
let grace: Caller;
let teamId: number;
let keyIds: number[];
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
  ada = await harness.createUser("ada@example.com");
  grace = await harness.createUser("grace@example.com");
  teamId = teamOf(harness.server.app, ada.email);
  keyIds = seedUsage(harness, {
    email: ada.email,
    keys: ["secret-project", "other-project"],
    models: ["openai/gpt-5", "anthropic/claude-sonnet-5"],
    through: "2026-03-10",
    days: 60,
  }).keyIds;
});
afterAll(() => harness.close());

const create = async (body: object = {}, by = ada) => {
  const created = await by.post(`/api/share-links?team_id=${teamId}`, { name: "For the board", ...body });
  expect(created.status, created.text).toBe(201);
  return created.body;
};
const open = (token: string) => {
  harness.sim.clock.advance(2_000);
  return request(`${harness.url}/api/share/${token}`);
};
const openWith = (token: string, password?: string) => {
  harness.sim.clock.advance(2_000);
  return request(`${harness.url}/api/share/${token}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(password === undefined ? {} : { password }),
  });
};
const listed = async () => (await ada.get("/api/share-links")).body.items;

describe("a share link", () => {
  test("shows totals, models and days without a login, and nothing of keys", async () => {
    const { token, url, expires_at, scope } = await create({ scope: { kind: "dashboard", days: 7 } });
    expect(scope).toEqual({ kind: "dashboard", days: 7, api_key_ids: null, shows_key_names: false });
    expect(url).toBe(`/share#${token}`);
    expect(Date.parse(expires_at) - harness.server.app.clock.now().getTime()).toBe(30 * 86_400_000);
    const shown = await open(token);
    expect([shown.status, shown.headers.get("x-robots-tag")]).toEqual([200, "noindex"]);
    const { body: own } = await ada.get("/api/stats/dashboard?days=7");
    expect(shown.body).toEqual({
      name: "For the board",
      expires_at,
      content: {
        kind: "dashboard",
        summary: own.summary,
        by_model: own.by_model,
        by_date: own.by_date,
        as_of: own.as_of,
        complete_through: own.complete_through,
        by_key: null,
      },
    });
    for (const hidden of ["secret-project", "other-project", ada.email, "api_key_id"])
      expect(shown.text).not.toContain(hidden);
  });

  test("shows names of keys only if it says so, and only the selected keys", async () => {
    const scope = { kind: "dashboard", shows_key_names: true, api_key_ids: [keyIds[0]] };
    const { token } = await create({ scope });
    const { body, text } = await open(token);
    expect(body.content.by_key).toEqual([
      {
        name: "secret-project",
        kind: null,
        requests_count: expect.any(Number),
        cost: body.content.summary.total_cost,
        percentage_cost: 100,
      },
    ]);
    expect(text).not.toContain("other-project");
  });

  test("of a key of another team shows nothing of it", async () => {
    const scope = { kind: "dashboard", api_key_ids: keyIds, shows_key_names: true };
    const foreign = await grace.post("/api/share-links", { name: "x", scope });
    const { content } = (await open(foreign.body.token)).body;
    expect([content.summary.total_cost, content.by_key]).toEqual(["0.00", []]);
  });

  test("is stored hashed, and its token is in no list and no log", async () => {
    const { token, id } = await create({ password: "Correct-Horse-9" });
    await openWith(token, "Correct-Horse-9");
    const row = await harness.server.app.db.prisma.shareLink.findUniqueOrThrow({ where: { id } });
    expect(JSON.stringify(row)).not.toContain(token);
    expect(row.passwordHash).toMatch(/^\$argon2id\$/);
    expect(JSON.stringify(await listed())).not.toContain(token);
    expect(JSON.stringify(harness.logged)).not.toContain(token);
  });

  test("with a password needs it, and few can be tried", async () => {
    const { token } = await create({ password: "Correct-Horse-9" });
    const get = await open(token);
    expect([get.status, get.body.reason]).toEqual([403, "share_password_required"]);
    expect((await openWith(token)).body.reason).toBe("share_password_required");
    expect((await openWith(token, "Correct-Horse-9")).status).toBe(200);
    const statuses = [];
    for (let n = 0; n < 6; n += 1) statuses.push((await openWith(token, `wrong ${n}`)).status);
    expect(statuses).toEqual([403, 403, 403, 403, 403, 429]);
    expect((await openWith(token, "Correct-Horse-9")).status).toBe(429);
    harness.sim.clock.advance(61_000);
    expect((await openWith(token, "Correct-Horse-9")).status).toBe(200);
  });

  test("ends when it is revoked, expires, or its creator may no longer share", async () => {
    await join(harness.server.app, { email: grace.email, teamId, role: "admin" });
    const tokens = [await create(), await create({ expires_in_days: 1 }), await create({}, grace)] as {
      id: number;
      token: string;
    }[];
    const statuses = () => Promise.all(tokens.map(async ({ token }) => (await open(token)).status));
    expect(await statuses()).toEqual([200, 200, 200]);
    await ada.put(`/api/teams/${teamId}/members/${await idOf(grace)}`, { role: "editor" });
    expect(await statuses()).toEqual([200, 200, 404]);
    await ada.put(`/api/teams/${teamId}/members/${await idOf(grace)}`, { role: "admin" });
    expect(await statuses()).toEqual([200, 200, 200]);
    expect((await ada.delete(`/api/share-links/${tokens[0]?.id}`)).status).toBe(204);
    expect((await ada.delete(`/api/share-links/${tokens[0]?.id}`)).status).toBe(404);
    await grace.delete(`/api/teams/${teamId}/members/me`);
    await join(harness.server.app, { email: grace.email, teamId, role: "admin" });
    expect(await statuses()).toEqual([404, 200, 404]);
    harness.sim.clock.advance(86_400_000);
    expect(await statuses()).toEqual([404, 404, 404]);
    const { request_id: _, ...revoked } = (await open(tokens[0]?.token as string)).body;
    const { request_id: __, ...madeUp } = (await open(`or_share_${"x".repeat(43)}`)).body;
    expect(revoked).toEqual(madeUp);
  });

  test("counts its views, which are in the log of its creator once a day", async () => {
    const { id, token } = await create({ name: "Counted" });
    await open(token);
    await open(token);
    await settle(harness);
    expect((await listed()).find((link: { id: number }) => link.id === id)).toMatchObject({
      views: 2,
      last_viewed_at: expect.any(String),
      has_password: false,
    });
    const { items } = (await ada.get("/api/user/activity?limit=100")).body;
    expect(items.filter(({ detail }: { detail: object }) => JSON.stringify(detail).includes("Counted"))).toMatchObject([
      { kind: "share_link_viewed", actor: "stranger", count: 2 },
      { kind: "share_link_created" },
    ]);
  });

  test("of a kind that a newer version has stored is neither shown nor listed", async () => {
    const { id, token } = await create();
    await harness.server.app.db.prisma.shareLink.update({ where: { id }, data: { scope: '{"kind":"universe"}' } });
    expect((await open(token)).body.reason).toBe("share_link_not_found");
    expect((await listed()).map((link: { id: number }) => link.id)).not.toContain(id);
    expect((await ada.delete(`/api/share-links/${id}`)).status).toBe(204);
  });

  test("is created, listed and revoked by owners and admins of its team", async () => {
    const { id } = await create();
    const stranger = await grace.delete(
      `/api/share-links/${id}?team_id=${(await grace.get("/api/teams")).body.items[0].id}`,
    );
    expect(stranger.status).toBe(404);
    await ada.put(`/api/teams/${teamId}/members/${await idOf(grace)}`, { role: "editor" });
    for (const refused of [
      await grace.post(`/api/share-links?team_id=${teamId}`, { name: "x" }),
      await grace.get(`/api/share-links?team_id=${teamId}`),
      await grace.delete(`/api/share-links/${id}?team_id=${teamId}`),
    ])
      expect([refused.status, refused.body.params]).toEqual([403, { role: "admin" }]);
  });

  test.each([
    [{ scope: { kind: "dashboard", days: 0 } }],
    [{ scope: { kind: "dashboard", days: 366 } }],
    [{ scope: { kind: "dashboard", api_key_ids: [] } }],
    [{ scope: { kind: "dashboard", token: "mine" } }],
    [{ scope: { kind: "database" } }],
    [{ scope: {} }],
    [{ expires_in_days: 0 }],
    [{ expires_in_days: 366 }],
    [{ password: "short" }],
    [{ name: "" }],
    [{ token: "mine" }],
  ])("is not created with %j", async (body) => {
    expect((await ada.post("/api/share-links", { name: "x", ...body })).status).toBe(400);
  });

  test("is one of at most 50", async () => {
    for (let left = 50 - (await listed()).length; left > 0; left -= 1) await create();
    const refused = await ada.post("/api/share-links", { name: "one more" });
    expect([refused.status, refused.body.reason]).toEqual([409, "share_link_limit_reached"]);
  });

  test("is looked up at most 60 times a minute from one address", async () => {
    const statuses = new Set<number>();
    for (let n = 0; n < 61; n += 1) statuses.add((await request(`${harness.url}/api/share/x`)).status);
    expect([...statuses]).toEqual([404, 429]);
  });
});
