import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { issueToken } from "../support/openrouter/seed.ts";
import { type Caller, callerOf, type Harness, request, settle, startHarness } from "../support/server/harness.ts";

let harness: Harness;
let user: Caller;
let token: Caller;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
  user = await harness.createUser();
  token = callerOf(() => harness.url, (await issueToken(user)).token);
});
afterAll(() => harness.close());

const RANGE = "start_date=2026-03-01&end_date=2026-03-10";

describe("numbers in a query", () => {
  test.each([
    "",
    "0x10",
    "%205%20",
    "1e2",
    "+5",
    "5.0",
    "05",
    "١٠",
    "NaN",
    "Infinity",
    "1_000",
    "true",
    "9007199254740993",
  ])("rejects limit=%s as a number", async (text) => {
    const answer = await user.get(`/api/keys?limit=${text.includes("%") ? text : encodeURIComponent(text)}`);
    expect([answer.status, answer.body.issues?.[0]?.path]).toEqual([400, "limit"]);
  });

  test("reports an issue for each invalid field", async () => {
    const { status, body } = await user.get("/api/keys?limit=ten&skip=-1");
    expect(status).toBe(400);
    expect(body.issues).toMatchObject([
      { path: "skip", reason: "field_too_small", params: { limit: 0 } },
      { path: "limit", reason: "field_not_whole_number" },
    ]);
    expect(body).toMatchObject({ reason: "invalid_request", params: { path: "skip", more: 1 } });
  });

  test("enforces minimum, maximum and the range of ids", async () => {
    for (const path of [
      "/api/keys?limit=0",
      "/api/keys?limit=101",
      `/api/usage?${RANGE}&limit=1001`,
      "/api/stats/dashboard?days=366",
      "/api/keys/0",
      "/api/keys/-1",
      "/api/keys/abc",
      "/api/keys/0x1",
      "/api/keys/1e0",
      "/api/keys/99999999999999999999",
    ])
      expect((await user.get(path)).status, path).toBe(400);
    for (const path of [
      `/api/v1/usage?${RANGE}&page=0`,
      `/api/v1/usage?${RANGE}&limit=-5`,
      `/api/v1/usage?${RANGE}&page=99999999`,
    ])
      expect((await token.get(path)).status, path).toBe(400);
    expect((await user.get("/api/keys/9007199254740991")).status).toBe(404);
  });
});

describe("query parameters", () => {
  test("rejects a repeated parameter that takes one value", async () => {
    for (const query of ["limit=1&limit=2", "skip=0&skip=0"])
      expect((await user.get(`/api/keys?${query}`)).status).toBe(400);
    expect((await token.get(`/api/v1/usage?${RANGE}&start_date=2026-03-02`)).status).toBe(400);
  });

  test("accepts one or many values for a repeatable parameter", async () => {
    for (const query of ["api_key_id=1", "api_key_id=1&api_key_id=2", "model=a&model=b", "model[]=a"])
      expect((await user.get(`/api/usage?${RANGE}&${query}`)).body, query).toEqual([]);
    expect((await user.get(`/api/usage?${RANGE}&api_key_id=1&api_key_id=x`)).status).toBe(400);
    expect((await user.get(`/api/usage?${RANGE}&${Array(201).fill("model=a").join("&")}`)).status).toBe(400);
  });

  test("rejects names that are special to JavaScript", async () => {
    for (const name of ["__proto__", "constructor", "toString", "__proto__[x]", "hasOwnProperty"])
      expect((await user.get(`/api/keys?${name}=1&${name}=2`)).status, name).toBe(400);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
    for (const body of [
      '{"name":"x","__proto__":{"name":"y"}}',
      '{"constructor":{"prototype":{}},"name":"x"}',
      '{"__proto__":{"name":"y"}}',
    ]) {
      const answer = await request(`${harness.url}/api/tokens`, {
        method: "POST",
        body,
        headers: { "content-type": "application/json", authorization: `Bearer ${user.credential}` },
      });
      expect(answer.status, body).toBe(400);
    }
  });

  test("rejects days that do not exist and ranges that are reversed or longer than 366 days", async () => {
    for (const [from, through] of [
      ["2026-02-30", "2026-03-01"],
      ["2026-3-1", "2026-03-02"],
      ["2026-03-02", "2026-03-01"],
      ["2025-01-01", "2026-01-02"],
      ["0000-00-00", "2026-01-02"],
      ["2026-03-01T00:00:00Z", "2026-03-02"],
    ])
      expect((await user.get(`/api/usage?start_date=${from}&end_date=${through}`)).status, `${from} ${through}`).toBe(
        400,
      );
    expect((await user.get("/api/usage?start_date=2025-01-01&end_date=2026-01-01")).status).toBe(200);
    expect((await user.get("/api/usage?end_date=2026-01-01")).body.issues).toMatchObject([
      { path: "start_date", reason: "field_missing" },
    ]);
  });
});

describe("text", () => {
  test("rejects NUL and lone surrogates in bodies and queries", async () => {
    for (const name of ["a\0b", "\ud800", "x\udfff"]) {
      const answer = await user.post("/api/tokens", { name });
      expect([answer.status, answer.body.issues]).toMatchObject([400, [{ path: "name" }]]);
    }
    expect((await user.get(`/api/usage?${RANGE}&model=a%00b`)).status).toBe(400);
    expect((await user.get(`/api/usage/export?${RANGE}&model=a%00b`)).status).toBe(400);
    expect((await user.get(`/api/usage?${RANGE}&model=%ed%a0%80`)).status).toBe(400);
  });

  test("returns all other text unchanged", async () => {
    const other = await harness.createUser();
    const names = ["👩‍👩‍👧‍👦 family", "‮right to left", "'; DROP TABLE users; --", "<script>", "a\u0301"];
    for (const name of names) expect((await other.post("/api/tokens", { name })).body.name).toBe(name);
    expect((await other.get("/api/tokens")).body.map((item: { name: string }) => item.name)).toEqual(
      [...names].reverse(),
    );
  });

  test("rejects JSON that is nested too deeply", async () => {
    const deep = `{"name":"x","more":${"[".repeat(20_000)}${"]".repeat(20_000)}}`;
    const answer = await request(`${harness.url}/api/tokens`, {
      method: "POST",
      body: deep,
      headers: { "content-type": "application/json", authorization: `Bearer ${user.credential}` },
    });
    expect(answer.status).toBe(400);
  });
});

test("does not coerce numbers over tRPC", async () => {
  const account = harness.sim.ledger.addAccount();
  const key = harness.sim.ledger.addKey(account.id, { name: "app" });
  expect((await user.post("/api/keys", { name: "app", key: key.secret })).status).toBe(201);
  await settle(harness);
  for (const body of [{ name: 5 }, { name: null }, { is_active: "true" }, { is_active: 1 }, { is_active: null }])
    expect((await user.put("/api/keys/1", body)).status, JSON.stringify(body)).toBe(400);
  expect((await user.put("/api/keys/1", { is_active: false })).body.is_active).toBe(false);
});
