import { type LedgerKey, usd } from "@orwatch/openrouter-sim";
import { validateAll } from "@orwatch/server/keys/validation/validate";
import { syncAll } from "@orwatch/server/sync/service";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { expectIntact } from "../support/checks/integrity.ts";
import { type Caller, type Harness, settle, startHarness } from "../support/server/harness.ts";

const OTHER_KEY = "quite another key, as after a lost .env file";

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
afterEach(async () => {
  harness.sim.faults.clear();
  harness.sim.options.latencyMs = 0;
  expectIntact(harness);
});

const ledger = () => harness.sim.ledger;
async function add(key: LedgerKey, owner = user): Promise<number> {
  const answer = await owner.post("/api/keys", { name: key.name, key: key.secret });
  expect(answer.status, answer.text).toBe(201);
  await settle(harness);
  return answer.body.id;
}
function makeKey() {
  const key = ledger().addKey(ledger().addAccount({ creditsNanos: usd("10") }).id, { name: "app" });
  ledger().spendOnDay("2026-03-10", key, "m/x", { costNanos: usd("1") });
  return key;
}
const read = async (id: number) => (await user.get(`/api/keys/${id}`)).body;
/** Starts `work` and waits until OpenRouter has received a request with the key. */
async function untilAsked<T>(key: LedgerKey, work: () => Promise<T>): Promise<{ done: Promise<T> }> {
  const asked = () => harness.sim.requests.filter(({ keyHash }) => keyHash === key.hash).length;
  const before = asked();
  const done = work();
  await vi.waitFor(() => expect(asked()).toBeGreaterThan(before), { interval: 1 });
  return { done };
}
const errors = () => harness.logged.filter(({ level }) => level === "error");

test("after a changed ENCRYPTION_KEY, old keys report why they do not sync and everything else works", async () => {
  const id = await add(makeKey());
  const account = ledger().addAccount();
  const managerId = await add(ledger().addManagementKey(account.id));
  const before = errors().length;
  await harness.restart({ ENCRYPTION_KEY: OTHER_KEY });
  const fresh = makeKey();
  const freshId = await add(fresh);
  expect(await syncAll(harness.server.app)).toMatchObject({ failed: 2 });
  expect(await validateAll(harness.server.app)).toMatchObject({ invalid: 0, unanswered: 2 });
  for (const old of [id, managerId])
    expect(await read(old)).toMatchObject({
      status: "valid",
      last_sync_error_message: { code: "key_undecryptable", params: {} },
    });
  expect(await read(freshId)).toMatchObject({ status: "valid", last_sync_error: null, usage_daily: "1.00" });
  expect(await user.post(`/api/keys/${id}/validate`)).toMatchObject({
    status: 400,
    body: { code: "BAD_REQUEST", reason: "key_undecryptable" },
  });
  expect((await user.post(`/api/keys/${id}/sync`)).body).toMatchObject({ status: "failed", rows_written: 0 });
  expect((await user.put(`/api/keys/${id}`, { name: "renamed" })).status).toBe(200);
  expect((await user.get("/api/stats/dashboard")).body.summary.total_cost).toBe("2.00");
  expect((await user.delete(`/api/keys/${managerId}`)).status).toBe(204);
  expect(errors().slice(before)).toMatchObject([
    {
      event: "encryption_key.wrong",
      lost: 2,
      total: 2,
    },
  ]);
  await harness.restart();
  expect(await read(id)).toMatchObject({ last_sync_error: null });
  for (const gone of [id, freshId]) await user.delete(`/api/keys/${gone}`);
});

test("a key deleted during its sync does not fail the job", async () => {
  const before = errors().length;
  harness.sim.options.latencyMs = 100;
  for (const question of ["validate", "sync"]) {
    const key = makeKey();
    const id = await add(key);
    const asked = await untilAsked(key, () => user.post(`/api/keys/${id}/${question}`));
    expect((await user.delete(`/api/keys/${id}`)).status).toBe(204);
    expect([200, 404], question).toContain((await asked.done).status);
    expect((await user.get(`/api/keys/${id}`)).status).toBe(404);
  }
  const key = makeKey();
  const id = await add(key);
  const second = await add(makeKey());
  const job = await untilAsked(key, () => validateAll(harness.server.app));
  await user.delete(`/api/keys/${id}`);
  expect((await job.done).unanswered).toBe(0);
  expect(await read(second)).toMatchObject({ status: "valid" });
  expect(errors()).toHaveLength(before);
});

test("a user deleted during a sync does not fail the job", async () => {
  const before = errors().length;
  harness.sim.options.latencyMs = 50;
  const leaver = await harness.createUser();
  await add(makeKey(), leaver);
  await leaver.post("/api/keys", { name: "k", key: makeKey().secret });
  expect((await leaver.post("/api/user/delete", { password: "Correct-Horse-9" })).status).toBe(204);
  await settle(harness);
  expect(errors()).toHaveLength(before);
});

test("an error with one key does not stop the validation of others", async () => {
  const ids = [await add(makeKey()), await add(makeKey()), await add(makeKey())];
  const { app } = harness.server;
  const { getCurrentKey } = app.openRouter;
  let calls = 0;
  app.openRouter.getCurrentKey = (caller) => {
    calls += 1;
    if (calls === 1) throw new Error("out of order");
    return getCurrentKey(caller);
  };
  const counts = await validateAll(app);
  app.openRouter.getCurrentKey = getCurrentKey;
  expect(counts.unanswered).toBe(1);
  expect(calls).toBe(counts.keys);
  expect(counts.keys).toBeGreaterThanOrEqual(ids.length);
});

test("sends a key with unusual characters unchanged and rejects it with a message", async () => {
  for (const secret of ['sk-or-v1-"quoted"', "sk-or-v1-%00%0d%0a", "sk-or-v1-x", `sk-or-v1-${"z".repeat(280)}`])
    expect(await user.post("/api/keys", { name: "odd", key: secret })).toMatchObject({
      status: 400,
      body: { reason: "key_not_accepted" },
    });
});

test("a mask never shows a short key", async () => {
  const key = ledger().addKey(ledger().addAccount().id, { secret: "sk-or-v1-abcdef" });
  const id = await add(key);
  const text = JSON.stringify(await read(id));
  expect(text).not.toContain("abcdef");
  expect((await read(id)).label).toBe("sk-or-v1-…");
});
