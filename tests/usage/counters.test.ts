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
import { costByDay, storedRows } from "../support/openrouter/truth.ts";

let scenario: Scenario;
// A Wednesday.
beforeEach(async () => {
  scenario = await startScenario("2026-03-11T12:00:00Z");
});
afterEach(() => scenario.harness.close());

const dashboardDays = async (from: string, through: string) => {
  const answer = await scenario.user.get(`/api/stats/dashboard?start_date=${from}&end_date=${through}`);
  return Object.fromEntries(
    answer.body.by_date.map((day: { date: string; cost: string | null }) => [day.date, day.cost]),
  );
};

describe("keys without a management key", () => {
  test("usage is unknown before the first poll, even if the weekly counter is not zero", async () => {
    const { key } = createAccount(scenario);
    spend(scenario, key, "2026-03-02", 1_000n);
    spend(scenario, key, "2026-03-10", 2_000n);
    spend(scenario, key, "2026-03-11T09:00:00Z", 4_000n);
    const keyId = await add(scenario, key);
    expect(costByDay(scenario.harness, keyId)).toEqual({ "2026-03-11": 4_000n });
    expect(await dashboardDays("2026-03-10", "2026-03-11")).toEqual({ "2026-03-10": null, "2026-03-11": "0.000004" });
    expect(await keyOf(scenario, keyId)).toMatchObject({ usage: "0.000007", usage_weekly: "0.000006" });
  });

  test("the cost of a day is the difference of the baselines of the next day and its own", async () => {
    const { key } = createAccount(scenario);
    const keyId = await add(scenario, key);
    spend(scenario, key, "2026-03-11T23:30:00Z", 3_000n);
    spend(scenario, key, "2026-03-12T01:00:00Z", 5_000n);
    await syncAt(scenario, "2026-03-12T02:00:00Z");
    expect(costByDay(scenario.harness, keyId)).toEqual({ "2026-03-11": 3_000n, "2026-03-12": 5_000n });
    expect(storedRows(scenario.harness, keyId)[0]).toMatchObject({
      model: "(unattributed)",
      requests: null,
      input: null,
    });
  });

  test("a known day without spend is 0, not null", async () => {
    const { key } = createAccount(scenario);
    await add(scenario, key);
    await syncAt(scenario, "2026-03-12T12:00:00Z");
    await syncAt(scenario, "2026-03-13T12:00:00Z");
    expect(await dashboardDays("2026-03-10", "2026-03-13")).toEqual({
      "2026-03-10": null,
      "2026-03-11": "0.00",
      "2026-03-12": "0.00",
      "2026-03-13": "0.00",
    });
  });

  test("spend of a gap is recorded as one lump on its last day", async () => {
    const { key } = createAccount(scenario);
    const keyId = await add(scenario, key);
    spend(scenario, key, "2026-03-11T13:00:00Z", 1_000n);
    await syncAt(scenario, "2026-03-11T14:00:00Z");
    spend(scenario, key, "2026-03-11T20:00:00Z", 10_000n);
    spend(scenario, key, "2026-03-12", 20_000n);
    spend(scenario, key, "2026-03-14T08:00:00Z", 5_000n);
    await syncAt(scenario, "2026-03-14T09:00:00Z");
    expect(costByDay(scenario.harness, keyId)).toEqual({
      "2026-03-11": 1_000n,
      "2026-03-13": 30_000n,
      "2026-03-14": 5_000n,
    });
    expect(await dashboardDays("2026-03-11", "2026-03-14")).toMatchObject({
      "2026-03-12": null,
      "2026-03-13": "0.00003",
    });
    const lump = scenario.harness.server.app.db.reader
      .prepare("SELECT exact, since FROM counter_baselines WHERE date = '2026-03-13'")
      .get();
    expect(lump).toEqual({ exact: 0, since: "2026-03-11" });
  });

  test("a gap without spend has known days of 0", async () => {
    const { key } = createAccount(scenario);
    await add(scenario, key);
    await syncAt(scenario, "2026-03-14T09:00:00Z");
    expect(await dashboardDays("2026-03-11", "2026-03-14")).toEqual({
      "2026-03-11": "0.00",
      "2026-03-12": "0.00",
      "2026-03-13": "0.00",
      "2026-03-14": "0.00",
    });
  });

  test("the weekly counter divides a gap at a Monday", async () => {
    const { key } = createAccount(scenario);
    const keyId = await add(scenario, key);
    spend(scenario, key, "2026-03-13", 7_000n);
    spend(scenario, key, "2026-03-16T10:00:00Z", 11_000n);
    spend(scenario, key, "2026-03-18T10:00:00Z", 13_000n);
    await syncAt(scenario, "2026-03-18T12:00:00Z");
    expect(costByDay(scenario.harness, keyId)).toEqual({
      "2026-03-15": 7_000n,
      "2026-03-17": 11_000n,
      "2026-03-18": 13_000n,
    });
  });

  test("the monthly counter divides a gap at the first of a month", async () => {
    const { key } = createAccount(scenario);
    scenario.harness.sim.clock.set(new Date("2026-03-29T12:00:00Z"));
    const keyId = await add(scenario, key);
    spend(scenario, key, "2026-03-31T10:00:00Z", 7_000n);
    spend(scenario, key, "2026-04-01T10:00:00Z", 11_000n);
    await syncAt(scenario, "2026-04-02T12:00:00Z");
    expect(costByDay(scenario.harness, keyId)).toEqual({ "2026-03-31": 7_000n, "2026-04-01": 11_000n });
    const rows = scenario.harness.server.app.db.reader
      .prepare("SELECT date, exact FROM counter_baselines ORDER BY date")
      .all();
    expect(rows).toContainEqual({ date: "2026-04-01", exact: 1 });
  });

  test("a counter that decreased starts a new baseline, never a negative cost", async () => {
    const { key } = createAccount(scenario);
    spend(scenario, key, "2026-03-11T09:00:00Z", 50_000n);
    const keyId = await add(scenario, key);
    scenario.harness.sim.ledger.restate(key, "2026-03-11", "openai/gpt-5", { deltaNanos: -20_000n });
    await syncAt(scenario, "2026-03-12T09:00:00Z");
    spend(scenario, key, "2026-03-12T10:00:00Z", 1_000n);
    await syncAt(scenario, "2026-03-12T11:00:00Z");
    await syncAt(scenario, "2026-03-13T11:00:00Z");
    const days = costByDay(scenario.harness, keyId);
    expect(days["2026-03-12"]).toBe(1_000n);
    expect(Object.values(days).every((cost) => cost >= 0n)).toBe(true);
  });

  test("the day of a counter is that of the response's Date header, at any time of this machine's clock", async () => {
    const { key } = createAccount(scenario);
    const keyId = await add(scenario, key);
    spend(scenario, key, "2026-03-12T05:00:00Z", 2_000n);
    scenario.harness.sim.clock.set(new Date("2026-03-12T06:00:00Z"));
    const { app } = scenario.harness.server;
    const { clock } = app;
    app.clock = { ...clock, now: () => new Date("2026-03-11T23:00:00Z") };
    const { syncAll } = await import("@orwatch/server/sync/service");
    await syncAll(app);
    app.clock = clock;
    expect(costByDay(scenario.harness, keyId)).toEqual({ "2026-03-12": 2_000n });
  });

  test("polls in the first two minutes of a day set no baseline", async () => {
    scenario.harness.sim.options.lagMs = 60_000;
    const { key } = createAccount(scenario);
    const keyId = await add(scenario, key);
    spend(scenario, key, "2026-03-11T23:59:30Z", 3_000n);
    spend(scenario, key, "2026-03-12T00:00:10Z", 5_000n);
    await syncAt(scenario, "2026-03-12T00:00:20Z");
    await syncAt(scenario, "2026-03-12T00:01:50Z");
    expect(costByDay(scenario.harness, keyId)).toEqual({});
    await syncAt(scenario, "2026-03-12T00:02:10Z");
    expect(costByDay(scenario.harness, keyId)).toEqual({ "2026-03-11": 3_000n, "2026-03-12": 5_000n });
  });

  test("a failed poll changes nothing", async () => {
    const { key } = createAccount(scenario);
    const keyId = await add(scenario, key);
    spend(scenario, key, "2026-03-11T13:00:00Z", 3_000n);
    await syncAt(scenario, "2026-03-11T14:00:00Z");
    for (const kind of ["500", "502-html", "429", "cut", "half-json", "401"] as const) {
      const remove = scenario.harness.sim.faults.add({ match: { path: "/key" }, kind });
      scenario.harness.sim.clock.advance(3_600_000);
      await syncAt(scenario, scenario.harness.sim.clock.now());
      remove();
    }
    expect(costByDay(scenario.harness, keyId)).toEqual({ "2026-03-11": 3_000n });
  });
});

describe("counters and analytics together", () => {
  test("a covered key keeps its counter baselines", async () => {
    const { key, manager } = createAccount(scenario);
    await add(scenario, manager);
    const keyId = await add(scenario, key);
    await syncAt(scenario, "2026-03-12T12:00:00Z");
    const rows = scenario.harness.server.app.db.reader
      .prepare("SELECT count(*) AS n FROM counter_baselines WHERE api_key_id = ?")
      .get(keyId);
    expect(rows).toEqual({ n: 2 });
  });

  test("spend that analytics does not show yet is (unattributed) until it does", async () => {
    const { key, manager } = createAccount(scenario);
    await add(scenario, manager);
    const keyId = await add(scenario, key);
    spend(scenario, key, "2026-03-11T13:00:00Z", 3_000n, "a/one");
    scenario.harness.sim.options.lateDays = [{ day: "2026-03-11", until: new Date("2026-03-13T00:00:00Z") }];
    await syncAt(scenario, "2026-03-11T14:00:00Z");
    await syncAt(scenario, "2026-03-12T14:00:00Z");
    expect(storedRows(scenario.harness, keyId)).toMatchObject([
      { date: "2026-03-11", model: "(unattributed)", cost: 3_000n },
    ]);
    await syncAt(scenario, "2026-03-13T14:00:00Z");
    expect(storedRows(scenario.harness, keyId)).toMatchObject([{ date: "2026-03-11", model: "a/one", cost: 3_000n }]);
  });

  test("a late day during a gap of the server is counted once", async () => {
    const { key, manager } = createAccount(scenario);
    await add(scenario, manager);
    const keyId = await add(scenario, key);
    for (const day of ["2026-03-12", "2026-03-13", "2026-03-14"]) spend(scenario, key, day, 1_000n, "a/one");
    scenario.harness.sim.options.lateDays = [{ day: "2026-03-13", until: new Date("2026-03-16T00:00:00Z") }];
    await syncAt(scenario, "2026-03-15T12:00:00Z");
    const total = () => Object.values(costByDay(scenario.harness, keyId)).reduce((a, b) => a + b, 0n);
    expect(total()).toBe(3_000n);
    await syncAt(scenario, "2026-03-16T12:00:00Z");
    expect(costByDay(scenario.harness, keyId)).toEqual({
      "2026-03-12": 1_000n,
      "2026-03-13": 1_000n,
      "2026-03-14": 1_000n,
    });
  });

  test("a difference of less than half a nano-dollar per row between counters and analytics is rounding", async () => {
    scenario.harness.sim.options.floatNoise = true;
    const { key, manager } = createAccount(scenario);
    await add(scenario, manager);
    const keyId = await add(scenario, key);
    for (let model = 0; model < 20; model++)
      spend(scenario, key, "2026-03-11T13:00:00Z", 333_333n + BigInt(model), `m/${model}`);
    await syncAt(scenario, "2026-03-11T14:00:00Z");
    await syncAt(scenario, "2026-03-12T14:00:00Z");
    expect(storedRows(scenario.harness, keyId).filter((row) => row.model === "(unattributed)")).toEqual([]);
  });

  test("a management key that dies during a day loses no known cost and counts nothing twice", async () => {
    const { key, manager } = createAccount(scenario);
    await add(scenario, manager);
    const keyId = await add(scenario, key);
    spend(scenario, key, "2026-03-11T13:00:00Z", 3_000n, "a/one");
    await syncAt(scenario, "2026-03-11T14:00:00Z");
    scenario.harness.sim.ledger.updateKey(manager, { disabled: true });
    spend(scenario, key, "2026-03-11T15:00:00Z", 4_000n, "b/two");
    await syncAt(scenario, "2026-03-11T16:00:00Z");
    await syncAt(scenario, "2026-03-12T16:00:00Z");
    expect(storedRows(scenario.harness, keyId)).toMatchObject([
      { date: "2026-03-11", model: "(unattributed)", cost: 4_000n, requests: null },
      { date: "2026-03-11", model: "a/one", cost: 3_000n, requests: 1 },
    ]);
  });
});
