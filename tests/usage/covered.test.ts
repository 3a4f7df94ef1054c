import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { costByDay, expectExact, storedRows } from "../support/truth.ts";
import { add, createAccount, keyOf, spend, startWatch, syncAt, type Watch } from "../support/watch.ts";

let watch: Watch;
beforeEach(async () => {
  watch = await startWatch("2026-03-10T12:00:00Z", { openRouterTimeoutMs: 20_000 });
});
afterEach(() => watch.harness.close());

/** A covered key with some history, synced once. */
async function covered() {
  const { account, key, manager } = createAccount(watch);
  spend(watch, key, "2026-03-05", 5_000n, "a/one");
  spend(watch, key, "2026-03-05", 7_000n, "b/two");
  spend(watch, key, "2026-03-09", 9_000n, "a/one");
  const managerId = await add(watch, manager);
  const keyId = await add(watch, key);
  return { account, key, manager, managerId, keyId };
}

describe("rule 1: which management key covers a key", () => {
  test("a management key of the same account covers it and is shown", async () => {
    const { keyId, managerId, key } = await covered();
    expect((await keyOf(watch, keyId)).managed_by).toBe(managerId);
    expectExact(watch.harness, { keyId, keyHash: key.hash });
  });

  test("a management key of another account does not", async () => {
    const { key } = createAccount(watch);
    const { manager: otherManager } = createAccount(watch);
    spend(watch, key, "2026-03-09", 1_000n);
    await add(watch, otherManager);
    const keyId = await add(watch, key);
    expect((await keyOf(watch, keyId)).managed_by).toBeNull();
    expect(storedRows(watch.harness, keyId)).toEqual([]);
  });

  test("a management key of another user does not, even of the same account", async () => {
    const { key, manager } = createAccount(watch);
    const other = await watch.harness.createUser();
    await add(watch, manager, other);
    const keyId = await add(watch, key);
    expect((await keyOf(watch, keyId)).managed_by).toBeNull();
  });

  test("a management key added later replaces usage from counters", async () => {
    const { key, manager } = createAccount(watch);
    const keyId = await add(watch, key);
    spend(watch, key, "2026-03-10T13:00:00Z", 4_000n);
    await syncAt(watch, "2026-03-10T14:00:00Z");
    expect(storedRows(watch.harness, keyId)).toMatchObject([{ model: "(unattributed)", cost: 4_000n, requests: null }]);
    await add(watch, manager);
    expectExact(watch.harness, { keyId, keyHash: key.hash });
  });

  test("a key deleted at OpenRouter keeps its history", async () => {
    const { key, keyId } = await covered();
    const before = storedRows(watch.harness, keyId);
    watch.harness.sim.ledger.deleteKey(key);
    for (const at of ["2026-03-10T13:00:00Z", "2026-03-11T13:00:00Z", "2026-03-12T14:00:00Z", "2026-03-20T14:00:00Z"])
      await syncAt(watch, at);
    expect(storedRows(watch.harness, keyId)).toEqual(before);
    const shown = await keyOf(watch, keyId);
    expect(shown).toMatchObject({ status: "invalid", managed_by: null });
    expect(shown.status_reason.params.cause).toBe("deleted");
  });

  test("keys of a dead management key use counters", async () => {
    const { key, keyId, manager } = await covered();
    watch.harness.sim.ledger.deleteKey(manager);
    spend(watch, key, "2026-03-10T13:00:00Z", 3_000n);
    await syncAt(watch, "2026-03-10T14:00:00Z");
    spend(watch, key, "2026-03-11T13:00:00Z", 2_000n);
    await syncAt(watch, "2026-03-11T14:00:00Z");
    expect(costByDay(watch.harness, keyId)).toMatchObject({ "2026-03-10": 3_000n, "2026-03-11": 2_000n });
    expect((await keyOf(watch, keyId)).last_sync_error).toBeNull();
  });
});

describe("rule 2: days are replaced as a whole, and only by a complete answer", () => {
  test("the first sync fetches 364 days back and no further", async () => {
    const { key, manager } = createAccount(watch);
    spend(watch, key, "2025-03-10", 1n);
    spend(watch, key, "2025-03-11", 2n);
    await add(watch, manager);
    const keyId = await add(watch, key);
    expect(storedRows(watch.harness, keyId).map((row) => row.date)).toEqual(["2025-03-11"]);
  });

  test("a truncated window is halved until it fits", async () => {
    const { key, manager } = createAccount(watch);
    for (let day = 0; day < 120; day++)
      for (let model = 0; model < 100; model++)
        watch.harness.sim.ledger.spendOnDay(
          new Date(Date.UTC(2025, 10, 1 + day)).toISOString().slice(0, 10),
          key,
          `m/${model}`,
          {
            costNanos: 10n,
          },
        );
    await add(watch, manager);
    const keyId = await add(watch, key);
    expect(storedRows(watch.harness, keyId)).toHaveLength(12_000);
    expectExact(watch.harness, { keyId, keyHash: key.hash });
  });

  test("a second sync changes nothing and keeps row ids", async () => {
    const { keyId } = await covered();
    const ids = () => watch.harness.server.app.db.reader.prepare("SELECT id FROM usage_stats ORDER BY id").all();
    const before = ids();
    expect((await syncAt(watch, "2026-03-10T12:00:00Z")).rowsWritten).toBe(0);
    expect(ids()).toEqual(before);
    expect(storedRows(watch.harness, keyId)).toHaveLength(3);
  });

  test("an answer with warnings replaces nothing", async () => {
    const { keyId, key } = await covered();
    const before = storedRows(watch.harness, keyId);
    spend(watch, key, "2026-03-09T13:00:00Z", 1_000n, "c/three");
    watch.harness.sim.options.warnings = "always";
    watch.harness.sim.ledger.deleteKey(key);
    await syncAt(watch, "2026-03-10T13:00:00Z");
    expect(storedRows(watch.harness, keyId)).toEqual(before);
    expect((await keyOf(watch, keyId)).last_sync_error_message.code).toBe("openrouter_analytics_incomplete");
  });

  test("an answer without rows or warning for an unknown hash erases nothing", async () => {
    const { keyId, key } = await covered();
    const before = storedRows(watch.harness, keyId);
    watch.harness.sim.ledger.deleteKey(key);
    await syncAt(watch, "2026-03-10T13:00:00Z");
    expect(storedRows(watch.harness, keyId)).toEqual(before);
    expect((await keyOf(watch, keyId)).last_sync_error_message.code).toBe("openrouter_key_deleted");
  });

  test("every sync fetches three days back and finds late data", async () => {
    const { keyId, key } = await covered();
    spend(watch, key, "2026-03-08T10:00:00Z", 500n, "late/model");
    await syncAt(watch, "2026-03-10T13:00:00Z");
    expectExact(watch.harness, { keyId, keyHash: key.hash });
  });

  test("a daily sync 31 days back finds a correction of three weeks ago", async () => {
    const { keyId, key } = await covered();
    spend(watch, key, "2026-02-20", 700n);
    await syncAt(watch, "2026-03-10T13:00:00Z");
    await syncAt(watch, "2026-03-11T13:00:00Z");
    expectExact(watch.harness, { keyId, keyHash: key.hash });
  });

  test("a weekly sync 365 days back finds a correction of months ago", async () => {
    const { keyId, key } = await covered();
    spend(watch, key, "2025-08-20", 700n);
    await syncAt(watch, "2026-03-12T13:00:00Z");
    expect(storedRows(watch.harness, keyId).some((row) => row.date === "2025-08-20")).toBe(false);
    await syncAt(watch, "2026-03-17T13:00:00Z");
    expectExact(watch.harness, { keyId, keyHash: key.hash });
  });

  test("a correction of a past day changes no other day, though total usage includes it today", async () => {
    const { keyId, key } = await covered();
    await syncAt(watch, "2026-03-11T12:00:00Z");
    await syncAt(watch, "2026-03-12T12:00:00Z");
    watch.harness.sim.ledger.restate(key, "2026-03-05", "a/one", { deltaNanos: 2_500n });
    for (const at of ["2026-03-12T13:00:00Z", "2026-03-13T13:00:00Z", "2026-03-18T13:00:00Z"]) await syncAt(watch, at);
    expectExact(watch.harness, { keyId, keyHash: key.hash });
  });

  test("a negative correction reduces the cost", async () => {
    const { keyId, key } = await covered();
    await syncAt(watch, "2026-03-11T12:00:00Z");
    await syncAt(watch, "2026-03-12T12:00:00Z");
    watch.harness.sim.ledger.restate(key, "2026-03-09", "a/one", { deltaNanos: -2_500n });
    for (const at of ["2026-03-12T13:00:00Z", "2026-03-13T13:00:00Z", "2026-03-18T13:00:00Z"]) await syncAt(watch, at);
    expectExact(watch.harness, { keyId, keyHash: key.hash });
  });

  test("removes a model that is gone from a past day", async () => {
    const { keyId, key } = await covered();
    watch.harness.sim.ledger.restate(key, "2026-03-09", "a/one", { replaceWith: { costNanos: 0n, requests: 0 } });
    await syncAt(watch, "2026-03-10T13:00:00Z");
    await syncAt(watch, "2026-03-11T13:00:00Z");
    expectExact(watch.harness, { keyId, keyHash: key.hash });
  });

  test("uses /activity for completed days when analytics fails, never for today", async () => {
    const { key, manager } = createAccount(watch);
    spend(watch, key, "2026-03-08", 1_000n);
    spend(watch, key, "2026-03-10T09:00:00Z", 2_000n);
    watch.harness.sim.faults.add({ match: { path: "/analytics/query" }, kind: "500" });
    await add(watch, manager);
    const keyId = await add(watch, key);
    expect(storedRows(watch.harness, keyId)).toMatchObject([
      { date: "2026-03-08", model: "openai/gpt-5", cost: 1_000n },
      { date: "2026-03-10", model: "(unattributed)", cost: 2_000n, requests: null },
    ]);
    expect((await keyOf(watch, keyId)).last_sync_error).not.toBeNull();
    watch.harness.sim.faults.clear();
    await syncAt(watch, "2026-03-10T13:00:00Z");
    expectExact(watch.harness, { keyId, keyHash: key.hash });
    expect((await keyOf(watch, keyId)).last_sync_error).toBeNull();
  });
});
