import { message } from "@orwatch/messages/message";
import { afterEach, beforeEach, expect, test } from "vitest";
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
import { costByDay, expectExact } from "../support/openrouter/truth.ts";

let scenario: Scenario;
beforeEach(async () => {
  scenario = await startScenario("2026-03-10T12:00:00Z");
});
afterEach(() => scenario.harness.close());

const DAYS = ["2026-03-06", "2026-03-07", "2026-03-08", "2026-03-09"];
const notifications = () =>
  scenario.harness.server.app.db.reader
    .prepare("SELECT title FROM notifications ORDER BY id")
    .pluck()
    .all() as string[];
const reports = () => notifications().filter((title) => title.includes("openrouter_usage_reduced"));
const before = Object.fromEntries(DAYS.map((day) => [day, 5_000_000_000n]));

/** A key polled on each of the days, with $5 on each. */
async function watchKey() {
  const { key, manager } = createAccount(scenario);
  scenario.harness.sim.clock.set(new Date("2026-03-06T08:00:00Z"));
  await add(scenario, manager);
  const keyId = await add(scenario, key);
  for (const day of DAYS) {
    spend(scenario, key, `${day}T10:00:00Z`, 5_000_000_000n, "a/one");
    await syncAt(scenario, `${day}T20:00:00Z`);
  }
  await syncAt(scenario, "2026-03-10T12:00:00Z");
  expect(costByDay(scenario.harness, keyId)).toEqual(before);
  return { key, keyId };
}

test("a reduction that counters confirm is applied after a warning and a second response", async () => {
  const { key, keyId } = await watchKey();
  scenario.harness.sim.ledger.restate(key, "2026-03-08", "a/one", { deltaNanos: -2_000_000_000n });
  await syncAt(scenario, "2026-03-10T13:00:00Z");
  expect(costByDay(scenario.harness, keyId)).toEqual(before);
  const reduced = message("openrouter_usage_reduced", { amount: "2000000000", days: ["2026-03-08"], more: 0 });
  expect(reports().map((title) => JSON.parse(title))).toMatchObject([
    { code: "key_sync_warning", params: { key_id: keyId, cause: reduced } },
  ]);
  expect((await keyOf(scenario, keyId)).last_sync_error_message).toEqual(reduced);
  await syncAt(scenario, "2026-03-10T14:00:00Z");
  expectExact(scenario.harness, { keyId, keyHash: key.hash });
  expect((await keyOf(scenario, keyId)).last_sync_error).toBeNull();
  expect(reports()).toHaveLength(1);
  expectIntact(scenario.harness);
});

test("a reduction that counters contradict is held for three days, and its owner is notified daily", async () => {
  const { key, keyId } = await watchKey();
  scenario.harness.sim.ledger.restate(
    key,
    "2026-03-08",
    "a/one",
    { deltaNanos: -2_000_000_000n },
    { countersFollow: false },
  );
  for (const at of ["2026-03-10T13:00:00Z", "2026-03-10T14:00:00Z", "2026-03-11T14:00:00Z", "2026-03-12T20:00:00Z"]) {
    await syncAt(scenario, at);
    expect(costByDay(scenario.harness, keyId)).toEqual(before);
  }
  expect(reports()).toHaveLength(3);
  await syncAt(scenario, "2026-03-13T13:00:00Z");
  expect(costByDay(scenario.harness, keyId)).toEqual({ ...before, "2026-03-08": 3_000_000_000n });
});

test("an answer that omits days for an hour removes nothing, and other days are updated", async () => {
  const { key, keyId } = await watchKey();
  scenario.harness.sim.options.lateDays = DAYS.slice(0, 3).map((day) => ({
    day,
    until: new Date("2026-03-10T13:30:00Z"),
    keyHash: key.hash,
  }));
  spend(scenario, key, "2026-03-10T12:30:00Z", 70n, "a/one");
  await syncAt(scenario, "2026-03-10T13:00:00Z");
  expect(costByDay(scenario.harness, keyId)).toEqual({ ...before, "2026-03-10": 70n });
  await syncAt(scenario, "2026-03-10T14:00:00Z");
  expectExact(scenario.harness, { keyId, keyHash: key.hash });
  expect((await keyOf(scenario, keyId)).last_sync_error).toBeNull();
});

test("an answer that omits different rows each time removes nothing", async () => {
  const { key, keyId } = await watchKey();
  for (const [hour, lost] of [13, 14, 15, 16].entries()) {
    scenario.harness.sim.options.lateDays = [
      { day: DAYS[hour] as string, until: new Date("2026-03-11T00:00:00Z"), keyHash: key.hash },
    ];
    await syncAt(scenario, `2026-03-10T${lost}:00:00Z`);
    expect(costByDay(scenario.harness, keyId)).toEqual(before);
  }
});

test("reductions before the first poll, without counters, wait for a day", async () => {
  const { key, manager } = createAccount(scenario);
  spend(scenario, key, "2026-03-05", 5_000_000_000n, "a/one");
  await add(scenario, manager);
  const keyId = await add(scenario, key);
  scenario.harness.sim.ledger.restate(key, "2026-03-05", "a/one", { deltaNanos: -2_000_000_000n });
  await scenario.harness.server.app.db.prisma.apiKey.updateMany({ data: { monthResyncedOn: null } });
  await syncAt(scenario, "2026-03-10T13:00:00Z");
  await syncAt(scenario, "2026-03-10T15:00:00Z");
  expect(costByDay(scenario.harness, keyId)).toEqual({ "2026-03-05": 5_000_000_000n });
  await syncAt(scenario, "2026-03-11T13:00:00Z");
  expectExact(scenario.harness, { keyId, keyHash: key.hash });
});

test("a higher cost replaces the stored one at once", async () => {
  const { key, keyId } = await watchKey();
  scenario.harness.sim.ledger.restate(key, "2026-03-08", "a/one", { deltaNanos: 2_000_000_000n });
  await syncAt(scenario, "2026-03-10T13:00:00Z");
  expectExact(scenario.harness, { keyId, keyHash: key.hash });
  expect(reports()).toEqual([]);
});
