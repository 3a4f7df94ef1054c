import { usd } from "@orwatch/openrouter-sim";
import { listLimits } from "@orwatch/server/keys/list/limits";
import { afterEach, beforeEach, expect, test } from "vitest";
import { alertsOf } from "../support/alerts/alerts.ts";
import {
  add,
  createAccount,
  keyOf,
  type Scenario,
  spend,
  startScenario,
  syncAt,
} from "../support/openrouter/scenario.ts";
import { request } from "../support/server/harness.ts";
import { teamOf } from "../support/users/team.ts";

const TOKEN = "a-token-for-the-metrics-of-tests";

let scenario: Scenario;
beforeEach(async () => {
  scenario = await startScenario("2026-03-10T12:00:00Z", { env: { METRICS_TOKEN: TOKEN } });
});
afterEach(() => scenario.harness.close());

const { only, messages } = alertsOf(() => scenario);

/** An account that bought `bought` dollars and uses grants; its key has used $0.31. */
async function grown(bought: string) {
  const { account, key, manager } = createAccount(scenario);
  scenario.harness.sim.ledger.addCredits(account.id, usd(bought));
  spend(scenario, key, "2026-03-10T11:00:00Z", usd("0.31"));
  const managerId = await add(scenario, manager);
  await add(scenario, key);
  await only({ kind: "credits", amount: "5.00" });
  const before = await messages();
  await syncAt(scenario, "2026-03-10T13:00:00Z");
  const metrics = await request(`${scenario.harness.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } });
  return {
    account,
    credits: (await keyOf(scenario, managerId)).credits,
    limits: listLimits(scenario.harness.server.app, {
      teamId: teamOf(scenario.harness.server.app, scenario.user.email),
    }).items[0],
    forecast: (await scenario.user.get("/api/forecast")).body.credits,
    metrics: metrics.text,
    alerts: (await messages()).slice(before.length),
  };
}

test("credits of an account that never bought any are unknown everywhere", async () => {
  const { credits, limits, forecast, metrics, alerts } = await grown("0");
  expect(credits).toEqual({ total: "0.00", used: "0.31", remaining: null });
  expect(limits).toMatchObject({ credits_remaining: null, is_free_tier: true, first: null });
  expect(forecast).toMatchObject([{ remaining: null, verdict: "unknown", runs_out_on: null }]);
  expect(metrics).not.toContain("orwatch_key_credits_remaining_usd{");
  expect(alerts).toEqual([]);
});

test("remaining credits of an account that bought some are known", async () => {
  const { credits, limits, forecast, metrics, alerts } = await grown("0.40");
  expect(credits).toEqual({ total: "0.40", used: "0.31", remaining: "0.09" });
  expect(limits).toMatchObject({ credits_remaining: "0.09", is_free_tier: false, first: "credits" });
  expect(forecast).toMatchObject([{ remaining: "0.09" }]);
  expect(metrics).toMatch(/orwatch_key_credits_remaining_usd\{[^}]*\} 0\.09\n/);
  expect(alerts).toMatchObject([
    [{ code: "credits_below", params: { remaining: "90000000", threshold: "5000000000" } }],
  ]);
});

test("the first purchase fires an alert only when it is too small", async () => {
  const { account } = await grown("0");
  const before = await messages();
  scenario.harness.sim.ledger.addCredits(account.id, usd("20"));
  await syncAt(scenario, "2026-03-10T14:00:00Z");
  expect(await messages()).toEqual(before);
});
