import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readTables } from "../support/checks/secrecy.ts";
import { issueToken } from "../support/openrouter/seed.ts";
import { type Caller, type Harness, PASSWORD, request, startHarness } from "../support/server/harness.ts";
import { sendRaw } from "../support/server/raw.ts";

let harness: Harness;
let user: Caller;
let tried = 0;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
  user = await harness.createUser();
});
afterAll(async () => {
  process.stdout.write(`attacks in corners: ${tried} inputs tried\n`);
  const faults = harness.logged.filter(({ level }) => level === "error");
  await harness.close();
  expect(faults).toEqual([]);
});
beforeEach(() => harness.sim.clock.advance(61_000));

const post = (where: string, body: unknown, headers: Record<string, string> = {}) => {
  tried += 1;
  return request(`${harness.url}${where}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
};
const register = (email: string) =>
  post("/api/auth/register", { email, password: PASSWORD, password_confirm: PASSWORD });

const STREAMED: Record<string, string>[] = [
  { "trpc-accept": "application/jsonl" },
  { accept: "application/jsonl" },
  { accept: "text/html, application/jsonl", "trpc-accept": "text/event-stream" },
];

test.each(STREAMED)(
  "answers a request for a streamed response (%o) as one response with status, limits and cookie",
  async (headers) => {
    const credentials = { email: user.email, password: PASSWORD };
    const sessions = () =>
      harness.server.app.db.reader.prepare("SELECT count(*) FROM sessions").pluck().get() as number;
    const before = sessions();
    const signedIn = await post("/trpc/auth.signIn?batch=1", { 0: credentials }, headers);
    expect([signedIn.status, signedIn.headers.get("set-cookie")]).toEqual([
      200,
      expect.stringMatching(/^orwatch_session=/),
    ]);
    expect(sessions()).toBe(before + 1);
    const wrong = await post(
      "/trpc/auth.signIn?batch=1",
      { 0: { ...credentials, password: "Wrong-Horse-99" } },
      headers,
    );
    expect(wrong.status).toBe(401);
    const { token } = await issueToken(user);
    const call = { authorization: `Bearer ${token}`, ...headers };
    const answer = await request(`${harness.url}/trpc/v1.keys?batch=1&input=${encodeURIComponent('{"0":{}}')}`, {
      headers: call,
    });
    expect([answer.status, answer.headers.get("x-ratelimit-limit")]).toEqual([200, "100"]);
  },
);

test("limits the length of an e-mail address after normalization", async () => {
  const folded = await register(`${"℡".repeat(120)}@example.com`);
  expect([folded.status, folded.body.issues]).toMatchObject([
    400,
    [{ path: "email", reason: "field_too_long", params: { limit: 254 } }],
  ]);
  expect((await register(`${"㎏".repeat(20)}@example.com`)).body.email).toBe(`${"kg".repeat(20)}@example.com`);
});

test("one e-mail address has one account in any spelling, over REST and tRPC", async () => {
  expect((await register("sam@example.com")).status).toBe(201);
  const spellings = [
    "SAM@EXAMPLE.COM",
    "ſam@example.com",
    "ｓａｍ＠ｅｘａｍｐｌｅ．ｃｏｍ",
    "  sam@example.com\u3000",
    "ⓢⓐⓜ@example.com",
  ];
  for (const email of spellings) {
    harness.sim.clock.advance(61_000);
    expect((await register(email)).status, email).toBe(409);
    expect((await post("/api/auth/login", { email, password: PASSWORD })).status, email).toBe(200);
    expect((await post("/trpc/auth.signIn", { email, password: PASSWORD })).status, email).toBe(200);
  }
  // Look-alike letters are rejected rather than folded, so two similar addresses cannot both register.
  for (const email of ["sаm@example.com", "sam\u200d@example.com", "sam@exаmple.com", "s\u0061\u0301m@example.com"]) {
    harness.sim.clock.advance(61_000);
    expect((await register(email)).status, email).toBe(400);
  }
});

const OPENROUTER_KEY = `sk-or-v1-${"0123456789abcdef".repeat(4)}`;
const API_TOKEN = `or_api_${"aB3_".repeat(16)}`;
const PASTED = [OPENROUTER_KEY, ` ${OPENROUTER_KEY} `, `my key ${OPENROUTER_KEY}`, API_TOKEN, `"${API_TOKEN}"`];
const FIELDS: [string, (text: string) => [method: "post" | "put", where: string, body: object]][] = [
  ["the name of a key", (name) => ["post", "/api/keys", { name, key: OPENROUTER_KEY }]],
  ["its description", (description) => ["post", "/api/keys", { name: "k", key: OPENROUTER_KEY, description }]],
  ["a new name for it", (name) => ["put", "/api/keys/1", { name }]],
  ["the name of an API token", (name) => ["post", "/api/tokens", { name }]],
  ["the name of a channel", (name) => ["post", "/api/channels", { kind: "slack", name, url: "https://example.com/x" }]],
  ["the name of a rule", (name) => ["post", "/api/alerts/rules", { name, kind: "key_invalid" }]],
];

test.each(FIELDS)("rejects a secret pasted into %s and stores it nowhere", async (_, fill) => {
  const before = readTables(harness);
  for (const text of PASTED) {
    tried += 1;
    const [method, where, body] = fill(text);
    const answer = await user[method](where, body);
    expect(answer.status, answer.text).toBe(400);
    expect(answer.body.issues[0].reason).toBe("field_holds_secret");
    expect(answer.text).not.toContain(text.trim());
  }
  expect(readTables(harness)).toBe(before);
});

test("accepts masks and words about keys in names", async () => {
  for (const name of ["sk-or-v1-abc…9f2", "sk-or-v1- of the team", "or_api_ for CI", "bearer bonds"])
    expect((await user.post("/api/tokens", { name })).status, name).toBeLessThan(410);
});

test("rejects ambiguous requests or reads them in one way", async () => {
  const head = "Host: x\r\nContent-Type: application/json\r\n";
  const requests: [string, number[]][] = [
    [`POST /api/auth/login HTTP/1.1\r\n${head}Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}`, [400]],
    [`POST /api/auth/login HTTP/1.1\r\n${head}Content-Length: +2\r\n\r\n{}`, [400]],
    [`POST /api/auth/login HTTP/1.1\r\n${head}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`, [400]],
    [`POST /api/auth/login HTTP/1.1\r\n${head}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`, [400]],
    [`POST /api/auth/login HTTP/1.1\r\n${head}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`, [400]],
    [`GET /api/user HTTP/1.1\r\nHost: x\r\nX: a\nY: b\r\nConnection: close\r\n\r\n`, [400, 401]],
    [`GET /api/user HTTP/1.1\r\nHost: x\r\nX: a\rAuthorization: Bearer b\r\nConnection: close\r\n\r\n`, [400]],
    [`GET /api/user HTTP/1.1\r\nHost: x\r\n Authorization: Bearer b\r\nConnection: close\r\n\r\n`, [400, 401]],
    [`GET  /api/user HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`, [400, 401]],
    [`GET /api/user HTTP/9.9\r\nHost: x\r\nConnection: close\r\n\r\n`, [400]],
    [`GET http://evil.example.com/api/user HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`, [401]],
    [`GET /api/user\u0000 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`, [400]],
  ];
  for (const [text, expected] of requests) {
    tried += 1;
    const { status } = await sendRaw(harness.url, text, { timeoutMs: 20_000 });
    expect(expected, JSON.stringify(text)).toContain(status);
  }
}, 60_000);
