import { usd } from "@orwatch/openrouter-sim";
import { thinCredits } from "@orwatch/server/accounts/credits/credits-history";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { alertsOf } from "../support/alerts/alerts.ts";
import { expectIntact } from "../support/checks/integrity.ts";
import { createRemote, type Json, type Remote, watchRemote } from "../support/openrouter/openrouter-account.ts";
import { type Scenario, spend, startScenario, syncAt } from "../support/openrouter/scenario.ts";
import { issueToken } from "../support/openrouter/seed.ts";
import { settle } from "../support/server/harness.ts";

const TODAY = "2026-03-10";
const RANGE = `start_date=2026-03-01&end_date=2026-03-31`;

let scenario: Scenario;
beforeEach(async () => {
  scenario = await startScenario(`${TODAY}T12:00:00Z`, { sim: { creditsLagMs: 0, lagMs: 0 } });
});
afterEach(async () => {
  expectIntact(scenario.harness);
  await scenario.harness.close();
});

const { only, messages } = alertsOf(() => scenario);
const ledger = () => scenario.harness.sim.ledger;
const buy = (remote: Remote, dollars: string) => ledger().addCredits(remote.id, usd(dollars));
const at = (instant: string) => syncAt(scenario, instant);
const creditsOf = async (id: number, range = RANGE): Promise<Json> =>
  (await scenario.user.get(`/api/accounts/${id}/credits?${range}`)).body;

describe("credits of an account", () => {
  test("credits are stored whenever they change, with purchases", async () => {
    const remote = createRemote(scenario, usd("10"));
    const app = remote.addKey("app");
    const { id } = await watchRemote(scenario, remote);
    await at(`${TODAY}T13:00:00Z`);
    spend(scenario, app, `${TODAY}T13:10:00Z`, usd("4"));
    await at(`${TODAY}T14:00:00Z`);
    buy(remote, "25");
    await at(`${TODAY}T15:00:00Z`);
    await at(`${TODAY}T16:00:00Z`);
    const { items, purchases, remaining_unknown } = await creditsOf(id);
    expect(items).toMatchObject([
      { total: "10.00", used: "0.00", remaining: "10.00" },
      { total: "10.00", used: "4.00", remaining: "6.00" },
      { total: "35.00", used: "4.00", remaining: "31.00" },
    ]);
    const hours = items.map((item: Json) => [item.at.slice(11, 13), item.last_seen_at.slice(11, 13)]);
    expect(hours).toEqual([
      ["12", "13"],
      ["14", "14"],
      ["15", "16"],
    ]);
    expect(purchases).toEqual([{ at: items[2].at, amount: "25.00" }]);
    expect(remaining_unknown).toBeNull();
  });

  test("the history of credits starts with the last change before the range, which is not a purchase in it", async () => {
    const remote = createRemote(scenario, usd("10"));
    const { id } = await watchRemote(scenario, remote);
    buy(remote, "5");
    await at(`${TODAY}T13:00:00Z`);
    expect(await creditsOf(id, "start_date=2026-03-12&end_date=2026-03-13")).toMatchObject({
      items: [{ total: "15.00" }],
      purchases: [],
    });
  });

  test("credits of an account that never bought any are unknown, with the reason", async () => {
    const remote = createRemote(scenario);
    spend(scenario, remote.addKey("app"), TODAY, usd("1"));
    const { id } = await watchRemote(scenario, remote);
    expect(await creditsOf(id)).toMatchObject({
      items: [{ total: "0.00", remaining: null }],
      remaining_unknown: "never_bought",
      run_out_date: null,
    });
  });

  test("credits run out on the day of the forecast", async () => {
    const remote = createRemote(scenario, usd("100"));
    const app = remote.addKey("app");
    for (let day = 1; day <= 9; day++) spend(scenario, app, `2026-03-0${day}`, usd("2"));
    const { id } = await watchRemote(scenario, remote);
    const { credits } = (await scenario.user.get("/api/forecast")).body;
    expect(credits[0].runs_out_on).toMatch(/^2026-/);
    expect((await creditsOf(id)).run_out_date).toBe(credits[0].runs_out_on);
  });

  test("credits are not updated by a response that cannot be read", async () => {
    const { id } = await watchRemote(scenario, createRemote(scenario, usd("10")));
    scenario.harness.sim.faults.add({ match: { path: "/credits" }, kind: "500", times: 3 });
    await at(`${TODAY}T13:00:00Z`);
    const { items } = await creditsOf(id);
    expect(items).toHaveLength(1);
    expect(items[0].last_seen_at).toBe(items[0].at);
  });

  test("credits for API tokens have the time at which OpenRouter last reported them", async () => {
    const remote = createRemote(scenario, usd("10"));
    const app = remote.addKey("app");
    await watchRemote(scenario, remote);
    const { token } = await issueToken(scenario.user);
    const read = async () => {
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(`${scenario.harness.url}/api/v1/credits`, { headers })).json() as Promise<Json>;
    };
    const first = await read();
    expect(first).toMatchObject({ items: [{ used: "0.00" }], as_of: expect.stringContaining(TODAY) });
    scenario.harness.sim.faults.add({ match: { path: "/credits" }, kind: "500", times: 3 });
    spend(scenario, app, `${TODAY}T12:30:00Z`, usd("1"));
    await at(`${TODAY}T13:00:00Z`);
    expect(await read()).toMatchObject({ items: [{ used: "0.00" }], as_of: first.as_of });
    await at(`${TODAY}T14:00:00Z`);
    expect(await read()).toMatchObject({ items: [{ used: "1.00" }], as_of: `${TODAY}T14:00:00.000Z` });
  });

  test("credits older than 31 days are thinned to the first and last reading of a day and to purchases", async () => {
    const remote = createRemote(scenario, usd("10"));
    const app = remote.addKey("app");
    const { id } = await watchRemote(scenario, remote);
    for (const hour of [13, 14, 15, 16]) {
      spend(scenario, app, `${TODAY}T${hour}:00:00Z`, usd("1"));
      if (hour === 14) buy(remote, "7");
      await at(`${TODAY}T${hour}:30:00Z`);
    }
    const before = await creditsOf(id);
    const thin = (today: string) => thinCredits(scenario.harness.server.app, { today, oldest: null });
    expect(await thin("2026-04-10")).toBe(0);
    expect(await thin("2026-04-11")).toBe(2);
    const after = await creditsOf(id);
    expect(after.items.map(({ used }: Json) => used)).toEqual(["0.00", "2.00", "4.00"]);
    expect(after.purchases).toEqual(before.purchases);
    expect(await thin("2026-04-11")).toBe(0);
  });
});

describe("the change of credits in a reconciliation", () => {
  const changes = async (id: number) => {
    const { items } = (
      await scenario.user.get(`/api/accounts/${id}/reconciliation?start_date=${TODAY}&end_date=2026-03-12`)
    ).body;
    return Object.fromEntries(items.map((item: Json) => [item.date, item.credits_change]));
  };

  test("the change of credits is the usage between readings within an hour of both ends of the day", async () => {
    const remote = createRemote(scenario, usd("100"));
    const app = remote.addKey("app");
    const { id } = await watchRemote(scenario, remote);
    await at(`${TODAY}T23:30:00Z`);
    spend(scenario, app, "2026-03-11T10:00:00Z", usd("3"));
    await at("2026-03-11T12:00:00Z");
    await at("2026-03-12T00:30:00Z");
    expect(await changes(id)).toEqual({ [TODAY]: null, "2026-03-11": "3.00", "2026-03-12": null });
  });

  test("the change of credits is unknown where one end was not read within an hour", async () => {
    const remote = createRemote(scenario, usd("100"));
    const app = remote.addKey("app");
    const { id } = await watchRemote(scenario, remote);
    await at(`${TODAY}T22:30:00Z`);
    spend(scenario, app, "2026-03-11T10:00:00Z", usd("3"));
    await at("2026-03-12T00:30:00Z");
    expect(await changes(id)).toEqual({ [TODAY]: null, "2026-03-11": null, "2026-03-12": null });
  });
});

describe("a rule about low credits", () => {
  test("an alert about low credits names the account", async () => {
    const remote = createRemote(scenario, usd("10"));
    const app = remote.addKey("app");
    const { id } = await watchRemote(scenario, remote);
    await scenario.user.put(`/api/accounts/${id}`, { name: "Acme Ltd" });
    await only({ kind: "credits", amount: "8.00" });
    spend(scenario, app, `${TODAY}T12:30:00Z`, usd("5"));
    await at(`${TODAY}T13:00:00Z`);
    expect((await messages()).flat()).toMatchObject([{ code: "credits_below", params: { key: "Acme Ltd" } }]);
  });

  test("a rule about low credits is kept when the management key is replaced", async () => {
    const remote = createRemote(scenario, usd("10"));
    const app = remote.addKey("app");
    const { id } = await watchRemote(scenario, remote);
    const { management_key_id: manager } = (await scenario.user.get(`/api/accounts/${id}`)).body;
    await only({ kind: "credits", amount: "8.00", api_key_ids: [manager] });
    const spare = ledger().addManagementKey(remote.id, { name: "spare" });
    expect((await scenario.user.put(`/api/accounts/${id}/key`, { key: spare.secret })).status).toBe(200);
    await settle(scenario.harness);
    spend(scenario, app, `${TODAY}T12:30:00Z`, usd("5"));
    await at(`${TODAY}T13:00:00Z`);
    expect((await messages()).flat().map(({ code }) => code)).toEqual(["credits_below"]);
  });
});
