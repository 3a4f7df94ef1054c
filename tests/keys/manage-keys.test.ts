import { type LedgerKey, usd } from "@orwatch/openrouter-sim";
import { validateAll } from "@orwatch/server/keys/validation/validate";
import { syncAll } from "@orwatch/server/sync/service";
import Database from "better-sqlite3";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { expectIntact, listDefects } from "../support/checks/integrity.ts";
import { type Caller, type Harness, settle, startHarness } from "../support/server/harness.ts";

let harness: Harness;
let user: Caller;
beforeAll(async () => {
  harness = await startHarness({ sim: { now: "2026-03-10T12:00:00Z" } });
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
async function add(key: LedgerKey, owner = user): Promise<number> {
  const answer = await owner.post("/api/keys", { name: key.name, key: key.secret });
  expect(answer.status, answer.text).toBe(201);
  await settle(harness);
  return answer.body.id;
}
const makeKey = () => ledger().addKey(ledger().addAccount({ creditsNanos: usd("10") }).id, { name: "app" });
const read = async (id: number) => (await user.get(`/api/keys/${id}`)).body;

/** An account with a management key and two keys that share models and days. */
async function makeCovered(owner = user) {
  const account = ledger().addAccount();
  const [one, two] = [ledger().addKey(account.id, { name: "one" }), ledger().addKey(account.id, { name: "two" })];
  for (const [key, costNanos] of [
    [one, 5n],
    [two, 7n],
  ] as const)
    for (const model of ["m/x", "m/y"])
      for (const day of ["2026-03-08", "2026-03-09"])
        ledger().spendOnDay(day, key, model, { costNanos, promptTokens: 3 });
  ledger().spendOnDay("2026-03-09", one, "m/only-one", { costNanos: 11n });
  const managerId = await add(ledger().addManagementKey(account.id, { name: "manager" }), owner);
  return { account, one, two, managerId, oneId: await add(one, owner), twoId: await add(two, owner) };
}

test("renames, describes, disables and enables a key, separately or together", async () => {
  const id = await add(makeKey());
  const put = async (body: object) => (await user.put(`/api/keys/${id}`, body)).body;
  expect(await put({ name: " new name " })).toMatchObject({ name: "new name", description: null, is_active: true });
  expect(await put({ description: "for the shop" })).toMatchObject({ name: "new name", description: "for the shop" });
  expect(await put({ description: "" })).toMatchObject({ description: null });
  expect(await put({ description: "x" })).toMatchObject({ description: "x" });
  expect(await put({ description: null, is_active: false })).toMatchObject({ description: null, is_active: false });
  expect(await put({})).toMatchObject({ name: "new name", is_active: false, status: "valid" });
  expect(await put({ is_active: true, name: "z" })).toMatchObject({ name: "z", is_active: true });
});

test.each([
  ["a name of spaces", { name: "   " }, "name"],
  ["a name too long", { name: "n".repeat(101) }, "name"],
  ["a description too long", { description: "d".repeat(501) }, "description"],
  ["a switch in words", { is_active: "off" }, "is_active"],
  ["a status", { status: "valid" }, "status"],
  ["another key", { key: `sk-or-v1-${"0".repeat(64)}` }, "key"],
  ["another owner", { user_id: 1 }, "user_id"],
])("rejects changing a key with %s and changes nothing", async (_, body, path) => {
  const id = await add(makeKey());
  const before = await read(id);
  const answer = await user.put(`/api/keys/${id}`, body);
  expect([answer.status, answer.body.issues]).toMatchObject([400, [{ path }]]);
  expect(await read(id)).toEqual(before);
});

test("a disabled key is not polled by jobs, keeps its usage, and rejects a sync", async () => {
  const { oneId, one } = await makeCovered();
  await user.put(`/api/keys/${oneId}`, { is_active: false });
  ledger().spendOnDay("2026-03-10", one, "m/x", { costNanos: 1_000n });
  harness.sim.clearRequests();
  await validateAll(harness.server.app);
  await syncAll(harness.server.app);
  expect(harness.sim.requests.some(({ keyHash }) => keyHash === one.hash)).toBe(false);
  expect(await user.post(`/api/keys/${oneId}/sync`)).toMatchObject({
    status: 409,
    body: { reason: "key_turned_off" },
  });
  const usage = await user.get(`/api/usage?start_date=2026-03-01&end_date=2026-03-10&api_key_id=${oneId}`);
  expect(usage.body).toHaveLength(5);
  await user.put(`/api/keys/${oneId}`, { is_active: true });
  expect((await user.post(`/api/keys/${oneId}/sync`)).body.status).toBe("ok");
});

test("a manual validation shows OpenRouter's answer, and a second rejection a minute later makes the key invalid", async () => {
  const key = makeKey();
  const id = await add(key);
  ledger().updateKey(key, { disabled: true });
  const check = async () => (await user.post(`/api/keys/${id}/validate`)).body;
  expect(await check()).toMatchObject({
    status: "valid",
    status_reason: { code: "key_rejected_once" },
  });
  harness.sim.clock.advance(30_000);
  expect(await check()).toMatchObject({ status: "valid" });
  harness.sim.clock.advance(30_000);
  expect(await check()).toMatchObject({
    status: "invalid",
    is_active: true,
    status_reason: {
      code: "key_rejected_since",
      params: { since: expect.stringMatching(/^2026-03-10T/), cause: "unknown" },
    },
  });
  ledger().updateKey(key, { disabled: false });
  expect(await check()).toMatchObject({ status: "valid", status_message: null });
});

test("validating a management key keeps the credits of its account", async () => {
  const { managerId } = await makeCovered();
  await user.post(`/api/keys/${managerId}/sync`);
  expect((await user.post(`/api/keys/${managerId}/validate`)).body).toMatchObject({
    status: "valid",
    status_reason: { code: "account_keys_watched", params: { keys: 2, watched: 2 } },
  });
});

test.each(["403", "429", "500", "502-html", "timeout", "cut", "html-200", "half-json"] as const)(
  "a validation answered with %s is a 502 and changes nothing",
  async (kind) => {
    const id = await add(makeKey());
    const before = await read(id);
    harness.sim.faults.add({ match: { path: "/key" }, kind });
    const answer = await user.post(`/api/keys/${id}/validate`);
    expect(answer).toMatchObject({ status: 502, body: { code: "BAD_GATEWAY", reason: "key_check_failed" } });
    expect(answer.body.params.cause.code).toMatch(/^openrouter_/);
    expect(await read(id)).toEqual(before);
  },
  20_000,
);

test("deleting a key deletes its usage and keeps the sums of the others exact", async () => {
  const { oneId, twoId } = await makeCovered();
  const other = await harness.createUser();
  await makeCovered(other);
  const total = async (who: Caller) => (await who.get("/api/stats/dashboard")).body.summary.total_cost;
  expect(await total(user)).toBe("0.000000059");
  expect((await user.delete(`/api/keys/${oneId}`)).status).toBe(204);
  expectIntact(harness);
  expect(await total(user)).toBe("0.000000028");
  expect(await total(other)).toBe("0.000000059");
  expect((await user.get(`/api/keys/${oneId}`)).status).toBe(404);
  expect((await user.delete(`/api/keys/${oneId}`)).status).toBe(404);
  const models = (await user.get("/api/stats/dashboard")).body.by_model.map(({ model }: { model: string }) => model);
  expect(models.sort()).toEqual(["m/x", "m/y"]);
  expect((await user.delete(`/api/keys/${twoId}`)).status).toBe(204);
  expect(await total(user)).toBe("0.00");
});

test("the integrity check of the tests detects any wrong roll-up", async () => {
  await makeCovered();
  const db = new Database(`${harness.folder}/app.db`);
  for (const sql of [
    "UPDATE usage_stats SET cost = cost + 1",
    "UPDATE usage_models SET rows = rows + 1",
    "UPDATE usage_models SET cached_tokens = cached_tokens + 1",
    "UPDATE usage_months SET reasoning_rows = reasoning_rows + 1",
    "DELETE FROM usage_months",
    "UPDATE usage_days SET requests = requests + 1",
    "DELETE FROM usage_days",
    "DELETE FROM usage_models",
    "UPDATE usage_stats SET tokens_input = NULL",
  ]) {
    db.exec(`BEGIN; ${sql}`);
    expect(listDefects(db).length, sql).toBeGreaterThan(0);
    db.exec("ROLLBACK");
  }
  db.close();
});

test("deleting a management key keeps its covered keys, which look for another one at once", async () => {
  const { account, managerId, oneId } = await makeCovered();
  expect((await read(oneId)).managed_by).toBe(managerId);
  await user.delete(`/api/keys/${managerId}`);
  expect((await read(oneId)).managed_by).toBeNull();
  const second = await add(ledger().addManagementKey(account.id, { name: "second" }));
  expect((await read(oneId)).managed_by).toBe(second);
});

test("rejects every operation on another user's key with 404", async () => {
  const { oneId } = await makeCovered();
  const before = await read(oneId);
  const eve = await harness.createUser();
  for (const id of [oneId, 999_999, 2_147_483_647, 2_147_483_648, Number.MAX_SAFE_INTEGER])
    for (const answer of [
      await eve.get(`/api/keys/${id}`),
      await eve.put(`/api/keys/${id}`, { name: "mine" }),
      await eve.delete(`/api/keys/${id}`),
      await eve.post(`/api/keys/${id}/validate`),
      await eve.post(`/api/keys/${id}/sync`),
    ])
      expect(answer, `id ${id}`).toMatchObject({ status: 404, body: { reason: "key_not_found" } });
  const range = "start_date=2026-03-01&end_date=2026-03-10";
  expect((await eve.get(`/api/usage?${range}&api_key_id=${oneId}`)).body).toEqual([]);
  expect((await eve.get(`/api/stats/dashboard?api_key_id=${oneId}`)).body.summary.total_cost).toBe("0.00");
  expect((await eve.get("/api/keys")).body.total).toBe(0);
  expect(await read(oneId)).toEqual(before);
});
