import { type LedgerKey, usd } from "@orwatch/openrouter-sim";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type Answer, type Caller, type Harness, PASSWORD, request, settle, startHarness } from "../support/harness.ts";
import { expectNone, readLog, readTables, textOf } from "../support/secrecy.ts";

let harness: Harness;
let user: Caller;
let otherUser: Caller;
let mine: { id: number; key: LedgerKey };
let theirs: { id: number; key: LedgerKey };

const makeKey = (input = {}) => harness.sim.ledger.addKey(harness.sim.ledger.addAccount().id, input);
async function add(who: Caller) {
  const key = makeKey();
  const id = (await who.post("/api/keys", { name: "k", key: key.secret })).body.id;
  await settle(harness);
  return { id, key };
}

beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" }, env: { MAX_API_KEYS_PER_USER: "1" } });
  user = await harness.createUser("ada@example.com");
  otherUser = await harness.createUser("eve@example.com");
  mine = await add(user);
  theirs = await add(otherUser);
});
afterAll(() => harness.close());
beforeEach(() => harness.sim.clock.advance(61_000));
afterEach(() => harness.sim.faults.clear());

const UNKNOWN_KEY = `sk-or-v1-${"0".repeat(64)}`;
const WEAK = "Weak-Horse-1";
const ERROR_FIELDS = ["code", "message", "request_id"];

/** Expects an error with this status and message, nothing stored, nothing leaked, and no server error in the log. */
async function expectRefusal(
  send: () => Promise<Answer>,
  expected: { status: number; message: string | RegExp; secrets?: string[] },
) {
  const before = readTables(harness);
  const logged = harness.logged.length;
  const answer = await send();
  await settle(harness);
  expect(answer.status, answer.text).toBe(expected.status);
  expect(answer.body.message).toMatch(expected.message);
  expect(
    Object.keys(answer.body)
      .filter((name) => name !== "issues")
      .sort(),
  ).toEqual(ERROR_FIELDS);
  expect(answer.body.request_id).toBe(answer.headers.get("x-request-id"));
  expect(answer.headers.get("content-type")).toContain("application/json");
  expect(readTables(harness)).toBe(before);
  const secrets = [PASSWORD, user.credential, mine.key.secret, theirs.key.secret, ...(expected.secrets ?? [])];
  expectNone(secrets, textOf(answer), "the answer");
  expectNone(secrets, readLog(harness), "the log");
  expect(answer.text).not.toMatch(/SELECT|prisma|sqlite|at .*\.ts:|node_modules/i);
  expect(harness.logged.slice(logged).filter(({ level }) => level === "error")).toEqual([]);
  return answer;
}

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  request(`${harness.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
const bearer = () => ({ authorization: `Bearer ${user.credential}` });

test.each([
  ["no key at all", { name: "k" }, /^key: /],
  ["an empty key", { name: "k", key: "" }, /^key: must be an OpenRouter key: it starts with sk-or-v1-$/],
  ["a key of another service", { name: "k", key: "sk-proj-abcdefghijklmnop" }, /^key: must be an OpenRouter key/],
  ["our own API token", { name: "k", key: `or_api_${"x".repeat(64)}` }, /^key: must be an OpenRouter key/],
  ["the prefix alone", { name: "k", key: "sk-or-v1-" }, /^key: must be an OpenRouter key/],
  ["a key with a space in it", { name: "k", key: "sk-or-v1-ab cd" }, /^key: must be an OpenRouter key/],
  ["a key with a line break", { name: "k", key: "sk-or-v1-ab\r\nX-Evil: 1" }, /^key: /],
  ["a key as a number", { name: "k", key: 5 }, /^key: /],
  ["a key that never ends", { name: "k", key: `sk-or-v1-${"a".repeat(400)}` }, /^key: is too long/],
  ["a name of spaces", { name: "  ", key: UNKNOWN_KEY }, /^name: is missing$/],
  ["a name too long", { name: "n".repeat(101), key: UNKNOWN_KEY }, /^name: must have at most 100 characters$/],
  ["a description too long", { name: "k", key: UNKNOWN_KEY, description: "d".repeat(501) }, /^description: /],
  ["an unknown field", { name: "k", key: UNKNOWN_KEY, is_admin: true }, /is_admin/],
])("rejects a key with the wrong format: %s", async (_, body, message) => {
  const requests = harness.sim.requestCount();
  await expectRefusal(() => user.post("/api/keys", body), { status: 400, message, secrets: [UNKNOWN_KEY] });
  expect(harness.sim.requestCount()).toBe(requests);
});

test("rejects a key that OpenRouter rejects", async () => {
  for (const secret of [UNKNOWN_KEY, makeKey({ disabled: true }).secret, makeKey({ expiresAt: new Date(0) }).secret])
    await expectRefusal(() => user.post("/api/keys", { name: "k", key: secret }), {
      status: 400,
      message: /^OpenRouter does not accept this key\. Check that/,
      secrets: [secret],
    });
});

test("reports an unreachable OpenRouter when a key is checked, and changes nothing", async () => {
  harness.sim.faults.add({ kind: "cut" });
  await expectRefusal(() => user.post(`/api/keys/${mine.id}/validate`), {
    status: 502,
    message: /^OpenRouter cannot be reached\. The key was not checked\. Try again later\.$/,
  });
});

test("rejects a key that was added before", async () => {
  await expectRefusal(() => user.post("/api/keys", { name: "again", key: mine.key.secret }), {
    status: 409,
    message: /^You have this key already, as "k"\.$/,
  });
});

test("rejects keys beyond the limit", async () => {
  const key = makeKey();
  await expectRefusal(() => user.post("/api/keys", { name: "one more", key: key.secret }), {
    status: 409,
    message: /^You have 1 key, the most this server allows \(MAX_API_KEYS_PER_USER\)\. Delete one first\.$/,
    secrets: [key.secret],
  });
});

test.each([
  ["too short", "Short-9", /^password: must have at least 12 characters/],
  ["too long", `Aa1-${"x".repeat(125)}`, /^password: must have at most 128 characters/],
  ["without upper case", "correct-horse-9", /^password: needs an upper-case letter/],
  ["without lower case", "CORRECT-HORSE-9", /^password: needs a lower-case letter/],
  ["without a digit", "Correct-Horse-x", /^password: needs a digit/],
  ["without a special character", "CorrectHorse99", /^password: needs a special character/],
  ["not the same twice", "Different-Horse-9", /^password_confirm: is not the same as the password/],
])("rejects a weak password: %s", async (what, password, message) => {
  const password_confirm = what === "not the same twice" ? `${password}!` : password;
  await expectRefusal(
    () => post("/api/auth/register", JSON.stringify({ email: "new@example.com", password, password_confirm })),
    { status: 400, message, secrets: [password] },
  );
});

test.each([
  ["no-at-sign"],
  ["a@b"],
  [`${"a".repeat(250)}@example.com`],
  ["a b@example.com"],
  [""],
  ["a@example.com\u0000"],
])("rejects an invalid e-mail address: %j", async (email) => {
  await expectRefusal(
    () => post("/api/auth/register", JSON.stringify({ email, password: WEAK, password_confirm: WEAK })),
    { status: 400, message: /^email: /, secrets: [WEAK] },
  );
});

test("rejects an e-mail address that is in use", async () => {
  await expectRefusal(
    () =>
      post("/api/auth/register", JSON.stringify({ email: "ADA@example.com", password: WEAK, password_confirm: WEAK })),
    { status: 409, message: /^This e-mail address already has an account; log in instead\.$/, secrets: [WEAK] },
  );
});

test("rejects a body of 1 MB", async () => {
  const body = JSON.stringify({ name: "k", key: UNKNOWN_KEY, description: "d".repeat(1024 * 1024) });
  const refusal = { status: 413, message: /64 KiB/, secrets: [UNKNOWN_KEY] };
  await expectRefusal(() => post("/api/keys", body, bearer()), refusal);
  const trpc = await post("/trpc/keys.add", body, { cookie: `orwatch_session=${user.credential}` });
  expect(trpc.status).toBe(413);
});

test.each([
  ["cut off", '{"name":"k","key":"sk-or-v1-secretsecret'],
  ["a list", "[1,2]"],
  ["a word", "hello"],
  ["null", "null"],
  ["not UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]).toString("latin1")],
])("rejects invalid JSON: %s", async (_, body) => {
  await expectRefusal(() => post("/api/keys", body, bearer()), {
    status: 400,
    message: /^The body (is not valid JSON|must be a JSON object)\.$|^[a-z]+: /,
    secrets: ["secretsecret"],
  });
});

test("answers 404 to ids of other users", async () => {
  const message = /^There is no such key\.$/;
  for (const id of [theirs.id, 123_456])
    for (const send of [
      () => user.get(`/api/keys/${id}`),
      () => user.put(`/api/keys/${id}`, { name: "mine now" }),
      () => user.delete(`/api/keys/${id}`),
      () => user.post(`/api/keys/${id}/validate`),
      () => user.post(`/api/keys/${id}/sync`),
    ])
      await expectRefusal(send, { status: 404, message });
  await expectRefusal(() => user.delete("/api/tokens/123456"), { status: 404, message: /token/i });
});

test.each(["abc", "0", "-1", "1.5", "1e3", "99999999999999999999", "%00", "1%2F2"])(
  "rejects an invalid id: %s",
  async (id) => {
    const answer = await user.get(`/api/keys/${id}`);
    expect([400, 404], answer.text).toContain(answer.status);
    expect(answer.body.message.length).toBeGreaterThan(5);
  },
);

test.each([
  ["the wrong way round", "start_date=2026-03-10&end_date=2026-03-01"],
  ["ten years apart", "start_date=2016-03-10&end_date=2026-03-09"],
  ["one day more than a year", "start_date=2025-03-09&end_date=2026-03-10"],
  ["a day that does not exist", "start_date=2026-02-30&end_date=2026-03-10"],
  ["a time", "start_date=2026-03-01T00:00:00Z&end_date=2026-03-10"],
  ["only one of them", "start_date=2026-03-01"],
  ["none", ""],
  ["rubbish", "start_date=yesterday&end_date=%27%20OR%201%3D1"],
])("rejects invalid dates: %s", async (_, query) => {
  await expectRefusal(() => user.get(`/api/usage?${query}`), { status: 400, message: /date|days/ });
});

test("accepts a range of a year and a day", async () => {
  expect((await user.get("/api/usage?start_date=2025-03-10&end_date=2026-03-10")).status).toBe(200);
  expect((await user.get("/api/stats/dashboard?days=365")).status).toBe(200);
});

test("stores a new key completely or not at all while OpenRouter is down", async () => {
  harness.sim.faults.add({ kind: "502-html" });
  const manager = harness.sim.ledger.addManagementKey(harness.sim.ledger.addAccount({ creditsNanos: usd("1") }).id);
  await expectRefusal(() => user.post("/api/keys", { name: "k", key: manager.secret }), {
    status: 409,
    message: /^You have 1/,
    secrets: [manager.secret],
  });
  await user.delete(`/api/keys/${mine.id}`);
  const answer = await user.post("/api/keys", { name: "k", key: manager.secret });
  expect(answer).toMatchObject({ status: 201, body: { status: "unverified", kind: null } });
  expectNone([manager.secret], `${textOf(answer)}${readLog(harness)}${readTables(harness)}`, "answer, log or table");
});
