import { type LedgerKey, usd } from "@orwatch/openrouter-sim";
import { countAttention } from "@orwatch/server/keys/list/attention";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { listDefects } from "../support/checks/integrity.ts";
import { add, createAccount, keyOf, type Scenario, startScenario, syncAt } from "../support/openrouter/scenario.ts";
import { request } from "../support/server/harness.ts";
import { teamOf } from "../support/users/team.ts";

const TOKEN = "a-token-for-the-metrics-of-tests";
/** Undefined fields are not sent. */
const WITHOUT_BYOK = {
  byok_usage: undefined,
  byok_usage_daily: undefined,
  byok_usage_weekly: undefined,
  byok_usage_monthly: undefined,
};

let scenario: Scenario;
beforeEach(async () => {
  scenario = await startScenario("2026-03-01T12:00:00Z", { env: { METRICS_TOKEN: TOKEN } });
});
afterEach(() => {
  expect(listDefects(scenario.harness.server.app.db.reader)).toEqual([]);
  return scenario.harness.close();
});

const app = () => scenario.harness.server.app;

function useByok(key: LedgerKey, at: string, byokNanos: bigint, costNanos = 0n) {
  scenario.harness.sim.ledger.spend(new Date(at), key, "openai/gpt-5", { costNanos, byokNanos, requests: 1 });
}

interface Row {
  date: string;
  model: string;
  cost: string;
  byok_cost: string;
}
const rows = async (): Promise<Row[]> =>
  (await scenario.user.get("/api/usage?start_date=2026-02-01&end_date=2026-04-30")).body
    .map(({ date, model, cost, byok_cost }: Row) => ({ date, model, cost, byok_cost }))
    .reverse();

const day = (date: number) => `2026-03-${String(date).padStart(2, "0")}`;

describe("BYOK of a key without a management key", () => {
  test("BYOK is recorded by day like cost, shown, and counted as use", async () => {
    const { key } = createAccount(scenario);
    const id = await add(scenario, key);
    expect(await keyOf(scenario, id)).toMatchObject({
      byok_usage: "0.00",
      byok_usage_daily: "0.00",
      last_used_at: null,
    });
    useByok(key, "2026-03-01T20:00:00Z", usd("2.5"));
    useByok(key, "2026-03-02T09:00:00Z", usd("1"), usd("0.25"));
    await syncAt(scenario, "2026-03-02T12:00:00Z");
    expect(await rows()).toEqual([
      { date: "2026-03-01", model: "(unattributed)", cost: "0.00", byok_cost: "2.50" },
      { date: "2026-03-02", model: "(unattributed)", cost: "0.25", byok_cost: "1.00" },
    ]);
    expect(await keyOf(scenario, id)).toMatchObject({
      usage: "0.25",
      byok_usage: "3.50",
      byok_usage_daily: "1.00",
      byok_usage_weekly: "1.00",
      byok_usage_monthly: "3.50",
      last_used_at: "2026-03-02T12:00:00.000Z",
    });
    const { summary } = (await scenario.user.get("/api/stats/dashboard?start_date=2026-03-01&end_date=2026-03-02"))
      .body;
    expect(summary).toMatchObject({ total_cost: "0.25", byok_cost: "3.50" });
    const metrics = await request(`${scenario.harness.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } });
    expect(metrics.text).toContain(`orwatch_key_byok_spend_usd_total{key="${id}",user="1"} 3.50\n`);
  });

  test("BYOK of days without a poll is one amount on the last of them", async () => {
    const { key } = createAccount(scenario);
    await add(scenario, key);
    for (const date of [2, 3, 5]) useByok(key, `${day(date)}T09:00:00Z`, usd("1"));
    await syncAt(scenario, "2026-03-06T12:00:00Z");
    // The 2nd was a Monday: spend since then is known to be in that week.
    expect((await rows()).map(({ date, byok_cost }) => [date, byok_cost])).toEqual([["2026-03-05", "3.00"]]);
  });

  test("BYOK counts as use in the last 30 days", async () => {
    const { key } = createAccount(scenario);
    const idle = createAccount(scenario).key;
    await add(scenario, key);
    await add(scenario, idle);
    for (let date = 2; date <= 20; date += 1) {
      useByok(key, `${day(date)}T09:00:00Z`, usd("1"));
      await syncAt(scenario, `${day(date)}T12:00:00Z`);
    }
    await syncAt(scenario, "2026-04-05T12:00:00Z");
    const { items } = (await scenario.user.get("/api/keys?show=unused")).body;
    expect(items.map(({ name }: { name: string }) => name)).toEqual([idle.name]);
  });

  test("BYOK counts in the forecast of a limit that includes it", async () => {
    const { key } = createAccount(scenario);
    scenario.harness.sim.ledger.updateKey(key, { limitNanos: usd("68"), includeByokInLimit: true });
    await add(scenario, key);
    for (let date = 2; date <= 11; date += 1) {
      useByok(key, `${day(date)}T09:00:00Z`, usd("6"));
      await syncAt(scenario, `${day(date)}T12:00:00Z`);
    }
    // $60 of 68 are used by the end of the 11th: $8 last through the 13th at $6 a day.
    await syncAt(scenario, "2026-03-12T08:00:00Z");
    const [limit] = (await scenario.user.get("/api/forecast")).body.limits;
    expect(limit).toMatchObject({
      limit_remaining: "8.00",
      includes_byok: true,
      verdict: "runs_out",
      runs_out_on: "2026-03-13",
    });
  });

  test("BYOK is unknown, not 0, when OpenRouter does not report it", async () => {
    const { key } = createAccount(scenario);
    scenario.harness.sim.ledger.updateKey(key, { limitNanos: usd("20"), includeByokInLimit: true });
    scenario.harness.sim.options.keyFields = WITHOUT_BYOK;
    const id = await add(scenario, key);
    for (let date = 2; date <= 12; date += 1) await syncAt(scenario, `${day(date)}T12:00:00Z`);
    expect(await keyOf(scenario, id)).toMatchObject({ usage: "0.00", byok_usage: null, byok_usage_daily: null });
    expect((await scenario.user.get("/api/forecast")).body.limits[0]).toMatchObject({ verdict: "unknown" });
    await syncAt(scenario, "2026-04-05T12:00:00Z");
    expect(countAttention(app(), { teamId: teamOf(app(), scenario.user.email) }).unused).toBe(0);
    // Never used until now: it was 0 on every day before.
    scenario.harness.sim.options.keyFields = {};
    await syncAt(scenario, "2026-04-05T13:00:00Z");
    expect(countAttention(app(), { teamId: teamOf(app(), scenario.user.email) }).unused).toBe(1);
    expect((await scenario.user.get("/api/forecast")).body.limits[0]).toMatchObject({ verdict: "never" });
  });
});

describe("BYOK of a covered key", () => {
  test("BYOK of a covered key is read from analytics once, in any order of syncs", async () => {
    const { key, manager } = createAccount(scenario);
    await add(scenario, key);
    for (let date = 2; date <= 4; date += 1) {
      useByok(key, `${day(date)}T09:00:00Z`, usd("1.5"), usd("0.5"));
      await syncAt(scenario, `${day(date)}T12:00:00Z`);
    }
    expect((await rows()).map(({ model }) => model)).toEqual(["(unattributed)", "(unattributed)", "(unattributed)"]);
    await add(scenario, manager);
    await syncAt(scenario, "2026-03-04T13:00:00Z");
    const expected = [2, 3, 4].map((date) => ({
      date: day(date),
      model: "openai/gpt-5",
      cost: "0.50",
      byok_cost: "1.50",
    }));
    expect(await rows()).toEqual(expected);
    // A correction of a past day shows in all-time counters as if it had just been spent.
    scenario.harness.sim.ledger.restate(key, day(2), "openai/gpt-5", { byokDeltaNanos: usd("0.7") });
    await syncAt(scenario, "2026-03-05T12:00:00Z");
    await syncAt(scenario, "2026-03-06T12:00:00Z");
    expect(await rows()).toEqual([{ ...expected[0], byok_cost: "2.20" }, ...expected.slice(1)]);
  });

  test("BYOK of a covered key that analytics does not show is read from counters", async () => {
    const { key, manager } = createAccount(scenario);
    await add(scenario, manager);
    await add(scenario, key);
    scenario.harness.sim.ledger.updateKey(manager, { disabled: true });
    useByok(key, "2026-03-02T09:00:00Z", usd("4"));
    await syncAt(scenario, "2026-03-02T12:00:00Z");
    await syncAt(scenario, "2026-03-03T12:00:00Z");
    expect(await rows()).toEqual([{ date: "2026-03-02", model: "(unattributed)", cost: "0.00", byok_cost: "4.00" }]);
  });
});
