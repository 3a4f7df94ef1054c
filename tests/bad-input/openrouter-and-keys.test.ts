import { type LedgerKey, usd } from "@orwatch/openrouter-sim";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { expectNone, readLog, readTables, textOf } from "../support/checks/secrecy.ts";
import {
  type Answer,
  type Caller,
  type Harness,
  PASSWORD,
  request,
  settle,
  startHarness,
} from "../support/server/harness.ts";

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
const ERROR_FIELDS = ["code", "message", "params", "reason", "request_id"];

/** Expects an error with this status and reason (of its first field, if it names one), nothing stored, nothing leaked, and no server error in the log. */
async function expectRefusal(
  send: () => Promise<Answer>,
  expected: { status: number; reason: string; path?: string; secrets?: string[] },
) {
  const before = readTables(harness);
  const logged = harness.logged.length;
  const answer = await send();
  await settle(harness);
  expect(answer.status, answer.text).toBe(expected.status);
  const { reason, path } = answer.body.issues?.[0] ?? answer.body;
  expect({ reason, path }).toEqual({ reason: expected.reason, path: expected.path });
  expect(answer.body.message).toMatch(/^\S.*\.$/s);
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
  ["no key at all", { name: "k" }, "key", "field_missing"],
  ["an empty key", { name: "k", key: "" }, "key", "field_not_openrouter_key"],
  ["a key of another service", { name: "k", key: "sk-proj-abcdefghijklmnop" }, "key", "field_not_openrouter_key"],
  ["our own API token", { name: "k", key: `or_api_${"x".repeat(64)}` }, "key", "field_not_openrouter_key"],
  ["the prefix alone", { name: "k", key: "sk-or-v1-" }, "key", "field_not_openrouter_key"],
  ["a key with a space in it", { name: "k", key: "sk-or-v1-ab cd" }, "key", "field_not_openrouter_key"],
  ["a key with a line break", { name: "k", key: "sk-or-v1-ab\r\nX-Evil: 1" }, "key", "field_not_openrouter_key"],
  ["a key as a number", { name: "k", key: 5 }, "key", "field_wrong_type"],
  ["a key that never ends", { name: "k", key: `sk-or-v1-${"a".repeat(400)}` }, "key", "field_too_long"],
  ["a name of spaces", { name: "  ", key: UNKNOWN_KEY }, "name", "field_missing"],
  ["a name too long", { name: "n".repeat(101), key: UNKNOWN_KEY }, "name", "field_too_long"],
  [
    "a description too long",
    { name: "k", key: UNKNOWN_KEY, description: "d".repeat(501) },
    "description",
    "field_too_long",
  ],
  ["an unknown field", { name: "k", key: UNKNOWN_KEY, is_admin: true }, "is_admin", "parameter_unknown_of"],
])("rejects a key with the wrong format: %s", async (_, body, path, reason) => {
  const requests = harness.sim.requestCount();
  await expectRefusal(() => user.post("/api/keys", body), { status: 400, path, reason, secrets: [UNKNOWN_KEY] });
  expect(harness.sim.requestCount()).toBe(requests);
});

test("rejects a key that OpenRouter rejects", async () => {
  for (const secret of [UNKNOWN_KEY, makeKey({ disabled: true }).secret, makeKey({ expiresAt: new Date(0) }).secret])
    await expectRefusal(() => user.post("/api/keys", { name: "k", key: secret }), {
      status: 400,
      reason: "key_not_accepted",
      secrets: [secret],
    });
});

test("reports an unreachable OpenRouter when a key is checked, and changes nothing", async () => {
  harness.sim.faults.add({ kind: "cut" });
  await expectRefusal(() => user.post(`/api/keys/${mine.id}/validate`), {
    status: 502,
    reason: "key_check_failed",
  });
});

test("rejects a key that was added before", async () => {
  await expectRefusal(() => user.post("/api/keys", { name: "again", key: mine.key.secret }), {
    status: 409,
    reason: "key_already_added",
  });
});

test("rejects keys beyond the limit", async () => {
  const key = makeKey();
  await expectRefusal(() => user.post("/api/keys", { name: "one more", key: key.secret }), {
    status: 409,
    reason: "key_limit_reached",
    secrets: [key.secret],
  });
});

test.each([
  ["too short", "Short-9", "field_too_short"],
  ["too long", `Aa1-${"x".repeat(125)}`, "field_too_long"],
  ["without upper case", "correct-horse-9", "field_password_needs"],
  ["without lower case", "CORRECT-HORSE-9", "field_password_needs"],
  ["without a digit", "Correct-Horse-x", "field_password_needs"],
  ["without a special character", "CorrectHorse99", "field_password_needs"],
  ["not the same twice", "Different-Horse-9", "field_passwords_differ"],
])("rejects a weak password: %s", async (what, password, reason) => {
  const isDifferent = what === "not the same twice";
  const password_confirm = isDifferent ? `${password}!` : password;
  await expectRefusal(
    () => post("/api/auth/register", JSON.stringify({ email: "new@example.com", password, password_confirm })),
    { status: 400, path: isDifferent ? "password_confirm" : "password", reason, secrets: [password] },
  );
});

test.each([
  ["no-at-sign", "field_not_email"],
  ["a@b", "field_not_email"],
  [`${"a".repeat(250)}@example.com`, "field_too_long"],
  ["a b@example.com", "field_not_email"],
  ["", "field_not_email"],
  ["a@example.com\u0000", "field_nul_character"],
])("rejects an invalid e-mail address: %j", async (email, reason) => {
  await expectRefusal(
    () => post("/api/auth/register", JSON.stringify({ email, password: WEAK, password_confirm: WEAK })),
    { status: 400, path: "email", reason, secrets: [WEAK] },
  );
});

test("rejects an e-mail address that is in use", async () => {
  await expectRefusal(
    () =>
      post("/api/auth/register", JSON.stringify({ email: "ADA@example.com", password: WEAK, password_confirm: WEAK })),
    { status: 409, reason: "email_taken", secrets: [WEAK] },
  );
});

test("rejects a body of 1 MB", async () => {
  const body = JSON.stringify({ name: "k", key: UNKNOWN_KEY, description: "d".repeat(1024 * 1024) });
  const rejection = { status: 413, reason: "body_too_large", secrets: [UNKNOWN_KEY] };
  await expectRefusal(() => post("/api/keys", body, bearer()), rejection);
  const trpc = await post("/trpc/keys.add", body, { cookie: `orwatch_session=${user.credential}` });
  expect(trpc.status).toBe(413);
});

test.each([
  ["cut off", '{"name":"k","key":"sk-or-v1-secretsecret', "body_invalid_json"],
  ["a list", "[1,2]", "body_not_object"],
  ["a word", "hello", "body_invalid_json"],
  ["null", "null", "body_not_object"],
  ["not UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]).toString("latin1"), "body_invalid_json"],
])("rejects invalid JSON: %s", async (_, body, reason) => {
  await expectRefusal(() => post("/api/keys", body, bearer()), {
    status: 400,
    reason,
    secrets: ["secretsecret"],
  });
});

test("answers 404 to ids of other users", async () => {
  for (const id of [theirs.id, 123_456])
    for (const send of [
      () => user.get(`/api/keys/${id}`),
      () => user.put(`/api/keys/${id}`, { name: "mine now" }),
      () => user.delete(`/api/keys/${id}`),
      () => user.post(`/api/keys/${id}/validate`),
      () => user.post(`/api/keys/${id}/sync`),
    ])
      await expectRefusal(send, { status: 404, reason: "key_not_found" });
  await expectRefusal(() => user.delete("/api/tokens/123456"), { status: 404, reason: "api_token_not_found" });
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
  ["the wrong way round", "start_date=2026-03-10&end_date=2026-03-01", undefined, "range_reversed"],
  ["ten years apart", "start_date=2016-03-10&end_date=2026-03-09", undefined, "range_too_long"],
  ["one day more than a year", "start_date=2025-03-09&end_date=2026-03-10", undefined, "range_too_long"],
  ["a day that does not exist", "start_date=2026-02-30&end_date=2026-03-10", "start_date", "field_not_date"],
  ["a time", "start_date=2026-03-01T00:00:00Z&end_date=2026-03-10", "start_date", "field_not_date"],
  ["only one of them", "start_date=2026-03-01", "end_date", "field_missing"],
  ["none", "", "start_date", "field_missing"],
  ["rubbish", "start_date=yesterday&end_date=%27%20OR%201%3D1", "start_date", "field_not_date"],
])("rejects invalid dates: %s", async (_, query, path, reason) => {
  const expected = { status: 400, reason, ...(path === undefined ? {} : { path }) };
  await expectRefusal(() => user.get(`/api/usage?${query}`), expected);
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
    reason: "key_limit_reached",
    secrets: [manager.secret],
  });
  await user.delete(`/api/keys/${mine.id}`);
  const answer = await user.post("/api/keys", { name: "k", key: manager.secret });
  expect(answer).toMatchObject({ status: 201, body: { status: "unverified", kind: null } });
  expectNone([manager.secret], `${textOf(answer)}${readLog(harness)}${readTables(harness)}`, "answer, log or table");
});
