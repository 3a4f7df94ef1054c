import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { expectIntact } from "../support/checks/integrity.ts";
import {
  add,
  createAccount,
  keyOf,
  type Scenario,
  spend,
  startScenario,
  syncAt,
} from "../support/openrouter/scenario.ts";
import { expectExact, storedRows } from "../support/openrouter/truth.ts";

let scenario: Scenario;
beforeEach(async () => {
  scenario = await startScenario("2026-03-10T12:00:00Z");
});
afterEach(() => scenario.harness.close());

/** A covered key with two days of usage, synced. */
async function watchKey() {
  const { account, key, manager } = createAccount(scenario);
  spend(scenario, key, "2026-03-08", 5_000n, "a/one");
  spend(scenario, key, "2026-03-09", 3_000n, "b/two");
  await add(scenario, manager);
  const keyId = await add(scenario, key);
  expectExact(scenario.harness, { keyId, keyHash: key.hash });
  return { account, key, keyId };
}

const options = () => scenario.harness.sim.options;
/** Disables the fallback to /activity. */
const withoutActivity = () => scenario.harness.sim.faults.add({ match: { path: "/activity" }, kind: "403" });
const failAnalytics = () => scenario.harness.sim.faults.add({ match: { path: "/analytics/query" }, kind: "403" });

test.each(["2020-01-01", "2026-03-11", "2027-03-10", "2001-01-01"])(
  "an answer with a row of %s, which was not requested, replaces nothing",
  async (day) => {
    const { key, keyId } = await watchKey();
    withoutActivity();
    const before = storedRows(scenario.harness, keyId);
    spend(scenario, key, "2026-03-09T15:00:00Z", 100n, "a/one");
    options().strayDays = [day];
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    expect(storedRows(scenario.harness, keyId)).toEqual(before);
    expect((await keyOf(scenario, keyId)).last_sync_error_message).toMatchObject({
      code: "openrouter_wrong_range",
      params: { answered: day },
    });
    options().strayDays = [];
    await syncAt(scenario, "2026-03-10T14:00:00Z");
    expectExact(scenario.harness, { keyId, keyHash: key.hash });
    expect((await keyOf(scenario, keyId)).last_sync_error).toBeNull();
  },
);

test("rows moved to days outside the window do not empty the days inside", async () => {
  const { key, keyId } = await watchKey();
  withoutActivity();
  const before = storedRows(scenario.harness, keyId);
  // Everything that analytics shows: the days of the window look as if nothing had been spent.
  options().lateDays = ["2026-03-08", "2026-03-09"].map((day) => ({
    day,
    until: new Date("2026-03-10T13:30:00Z"),
    keyHash: key.hash,
  }));
  options().strayDays = ["2025-01-01"];
  await syncAt(scenario, "2026-03-10T13:00:00Z");
  expect(storedRows(scenario.harness, keyId)).toEqual(before);
});

test.each(["credits_usage", "byok_usage", "request_count", "tokens_prompt", "tokens_completion", "model"])(
  "usage without %s in every row replaces nothing",
  async (column) => {
    const { key, keyId } = await watchKey();
    withoutActivity();
    const before = storedRows(scenario.harness, keyId);
    spend(scenario, key, "2026-03-09T15:00:00Z", 100n, "a/one");
    options().missingColumns = [column];
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    expect(storedRows(scenario.harness, keyId)).toEqual(before);
    expect(JSON.stringify((await keyOf(scenario, keyId)).last_sync_error_message.params)).toContain(`"${column}"`);
  },
);

test.each(["usage", "requests", "prompt_tokens", "completion_tokens", "byok_usage_inference"])(
  "activity without %s in every row replaces nothing",
  async (column) => {
    const { key, keyId } = await watchKey();
    failAnalytics();
    const before = storedRows(scenario.harness, keyId);
    spend(scenario, key, "2026-03-09T15:00:00Z", 100n, "a/one");
    options().missingColumns = [column];
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    expect(storedRows(scenario.harness, keyId)).toEqual(before);
    expect(JSON.stringify((await keyOf(scenario, keyId)).last_sync_error_message.params)).toContain(`"${column}"`);
  },
);

test("columns that are null in every row are 0", async () => {
  options().nullsForZero = true;
  const { key, manager } = createAccount(scenario);
  scenario.harness.sim.ledger.spend(new Date("2026-03-09T12:00:00Z"), key, "a/free", { costNanos: 0n });
  await add(scenario, manager);
  const keyId = await add(scenario, key);
  expectExact(scenario.harness, { keyId, keyHash: key.hash, details: "where known" });
  expect((await keyOf(scenario, keyId)).last_sync_error).toBeNull();
});

describe("/activity", () => {
  test("activity is ignored when it disregards the key's hash and returns the whole account", async () => {
    const { account, key, keyId } = await watchKey();
    const other = scenario.harness.sim.ledger.addKey(account.id, { name: "other" });
    spend(scenario, other, "2026-03-09", 9_000_000n, "c/three");
    const otherId = await add(scenario, other);
    const before = storedRows(scenario.harness, keyId);
    failAnalytics();
    options().activityIgnoresHash = true;
    spend(scenario, key, "2026-03-09T15:00:00Z", 100n, "a/one");
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    expect(storedRows(scenario.harness, keyId)).toEqual(before);
    expect((await keyOf(scenario, keyId)).last_sync_error_message.params.activity.code).toBe(
      "openrouter_activity_of_account",
    );
    expectExact(scenario.harness, { keyId: otherId, keyHash: other.hash });
  });

  test.each(["empty", "404"] as const)("activity is used when an unknown hash is answered with %s", async (unknown) => {
    options().activityUnknownHash = unknown;
    const { key, keyId } = await watchKey();
    failAnalytics();
    spend(scenario, key, "2026-03-09T15:00:00Z", 100n, "a/one");
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    expectExact(scenario.harness, { keyId, keyHash: key.hash, through: "2026-03-09", details: "where known" });
  });
});

describe("inconsistent counters", () => {
  test.each([
    [{ usage_daily: 1000 }],
    [{ usage: -1, usage_daily: -1, usage_weekly: -1, usage_monthly: -1 }],
    [{ usage_daily: -0.5 }],
    [{ usage: 5e8, usage_daily: 5e8, usage_weekly: 5e8, usage_monthly: 5e8 }],
  ])("inconsistent counters are ignored: %j", async (fields) => {
    const { key } = createAccount(scenario);
    spend(scenario, key, "2026-03-10T10:00:00Z", 700n);
    const keyId = await add(scenario, key);
    const before = { rows: storedRows(scenario.harness, keyId), key: await keyOf(scenario, keyId) };
    spend(scenario, key, "2026-03-10T12:30:00Z", 50n);
    options().keyFields = fields;
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    expect(storedRows(scenario.harness, keyId)).toEqual(before.rows);
    const after = await keyOf(scenario, keyId);
    expect(after).toMatchObject({ status: "valid", usage: before.key.usage, usage_daily: before.key.usage_daily });
    expect(after.last_sync_error_message.code).toBe("openrouter_counters_contradict");
    options().keyFields = {};
    await syncAt(scenario, "2026-03-10T14:00:00Z");
    expect(storedRows(scenario.harness, keyId)).toMatchObject([{ date: "2026-03-10", cost: 750n }]);
    expect((await keyOf(scenario, keyId)).last_sync_error).toBeNull();
  });
});

const MILLION_DOLLARS = 10n ** 15n;

describe("usage larger than possible", () => {
  test("usage larger than possible is not recorded, and the dashboard works", async () => {
    const { key, keyId } = await watchKey();
    const before = storedRows(scenario.harness, keyId);
    withoutActivity();
    for (const model of ["a/one", "b/two", "c/three"])
      scenario.harness.sim.ledger.spendOnDay("2026-03-09", key, model, {
        costNanos: 1n,
        promptTokens: Number.MAX_SAFE_INTEGER,
      });
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    expect(storedRows(scenario.harness, keyId)).toEqual(before);
    expect((await keyOf(scenario, keyId)).last_sync_error).not.toBeNull();
    expect((await scenario.user.get("/api/stats/dashboard?days=30")).status).toBe(200);
  });

  test("usage larger than possible is detected when only the sum of a day is too large", async () => {
    const { key, keyId } = await watchKey();
    const before = storedRows(scenario.harness, keyId);
    withoutActivity();
    for (let model = 0; model < 3; model += 1)
      scenario.harness.sim.ledger.spendOnDay("2026-03-09", key, `m/${model}`, { costNanos: 4n * MILLION_DOLLARS });
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    expect(storedRows(scenario.harness, keyId)).toEqual(before);
    expect((await keyOf(scenario, keyId)).last_sync_error).not.toBeNull();
  });

  test("several million dollars in a day are not larger than possible", async () => {
    const { key, keyId } = await watchKey();
    withoutActivity();
    scenario.harness.sim.ledger.spendOnDay("2026-03-09", key, "m/large", { costNanos: 9n * MILLION_DOLLARS });
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    expect(storedRows(scenario.harness, keyId)).toContainEqual(
      expect.objectContaining({ date: "2026-03-09", model: "m/large", cost: 9n * MILLION_DOLLARS }),
    );
    expect((await keyOf(scenario, keyId)).last_sync_error).toBeNull();
  });

  test("stored usage larger than possible is shown as the largest number", async () => {
    const { keyId } = await watchKey();
    await scenario.harness.server.app.db.write((connection) => {
      for (const table of ["usage_days", "usage_models"])
        connection.prepare(`UPDATE ${table} SET tokens_input = 9007199254740991, requests = 9007199254740991`).run();
      connection.prepare("UPDATE usage_stats SET tokens_input = 9007199254740991").run();
    });
    const dashboard = await scenario.user.get("/api/stats/dashboard?days=30");
    expect(dashboard.status, dashboard.text).toBe(200);
    expect(dashboard.body.summary.total_tokens_input).toBe(Number.MAX_SAFE_INTEGER);
    expect(
      (await scenario.user.get(`/api/usage?start_date=2026-03-01&end_date=2026-03-10&api_key_id=${keyId}`)).status,
    ).toBe(200);
    expect(
      (await scenario.user.get("/api/usage/export?start_date=2026-03-01&end_date=2026-03-10&format=json")).status,
    ).toBe(200);
  });
});

test("an error during a sync is stored at its key, and the other keys are synced", async () => {
  const { key, keyId } = await watchKey();
  const { key: otherKey } = createAccount(scenario);
  const otherId = await add(scenario, otherKey);
  const { app } = scenario.harness.server;
  await app.db.write((connection) =>
    connection.exec(`CREATE TRIGGER broken BEFORE INSERT ON usage_stats WHEN NEW.api_key_id = ${keyId}
      BEGIN SELECT RAISE(ABORT, 'broken'); END`),
  );
  spend(scenario, key, "2026-03-10T12:30:00Z", 100n, "new/model");
  spend(scenario, otherKey, "2026-03-10T12:30:00Z", 200n);
  expect(await syncAt(scenario, "2026-03-10T13:00:00Z")).toMatchObject({ failed: 1 });
  expect((await keyOf(scenario, keyId)).last_sync_error_message).toEqual({ code: "sync_failed", params: {} });
  expect(storedRows(scenario.harness, otherId)).toMatchObject([{ cost: 200n }]);
  await app.db.write((connection) => connection.exec("DROP TRIGGER broken"));
  await syncAt(scenario, "2026-03-10T14:00:00Z");
  expect((await keyOf(scenario, keyId)).last_sync_error).toBeNull();
  expectExact(scenario.harness, { keyId, keyHash: key.hash });
  expectIntact(scenario.harness);
});
