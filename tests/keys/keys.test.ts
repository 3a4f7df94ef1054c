import { type LedgerKey, usd } from "@orwatch/openrouter-sim";
import { validateAll } from "@orwatch/server/keys/validation/validate";
import { syncAll } from "@orwatch/server/sync/service";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { expectIntact } from "../support/checks/integrity.ts";
import { type Caller, type Harness, settle, startHarness } from "../support/server/harness.ts";

let harness: Harness;
let user: Caller;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" }, env: { MAX_API_KEYS_PER_USER: "4" } });
});
afterAll(() => harness.close());
beforeEach(async () => {
  harness.sim.clock.advance(61_000);
  user = await harness.createUser();
});
afterEach(() => {
  harness.sim.faults.clear();
  expectIntact(harness);
});

const ledger = () => harness.sim.ledger;
const makeKey = (input = {}) => ledger().addKey(ledger().addAccount({ creditsNanos: usd("10") }).id, input);
const add = (key: LedgerKey | string, name = "a key", more = {}) =>
  user.post("/api/keys", { name, key: typeof key === "string" ? key : key.secret, ...more });
const stored = () => user.get("/api/keys?limit=100");

test("an added key shows everything from OpenRouter and never its secret", async () => {
  const key = makeKey({
    limitNanos: usd("20"),
    limitReset: "monthly",
    expiresAt: new Date("2026-12-31T00:00:00Z"),
  });
  ledger().spend(new Date("2026-03-10T09:00:00Z"), key, "m/x", { costNanos: usd("0.8123") });
  ledger().spend(new Date("2026-03-02T09:00:00Z"), key, "m/x", { costNanos: usd("1") });
  const answer = await add(key, "  production ", { description: " the shop " });
  expect(answer.status).toBe(201);
  expect(answer.body).toEqual({
    id: expect.any(Number),
    name: "production",
    description: "the shop",
    label: `${key.secret.slice(0, 12)}…${key.secret.slice(-3)}`,
    kind: "inference",
    is_active: true,
    status: "valid",
    status_message: null,
    status_reason: null,
    managed_by: null,
    source: "pasted",
    has_secret: true,
    account_id: null,
    workspace: null,
    has_limit: true,
    limit: "20.00",
    limit_remaining: "18.1877",
    include_byok_in_limit: false,
    limit_reset: "monthly",
    usage: "1.8123",
    usage_daily: "0.8123",
    usage_weekly: "0.8123",
    usage_monthly: "1.8123",
    byok_usage: "0.00",
    byok_usage_daily: "0.00",
    byok_usage_weekly: "0.00",
    byok_usage_monthly: "0.00",
    counters_at: "2026-03-10T12:01:01.000Z",
    expires_at: "2026-12-31T00:00:00.000Z",
    credits: null,
    created_at: harness.sim.clock.now().toISOString(),
    last_used_at: null,
    last_validated_at: harness.sim.clock.now().toISOString(),
    last_synced_at: null,
    last_sync_error: null,
    last_sync_error_message: null,
  });
  await settle(harness);
  const after = (await user.get(`/api/keys/${answer.body.id}`)).body;
  expect(after).toMatchObject({ last_synced_at: expect.any(String), last_sync_error: null });
  expect((await stored()).text).not.toContain(key.secret);
});

test("does not store a key that OpenRouter rejects, and returns what to check", async () => {
  const key = makeKey({ disabled: true });
  for (const secret of [key.secret, `sk-or-v1-${"0".repeat(64)}`])
    expect(await add(secret)).toMatchObject({
      status: 400,
      body: { code: "BAD_REQUEST", reason: "key_not_accepted" },
    });
  expect((await stored()).body).toMatchObject({ items: [], total: 0 });
});

test("stores a key unverified while OpenRouter is down; the next sync validates it and fetches its usage", async () => {
  const key = makeKey();
  ledger().spend(new Date("2026-03-10T09:00:00Z"), key, "m/x", { costNanos: usd("0.5") });
  const restore = harness.sim.faults.add({ match: { keyHash: key.hash }, kind: "502-html" });
  const answer = await add(key);
  expect(answer).toMatchObject({ status: 201, body: { status: "unverified", kind: null, usage: null } });
  const cause = { code: "openrouter_server_error", params: { status: 502 } };
  expect(answer.body).toMatchObject({
    status_reason: { code: "key_not_checked", params: { cause } },
  });
  await syncAll(harness.server.app);
  expect((await user.get(`/api/keys/${answer.body.id}`)).body).toMatchObject({
    status: "unverified",
    last_sync_error_message: cause,
  });
  restore();
  await syncAll(harness.server.app);
  expect((await user.get(`/api/keys/${answer.body.id}`)).body).toMatchObject({
    status: "valid",
    status_message: null,
    kind: "inference",
    usage_daily: "0.50",
    last_sync_error: null,
    last_synced_at: expect.any(String),
  });
  const dashboard = await user.get("/api/stats/dashboard");
  expect(dashboard.body.summary.total_cost).toBe("0.50");
});

test("the validate job checks an unverified key and recognizes a management key", async () => {
  const manager = ledger().addManagementKey(ledger().addAccount().id);
  const restore = harness.sim.faults.add({ match: { keyHash: manager.hash }, kind: "cut" });
  const { id } = (await add(manager)).body;
  expect(await validateAll(harness.server.app)).toMatchObject({ unanswered: expect.any(Number) });
  restore();
  await validateAll(harness.server.app);
  expect((await user.get(`/api/keys/${id}`)).body).toMatchObject({ status: "valid", kind: "management" });
});

test("a key with a 403 on /key is kept unverified with the reason", async () => {
  const key = makeKey();
  harness.sim.faults.add({ match: { keyHash: key.hash }, kind: "403" });
  const answer = await add(key);
  expect(answer.body).toMatchObject({
    status: "unverified",
    status_reason: { params: { cause: { code: "openrouter_forbidden" } } },
  });
});

test("rejects a key added before with 409 and the name of the first, also in parallel", async () => {
  const key = makeKey();
  const answers = await Promise.all([add(key, "one"), add(key, "two"), add(key, "three")]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  const { name } = (await stored()).body.items[0];
  expect(await add(key)).toMatchObject({
    status: 409,
    body: { code: "CONFLICT", reason: "key_already_added", params: { key: name } },
  });
  expect((await stored()).body.total).toBe(1);
});

test("a key that cannot be decrypted is added again and keeps its id", async () => {
  const key = makeKey();
  const { id } = (await add(key, "first")).body;
  await harness.restart({ ENCRYPTION_KEY: "quite another key, as after a lost .env file" });
  expect(await add(key)).toMatchObject({ status: 201, body: { id } });
  expect((await add(key)).status).toBe(409);
  await harness.restart();
});

test("two users can add the same key independently", async () => {
  const key = makeKey();
  const other = await harness.createUser();
  expect((await add(key)).status).toBe(201);
  expect((await other.post("/api/keys", { name: "mine", key: key.secret })).status).toBe(201);
});

test("the limit counts inference keys, disabled and unknown ones included, and no management keys", async () => {
  const account = ledger().addAccount();
  for (let index = 0; index < 3; index++) expect((await add(ledger().addManagementKey(account.id))).status).toBe(201);
  const first = await add(makeKey());
  await user.put(`/api/keys/${first.body.id}`, { is_active: false });
  const silent = makeKey();
  harness.sim.faults.add({ match: { keyHash: silent.hash }, kind: "500" });
  expect((await add(silent)).body.kind).toBeNull();
  expect((await add(makeKey())).status).toBe(201);
  expect((await add(makeKey())).status).toBe(201);
  expect(await add(makeKey())).toMatchObject({
    status: 409,
    body: { reason: "key_limit_reached", params: { limit: 4 } },
  });
  expect((await add(ledger().addManagementKey(account.id))).status).toBe(201);
  expect((await user.delete(`/api/keys/${first.body.id}`)).status).toBe(204);
  expect((await add(makeKey())).status).toBe(201);
});

test("parallel additions never exceed the limit", async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => add(makeKey())));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, ...Array(6).fill(409)]);
  expect((await stored()).body.total).toBe(4);
});

test("lists keys newest first, page by page, with their total", async () => {
  const ids: number[] = [];
  for (let index = 0; index < 4; index++) ids.unshift((await add(makeKey(), `key ${index}`)).body.id);
  const page = async (query: string) => (await user.get(`/api/keys?${query}`)).body;
  expect(await page("")).toMatchObject({ total: 4, items: ids.map((id) => ({ id })) });
  expect((await page("skip=1&limit=2")).items.map((item: { id: number }) => item.id)).toEqual(ids.slice(1, 3));
  expect(await page("skip=4")).toMatchObject({ items: [], total: 4 });
});
