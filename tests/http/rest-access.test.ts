import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { issueToken, seedUsage } from "../support/openrouter/seed.ts";
import {
  type Caller,
  callerOf,
  type Harness,
  PASSWORD,
  request,
  settle,
  startHarness,
} from "../support/server/harness.ts";

let harness: Harness;
let user: Caller;
let cookie: string;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
  user = await harness.createUser();
  const signedIn = await request(`${harness.url}/trpc/auth.signIn`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: user.email, password: PASSWORD }),
  });
  cookie = (signedIn.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
});
afterAll(() => harness.close());

const anonymous = () => callerOf(() => harness.url, "");
const tokenOf = async (name?: string) => {
  const { id, token } = await issueToken(user, name);
  return { id, caller: callerOf(() => harness.url, token) };
};
const RANGE = "start_date=2026-03-01&end_date=2026-03-10";
const SESSION_READS = [
  "/api/user",
  "/api/keys",
  "/api/keys/1",
  "/api/stats/dashboard",
  `/api/usage?${RANGE}`,
  `/api/usage/export?${RANGE}`,
  "/api/tokens",
];
const TOKEN_READS = ["/api/v1/stats", `/api/v1/usage?${RANGE}`, "/api/v1/keys", `/api/v1/usage/export?${RANGE}`];

describe("kinds of credentials", () => {
  test("rejects an API token outside /api/v1 and names the right credential", async () => {
    const { id, caller } = await tokenOf();
    for (const path of SESSION_READS) {
      const { status, headers, body } = await caller.get(path);
      expect([status, headers.get("www-authenticate")], path).toEqual([401, 'Bearer error="invalid_token"']);
      expect(body.reason, path).toBe("session_required");
    }
    for (const answer of [
      await caller.post("/api/keys", { name: "x", key: "sk-or-v1-x" }),
      await caller.delete(`/api/tokens/${id}`),
      await caller.post("/api/auth/logout"),
    ])
      expect(answer.status).toBe(401);
    await user.delete(`/api/tokens/${id}`);
  });

  test("rejects a session on /api/v1 and names the right credential", async () => {
    for (const path of TOKEN_READS) {
      const { status, body } = await user.get(path);
      expect([status, body.reason], path).toEqual([401, "session_not_accepted"]);
    }
  });

  test("rejects a cookie on /api and /api/v1 and names the right credential", async () => {
    for (const path of ["/api/user", "/api/v1/keys"])
      expect((await anonymous().get(path, { cookie, "sec-fetch-site": "same-origin" })).status, path).toBe(401);
    const changed = await request(`${harness.url}/api/tokens`, {
      method: "POST",
      headers: { cookie, "content-type": "application/json" },
      body: '{"name":"x"}',
    });
    expect(changed.status).toBe(401);
  });

  test.each([
    ["", "Bearer", "login_required", "api_token_required"],
    ["Basic dXNlcjpwYXNz", "Bearer", "login_required", "api_token_required"],
    ["Bearer", "Bearer", "login_required", "api_token_required"],
    ["Bearer ", "Bearer", "login_required", "api_token_required"],
    ["Bearer a b", "Bearer", "login_required", "api_token_required"],
    ["bearer nothing", 'Bearer error="invalid_token"', "session_expired", "api_token_unknown"],
    [`Bearer or_api_${"x".repeat(63)}`, 'Bearer error="invalid_token"', "api_token_unknown", "api_token_unknown"],
  ])("rejects the credential %j and names the right one", async (authorization, challenge, own, api) => {
    for (const [path, reason] of [
      ["/api/user", own],
      ["/api/v1/keys", api],
      [`/api/v1/usage/export?${RANGE}`, api],
    ]) {
      const answer = await request(`${harness.url}${path}`, { headers: { authorization } });
      const found = [answer.status, answer.headers.get("www-authenticate"), answer.body.reason];
      expect(found, path).toEqual([401, challenge, reason]);
    }
    harness.sim.clock.advance(61_000);
  });
});

describe("an export link in the web app", () => {
  const path = `/api/usage/export?${RANGE}`;
  test("an export link works with the cookie on pages of this site only", async () => {
    expect((await anonymous().get(path, { cookie, "sec-fetch-site": "same-origin" })).status).toBe(200);
    for (const headers of [
      { cookie },
      { cookie, "sec-fetch-site": "cross-site" },
      { cookie, "sec-fetch-site": "none" },
      { cookie: "orwatch_session=dead", "sec-fetch-site": "same-origin" },
    ])
      expect((await anonymous().get(path, headers)).status, JSON.stringify(headers)).toBe(401);
    expect(
      (await anonymous().get(`/api/v1/usage/export?${RANGE}`, { cookie, "sec-fetch-site": "same-origin" })).status,
    ).toBe(401);
  });
});

describe("API tokens", () => {
  test("API tokens are shown once, have 71 characters, and are stored as hashes only", async () => {
    const issued = await user.post("/api/tokens", { name: "  Grafana  " });
    expect(issued.status).toBe(201);
    expect(issued.body).toEqual({
      id: expect.any(Number),
      name: "Grafana",
      token: expect.stringMatching(/^or_api_[\w-]{64}$/),
      scopes: ["read"],
      created_at: expect.any(String),
      expires_at: null,
    });
    expect(issued.headers.get("cache-control")).toBe("no-store");
    const listed = await user.get("/api/tokens");
    expect(listed.body[0]).toEqual({
      id: issued.body.id,
      name: "Grafana",
      scopes: ["read"],
      created_at: expect.any(String),
      expires_at: null,
      last_used_at: null,
      is_active: true,
      created_by: { user_id: expect.any(Number), email: user.email },
    });
    expect(listed.text).not.toContain("or_api_");
    const stored = harness.server.app.db.reader.prepare("SELECT * FROM api_tokens WHERE id = ?").get(issued.body.id);
    expect(JSON.stringify(stored)).not.toContain(issued.body.token.slice(7));
    await user.delete(`/api/tokens/${issued.body.id}`);
  });

  test("API tokens are rejected immediately after they are revoked, and revoking twice is 404", async () => {
    const { id, caller } = await tokenOf();
    expect((await caller.get("/api/v1/keys")).status).toBe(200);
    expect((await user.delete(`/api/tokens/${id}`)).status).toBe(204);
    const refused = await caller.get("/api/v1/keys");
    expect([refused.status, refused.body.reason]).toEqual([401, "api_token_unknown"]);
    const again = await user.delete(`/api/tokens/${id}`);
    expect(again.status).toBe(404);
    expect((await user.get("/api/tokens")).body).toEqual([]);
  });

  test("API tokens record when they were last used, to the minute, without a write per request", async () => {
    const { id, caller } = await tokenOf();
    const lastUsed = async () => {
      await settle(harness);
      return (await user.get("/api/tokens")).body.find((item: { id: number }) => item.id === id).last_used_at;
    };
    const writes = () => harness.server.app.db.reader.pragma("data_version", { simple: true });
    await caller.get("/api/v1/keys");
    const first = await lastUsed();
    expect(first).toBe(harness.sim.clock.now().toISOString());
    const before = writes();
    harness.sim.clock.advance(59_000);
    await Promise.all(Array.from({ length: 10 }, () => caller.get("/api/v1/keys")));
    expect(await lastUsed()).toBe(first);
    expect(writes()).toBe(before);
    harness.sim.clock.advance(1_000);
    await caller.get("/api/v1/keys");
    expect(await lastUsed()).toBe(harness.sim.clock.now().toISOString());
    await user.delete(`/api/tokens/${id}`);
  });

  test("API tokens are limited per user, not counting revoked ones", async () => {
    const ids: number[] = [];
    for (let n = 0; n < 5; n += 1) ids.push((await tokenOf(`n${n}`)).id);
    const refused = await user.post("/api/tokens", { name: "sixth" });
    expect([refused.status, refused.body.code]).toEqual([409, "CONFLICT"]);
    expect((await user.delete(`/api/tokens/${ids[0]}`)).status).toBe(204);
    expect((await user.post("/api/tokens", { name: "sixth" })).status).toBe(201);
    const parallel = await Promise.all(Array.from({ length: 3 }, () => user.post("/api/tokens", { name: "more" })));
    expect(parallel.map(({ status }) => status)).toEqual([409, 409, 409]);
    for (const { id } of (await user.get("/api/tokens")).body) await user.delete(`/api/tokens/${id}`);
  });

  test("API tokens of another user are 404", async () => {
    const { id } = await tokenOf();
    const other = await harness.createUser();
    expect((await other.delete(`/api/tokens/${id}`)).status).toBe(404);
    expect((await other.get("/api/tokens")).body).toEqual([]);
  });
});

test("no filter shows another user's usage", async () => {
  const [mine, theirs] = [await harness.createUser(), await harness.createUser()];
  const seeded = seedUsage(harness, { email: mine.email, keys: ["k"], models: ["m"], through: "2026-03-10", days: 3 });
  const token = callerOf(() => harness.url, (await issueToken(theirs)).token);
  const id = seeded.keyIds[0];
  expect((await theirs.get(`/api/usage?${RANGE}&api_key_id=${id}`)).body).toEqual([]);
  expect((await theirs.get(`/api/usage/export?${RANGE}&format=json`)).body).toEqual([]);
  expect((await theirs.get(`/api/stats/dashboard?api_key_id=${id}`)).body.summary.total_cost).toBe("0.00");
  expect((await theirs.get(`/api/keys/${id}`)).status).toBe(404);
  expect((await token.get(`/api/v1/usage?${RANGE}&api_key_id=${id}`)).body.pagination.total).toBe(0);
  expect((await token.get("/api/v1/keys")).body).toMatchObject({ items: [], total: 0 });
  expect((await token.get(`/api/v1/usage/export?${RANGE}&format=json&api_key_id=${id}`)).body).toEqual([]);
  expect((await mine.get(`/api/usage?${RANGE}`)).body).toHaveLength(3);
});
