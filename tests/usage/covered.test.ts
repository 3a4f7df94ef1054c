import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  add,
  createAccount,
  keyOf,
  type Scenario,
  spend,
  startScenario,
  syncAt,
} from "../support/openrouter/scenario.ts";
import { costByDay, expectExact, storedRows } from "../support/openrouter/truth.ts";

let scenario: Scenario;
beforeEach(async () => {
  scenario = await startScenario("2026-03-10T12:00:00Z", { openRouterTimeoutMs: 20_000 });
});
afterEach(() => scenario.harness.close());

/** A covered key with some history, synced once. */
async function covered() {
  const { account, key, manager } = createAccount(scenario);
  spend(scenario, key, "2026-03-05", 5_000n, "a/one");
  spend(scenario, key, "2026-03-05", 7_000n, "b/two");
  spend(scenario, key, "2026-03-09", 9_000n, "a/one");
  const managerId = await add(scenario, manager);
  const keyId = await add(scenario, key);
  return { account, key, manager, managerId, keyId };
}

describe("coverage by management keys", () => {
  test("a management key of the same account covers a key and is shown", async () => {
    const { keyId, managerId, key } = await covered();
    expect((await keyOf(scenario, keyId)).managed_by).toBe(managerId);
    expectExact(scenario.harness, { keyId, keyHash: key.hash });
  });

  test("a management key of another account covers no key", async () => {
    const { key } = createAccount(scenario);
    const { manager: otherManager } = createAccount(scenario);
    spend(scenario, key, "2026-03-09", 1_000n);
    await add(scenario, otherManager);
    const keyId = await add(scenario, key);
    expect((await keyOf(scenario, keyId)).managed_by).toBeNull();
    expect(storedRows(scenario.harness, keyId)).toEqual([]);
  });

  test("a management key of another user covers no key, even of the same account", async () => {
    const { key, manager } = createAccount(scenario);
    const other = await scenario.harness.createUser();
    await add(scenario, manager, other);
    const keyId = await add(scenario, key);
    expect((await keyOf(scenario, keyId)).managed_by).toBeNull();
  });

  test("a management key added later replaces usage from counters", async () => {
    const { key, manager } = createAccount(scenario);
    const keyId = await add(scenario, key);
    spend(scenario, key, "2026-03-10T13:00:00Z", 4_000n);
    await syncAt(scenario, "2026-03-10T14:00:00Z");
    expect(storedRows(scenario.harness, keyId)).toMatchObject([
      { model: "(unattributed)", cost: 4_000n, requests: null },
    ]);
    await add(scenario, manager);
    expectExact(scenario.harness, { keyId, keyHash: key.hash });
  });

  test("a key deleted at OpenRouter keeps its history", async () => {
    const { key, keyId } = await covered();
    const before = storedRows(scenario.harness, keyId);
    scenario.harness.sim.ledger.deleteKey(key);
    for (const at of ["2026-03-10T13:00:00Z", "2026-03-11T13:00:00Z", "2026-03-12T14:00:00Z", "2026-03-20T14:00:00Z"])
      await syncAt(scenario, at);
    expect(storedRows(scenario.harness, keyId)).toEqual(before);
    const shown = await keyOf(scenario, keyId);
    expect(shown).toMatchObject({ status: "invalid", managed_by: null });
    expect(shown.status_reason.params.cause).toBe("deleted");
  });

  test("keys of a dead management key use counters", async () => {
    const { key, keyId, manager } = await covered();
    scenario.harness.sim.ledger.deleteKey(manager);
    spend(scenario, key, "2026-03-10T13:00:00Z", 3_000n);
    await syncAt(scenario, "2026-03-10T14:00:00Z");
    spend(scenario, key, "2026-03-11T13:00:00Z", 2_000n);
    await syncAt(scenario, "2026-03-11T14:00:00Z");
    expect(costByDay(scenario.harness, keyId)).toMatchObject({ "2026-03-10": 3_000n, "2026-03-11": 2_000n });
    expect((await keyOf(scenario, keyId)).last_sync_error).toBeNull();
  });
});

describe("replaced days", () => {
  test("the first sync fetches 364 days back and no further", async () => {
    const { key, manager } = createAccount(scenario);
    spend(scenario, key, "2025-03-10", 1n);
    spend(scenario, key, "2025-03-11", 2n);
    await add(scenario, manager);
    const keyId = await add(scenario, key);
    expect(storedRows(scenario.harness, keyId).map((row) => row.date)).toEqual(["2025-03-11"]);
  });

  test("a truncated window is halved until it fits", async () => {
    const { key, manager } = createAccount(scenario);
    scenario.harness.sim.options.analyticsMaxRows = 400;
    for (let day = 0; day < 120; day++)
      for (let model = 0; model < 10; model++)
        scenario.harness.sim.ledger.spendOnDay(
          new Date(Date.UTC(2025, 10, 1 + day)).toISOString().slice(0, 10),
          key,
          `m/${model}`,
          {
            costNanos: 10n,
          },
        );
    await add(scenario, manager);
    const keyId = await add(scenario, key);
    expect(storedRows(scenario.harness, keyId)).toHaveLength(1200);
    expectExact(scenario.harness, { keyId, keyHash: key.hash });
  });

  test("a second sync changes nothing and keeps row ids", async () => {
    const { keyId } = await covered();
    const ids = () => scenario.harness.server.app.db.reader.prepare("SELECT id FROM usage_stats ORDER BY id").all();
    const before = ids();
    expect((await syncAt(scenario, "2026-03-10T12:00:00Z")).rowsWritten).toBe(0);
    expect(ids()).toEqual(before);
    expect(storedRows(scenario.harness, keyId)).toHaveLength(3);
  });

  test("an answer with warnings replaces nothing", async () => {
    const { keyId, key } = await covered();
    const before = storedRows(scenario.harness, keyId);
    spend(scenario, key, "2026-03-09T13:00:00Z", 1_000n, "c/three");
    scenario.harness.sim.options.warnings = "always";
    scenario.harness.sim.ledger.deleteKey(key);
    // The account's list of keys does not show the deletion.
    scenario.harness.sim.faults.add({ match: { path: "/keys" }, kind: "500" });
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    expect(storedRows(scenario.harness, keyId)).toEqual(before);
    expect((await keyOf(scenario, keyId)).last_sync_error_message.code).toBe("openrouter_analytics_incomplete");
  });

  test("an answer without rows or warning for an unknown hash erases nothing", async () => {
    const { keyId, key } = await covered();
    const before = storedRows(scenario.harness, keyId);
    scenario.harness.sim.ledger.deleteKey(key);
    // The account's list of keys does not show the deletion.
    scenario.harness.sim.faults.add({ match: { path: "/keys" }, kind: "500" });
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    expect(storedRows(scenario.harness, keyId)).toEqual(before);
    expect((await keyOf(scenario, keyId)).last_sync_error_message.code).toBe("openrouter_key_deleted");
  });

  test("a key that its account no longer has keeps its days and has the reason", async () => {
    const { keyId, key } = await covered();
    const before = storedRows(scenario.harness, keyId);
    scenario.harness.sim.ledger.deleteKey(key);
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    expect(storedRows(scenario.harness, keyId)).toEqual(before);
    expect((await keyOf(scenario, keyId)).last_sync_error_message.code).toBe("openrouter_key_deleted");
  });

  test("every sync fetches three days back and finds late data", async () => {
    const { keyId, key } = await covered();
    spend(scenario, key, "2026-03-08T10:00:00Z", 500n, "late/model");
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    expectExact(scenario.harness, { keyId, keyHash: key.hash });
  });

  test("a daily sync 31 days back finds a correction of three weeks ago", async () => {
    const { keyId, key } = await covered();
    spend(scenario, key, "2026-02-20", 700n);
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    await syncAt(scenario, "2026-03-11T13:00:00Z");
    expectExact(scenario.harness, { keyId, keyHash: key.hash });
  });

  test("a weekly sync 365 days back finds a correction of months ago", async () => {
    const { keyId, key } = await covered();
    spend(scenario, key, "2025-08-20", 700n);
    await syncAt(scenario, "2026-03-12T13:00:00Z");
    expect(storedRows(scenario.harness, keyId).some((row) => row.date === "2025-08-20")).toBe(false);
    await syncAt(scenario, "2026-03-17T13:00:00Z");
    expectExact(scenario.harness, { keyId, keyHash: key.hash });
  });

  test("a correction of a past day changes no other day, though total usage includes it today", async () => {
    const { keyId, key } = await covered();
    await syncAt(scenario, "2026-03-11T12:00:00Z");
    await syncAt(scenario, "2026-03-12T12:00:00Z");
    scenario.harness.sim.ledger.restate(key, "2026-03-05", "a/one", { deltaNanos: 2_500n });
    for (const at of ["2026-03-12T13:00:00Z", "2026-03-13T13:00:00Z", "2026-03-18T13:00:00Z"])
      await syncAt(scenario, at);
    expectExact(scenario.harness, { keyId, keyHash: key.hash });
  });

  test("a negative correction reduces the cost", async () => {
    const { keyId, key } = await covered();
    await syncAt(scenario, "2026-03-11T12:00:00Z");
    await syncAt(scenario, "2026-03-12T12:00:00Z");
    scenario.harness.sim.ledger.restate(key, "2026-03-09", "a/one", { deltaNanos: -2_500n });
    for (const at of ["2026-03-12T13:00:00Z", "2026-03-13T13:00:00Z", "2026-03-18T13:00:00Z"])
      await syncAt(scenario, at);
    expectExact(scenario.harness, { keyId, keyHash: key.hash });
  });

  test("removes a model that is gone from a past day", async () => {
    const { keyId, key } = await covered();
    scenario.harness.sim.ledger.restate(key, "2026-03-09", "a/one", { replaceWith: { costNanos: 0n, requests: 0 } });
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    await syncAt(scenario, "2026-03-11T13:00:00Z");
    expectExact(scenario.harness, { keyId, keyHash: key.hash });
  });

  test("uses /activity for completed days when analytics fails, never for today", async () => {
    const { key, manager } = createAccount(scenario);
    spend(scenario, key, "2026-03-08", 1_000n);
    spend(scenario, key, "2026-03-10T09:00:00Z", 2_000n);
    scenario.harness.sim.faults.add({ match: { path: "/analytics/query" }, kind: "500" });
    await add(scenario, manager);
    const keyId = await add(scenario, key);
    expect(storedRows(scenario.harness, keyId)).toMatchObject([
      { date: "2026-03-08", model: "openai/gpt-5", cost: 1_000n },
      { date: "2026-03-10", model: "(unattributed)", cost: 2_000n, requests: null },
    ]);
    expect((await keyOf(scenario, keyId)).last_sync_error).not.toBeNull();
    scenario.harness.sim.faults.clear();
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    expectExact(scenario.harness, { keyId, keyHash: key.hash });
    expect((await keyOf(scenario, keyId)).last_sync_error).toBeNull();
  });
});
