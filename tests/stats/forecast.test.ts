import { forecastMethod } from "@orwatch/messages/renderer";
import { keepForecasts } from "@orwatch/server/forecasts/keep";
import { runJobNow } from "@orwatch/server/jobs/service";
import { afterEach, beforeEach, expect, test } from "vitest";
import { add, createAccount, type Scenario, spend, startScenario, syncAt } from "../support/openrouter/scenario.ts";
import { issueToken } from "../support/openrouter/seed.ts";
import { callerOf } from "../support/server/harness.ts";

const DOLLAR = 1_000_000_000n;

let scenario: Scenario;
beforeEach(async () => {
  scenario = await startScenario("2026-03-16T12:00:00Z");
});
afterEach(() => scenario.harness.close());

/** A key with a management key and $10 on each of the 60 days before today. */
async function steady(limit: { dollars: bigint; reset: "daily" | "weekly" | "monthly" | null } | null = null) {
  const { account, key, manager } = createAccount(scenario);
  const { ledger } = scenario.harness.sim;
  ledger.addCredits(account.id, 1000n * DOLLAR);
  if (limit) ledger.updateKey(key, { limitNanos: limit.dollars * DOLLAR, limitReset: limit.reset });
  for (let back = 1; back <= 60; back++)
    spend(
      scenario,
      key,
      new Date(Date.parse("2026-03-16T12:00:00Z") - back * 86_400_000).toISOString().slice(0, 10),
      10n * DOLLAR,
    );
  const managerId = await add(scenario, manager);
  return { account, key, managerId, keyId: await add(scenario, key) };
}

const forecast = async (query = "") => (await scenario.user.get(`/api/forecast${query}`)).body;

test("a month without data is unknown", async () => {
  expect(await forecast()).toMatchObject({
    today: "2026-03-16",
    days_known: 0,
    month: null,
    limits: [],
    credits: [],
    record: { compared: 0, hits: 0, hit_rate: null, mean_error: null, past: [] },
  });
});

test("the forecast of all keys includes usage of their account without a key, as the dashboard does", async () => {
  const { account, keyId } = await steady();
  spend(scenario, scenario.harness.sim.ledger.chatroom(account.id), "2026-03-16", DOLLAR);
  await syncAt(scenario, "2026-03-16T13:00:00Z");
  const range = "start_date=2026-03-01&end_date=2026-03-31";
  const { summary } = (await scenario.user.get(`/api/stats/dashboard?${range}`)).body;
  expect(summary.total_cost).toBe("151.00");
  expect((await forecast()).month.spent).toBe("151.00");
  expect((await forecast()).credits).toMatchObject([{ keys_watched: 1 }]);
  expect((await forecast(`?api_key_id=${keyId}`)).month.spent).toBe("150.00");
  await keepForecasts(scenario.harness.server.app);
});

test("forecasts a steady month at its pace and the day credits run out", async () => {
  const { managerId } = await steady();
  const body = await forecast();
  expect(body).toMatchObject({
    days_known: 28,
    month: {
      start_date: "2026-03-01",
      end_date: "2026-03-31",
      spent: "150.00",
      low: "310.00",
      middle: "310.00",
      high: "310.00",
    },
    // $1000 were bought and $600 spent: $400 last for 40 days.
    credits: [
      {
        api_key_id: managerId,
        remaining: "400.00",
        keys_watched: 1,
        verdict: "runs_out",
        runs_out_on: "2026-04-24",
        earliest_on: "2026-04-24",
        latest_on: "2026-04-24",
      },
    ],
  });
  expect(body.method).toBe(forecastMethod);
  expect(forecastMethod).toMatch(/28 days/);
});

test.each([
  [{ dollars: 1000n, reset: "monthly" as const }, "never", null, "2026-04-01T00:00:00.000Z"],
  [{ dollars: 200n, reset: "monthly" as const }, "runs_out", "2026-03-20", "2026-04-01T00:00:00.000Z"],
  [{ dollars: 70n, reset: "weekly" as const }, "runs_out", "2026-03-22", "2026-03-23T00:00:00.000Z"],
  [{ dollars: 71n, reset: "weekly" as const }, "never", null, "2026-03-23T00:00:00.000Z"],
  [{ dollars: 11n, reset: "daily" as const }, "never", null, "2026-03-17T00:00:00.000Z"],
  [{ dollars: 700n, reset: null }, "runs_out", "2026-03-25", null],
  [{ dollars: 600n, reset: null }, "used_up", null, null],
])("forecasts the limit %o as %s %s", async (limit, verdict, on, resetsAt) => {
  const { keyId } = await steady(limit);
  const [found] = (await forecast()).limits;
  expect(found).toMatchObject({
    api_key_id: keyId,
    limit_reset: limit.reset,
    verdict,
    runs_out_on: on,
    resets_at: resetsAt,
  });
});

test("a limit whose window ended since the last sync is unknown until the next one", async () => {
  await steady({ dollars: 12n, reset: "daily" });
  await syncAt(scenario, "2026-03-17T05:00:00Z");
  scenario.harness.sim.clock.set(new Date("2026-03-18T05:00:00Z"));
  expect((await forecast()).limits[0]).toMatchObject({
    limit: "12.00",
    limit_remaining: null,
    verdict: "unknown",
    window: { start_date: "2026-03-18", end_date: "2026-03-18" },
  });
  await syncAt(scenario, "2026-03-18T06:00:00Z");
  expect((await forecast()).limits[0]).toMatchObject({ limit_remaining: "12.00", verdict: "never" });
});

test("a limit that resets before it runs out names the later window in which it does", async () => {
  const { key } = await steady({ dollars: 305n, reset: "monthly" });
  expect((await forecast()).limits[0]).toMatchObject({
    limit_remaining: "155.00",
    verdict: "runs_out",
    runs_out_on: "2026-03-31",
    window: { start_date: "2026-03-01", end_date: "2026-03-31" },
    next_window: null,
  });
  for (let day = Date.parse("2026-03-16T06:00:00Z"); day < Date.parse("2026-04-30"); day += 86_400_000)
    spend(scenario, key, new Date(day).toISOString(), 10n * DOLLAR);
  await syncAt(scenario, "2026-04-30T12:00:00Z");
  // April has 30 days, so it lasts; May has 31.
  expect((await forecast()).limits[0]).toMatchObject({
    limit_remaining: "15.00",
    verdict: "never",
    runs_out_on: null,
    resets_at: "2026-05-01T00:00:00.000Z",
    window: { start_date: "2026-04-01", end_date: "2026-04-30" },
    next_window: { start_date: "2026-05-01", end_date: "2026-05-31", runs_out_on: "2026-05-31" },
  });
});

test("a forecast can be limited to one key, and another user's key is 404", async () => {
  const [one] = [await steady(), await steady()];
  expect((await forecast()).month.spent).toBe("300.00");
  expect((await forecast(`?api_key_id=${one.keyId}`)).month.spent).toBe("150.00");
  const other = await scenario.harness.createUser();
  expect((await other.get(`/api/forecast?api_key_id=${one.keyId}`)).body).toMatchObject({ month: null, limits: [] });
  const { token } = await issueToken(scenario.user);
  const v1 = await callerOf(() => scenario.harness.url, token).get("/api/v1/forecast");
  expect(v1.body).toEqual(await forecast());
});

test("a forecast is stored once a day with the sync and compared when the month is over", async () => {
  const { key, keyId } = await steady();
  for (let day = 16; day <= 31; day++) {
    scenario.harness.sim.clock.set(new Date(`2026-03-${day}T23:00:00Z`));
    spend(scenario, key, `2026-03-${day}T22:00:00Z`, (day === 31 ? 40n : 10n) * DOLLAR);
    await runJobNow(scenario.harness.server.app, "sync");
    await keepForecasts(scenario.harness.server.app);
  }
  const before = (await forecast()).record;
  expect(before).toMatchObject({ compared: 0 });
  expect(before.past).toHaveLength(16);
  expect(before.past.at(-1)).toEqual({
    made_on: "2026-03-16",
    low: "310.00",
    middle: "310.00",
    high: "310.00",
    actual: null,
  });
  await syncAt(scenario, "2026-04-02T12:00:00Z");
  await keepForecasts(scenario.harness.server.app);
  expect((await forecast()).record.compared).toBe(0);
  await syncAt(scenario, "2026-04-05T12:00:00Z");
  await keepForecasts(scenario.harness.server.app);
  // Only the forecast of the 31st, made when the $40 were already spent, covers the result.
  const { record } = await forecast();
  expect(record).toMatchObject({ compared: 16, hits: 1, hit_rate: 6.3 });
  expect(record.past.find(({ made_on }: { made_on: string }) => made_on === "2026-03-16").actual).toBe("340.00");
  expect(record.mean_error).toBeCloseTo(8.3, 1);
  expect((await forecast(`?api_key_id=${keyId}`)).record).toMatchObject({ compared: 16 });
});

test("a forecast is not compared when a key it included was deleted", async () => {
  const { keyId } = await steady();
  await keepForecasts(scenario.harness.server.app);
  await scenario.user.delete(`/api/keys/${keyId}`);
  scenario.harness.sim.clock.set(new Date("2026-04-10T12:00:00Z"));
  await keepForecasts(scenario.harness.server.app);
  const { record } = await forecast();
  expect(record.compared).toBe(0);
  expect(record.past.map(({ actual }: { actual: string | null }) => actual)).toEqual([null]);
});
