import { message } from "@orwatch/messages/message";
import { usd } from "@orwatch/openrouter-sim";
import { evaluateAll } from "@orwatch/server/alerts/evaluation/evaluate";
import { afterEach, beforeEach, expect, test } from "vitest";
import { alertsOf } from "../support/alerts/alerts.ts";
import { createAccount, type Scenario, spend, startScenario, syncAt } from "../support/openrouter/scenario.ts";
import { settle } from "../support/server/harness.ts";

let scenario: Scenario;
beforeEach(async () => {
  scenario = await startScenario("2026-11-20T12:00:00Z");
});
afterEach(() => scenario.harness.close());

const { messages, only } = alertsOf(() => scenario);
const sums = async () => (await messages()).flat().filter(({ code }) => code === "spend_above_threshold");
const sumOf = (dollars: string) =>
  message("spend_above_threshold", {
    scope: { kind: "all" },
    period: "month",
    from: "2026-11-01",
    spent: String(usd(dollars)),
    threshold: String(usd("50")),
  });

/** Some keys of one account, each with $100 in the month. */
function account(keys: number) {
  const { account: owner, manager } = createAccount(scenario);
  const list = Array.from({ length: keys }, (_, index) =>
    scenario.harness.sim.ledger.addKey(owner.id, { name: `app ${index}` }),
  );
  for (const key of list) spend(scenario, key, "2026-11-10", usd("100"));
  return { manager, keys: list };
}

const addKey = async ({ name, secret }: { name: string; secret: string }) =>
  (await scenario.user.post("/api/keys", { name, key: secret })).status;

const rule = { kind: "spend", span: "month", amount: "50.00" };

test("keys added one after another cause one alert with their combined spend", async () => {
  const { manager, keys } = account(4);
  await only(rule);
  // The first two days of analytics take longest for the last keys; each key is added before the one before it has been read.
  scenario.harness.sim.options.latencyMs = 20;
  for (const key of [manager, ...keys]) expect(await addKey(key)).toBe(201);
  await settle(scenario.harness);
  scenario.harness.sim.options.latencyMs = 0;
  await syncAt(scenario, "2026-11-20T13:00:00Z");
  expect(await sums()).toEqual([sumOf("400")]);
});

test("a management key added later causes one alert with the combined spend of its keys", async () => {
  const { manager, keys } = account(4);
  for (const key of keys) expect(await addKey(key)).toBe(201);
  await settle(scenario.harness);
  await only(rule);
  scenario.harness.sim.options.latencyMs = 20;
  expect(await addKey(manager)).toBe(201);
  // "Sync now" of one key ends while the others are still being read.
  const [first] = (await scenario.user.get("/api/keys?sort=name")).body.items;
  await scenario.user.post(`/api/keys/${first.id}/sync`);
  await settle(scenario.harness);
  expect(await sums()).toEqual([sumOf("400")]);
});

test("combined spend is not evaluated until an interrupted first sync has finished", async () => {
  const { manager, keys } = account(2);
  const [one, other] = keys;
  for (const key of [manager, one, other]) if (key) expect(await addKey(key)).toBe(201);
  await settle(scenario.harness);
  const { app } = scenario.harness.server;
  // As a server leaves it that ends after the key was stored.
  const cutOff = { lastSyncedAt: null, watermark: null, yearResyncedOn: null, monthResyncedOn: null };
  await app.db.prisma.apiKey.updateMany({ where: { name: other?.name ?? "" }, data: cutOff });
  await app.db.write((connection) => {
    connection.prepare("DELETE FROM usage_stats WHERE api_key_id = (SELECT max(id) FROM api_keys)").run();
    connection.prepare("DELETE FROM usage_days WHERE api_key_id = (SELECT max(id) FROM api_keys)").run();
  });
  await only(rule);
  await evaluateAll(app);
  expect(await sums()).toEqual([]);
  await syncAt(scenario, "2026-11-20T13:00:00Z");
  expect(await sums()).toEqual([sumOf("200")]);
});

test("combined spend is evaluated although one key can never be synced", async () => {
  const { manager, keys } = account(1);
  for (const key of [manager, ...keys]) expect(await addKey(key)).toBe(201);
  await settle(scenario.harness);
  await only(rule);
  const other = scenario.harness.sim.ledger.addKey(manager.accountId, { name: "other" });
  spend(scenario, other, "2026-11-10", usd("100"));
  scenario.harness.sim.faults.add({ match: { path: "/analytics/query" }, kind: "500" });
  scenario.harness.sim.faults.add({ match: { path: "/activity" }, kind: "500" });
  expect(await addKey(other)).toBe(201);
  await settle(scenario.harness);
  expect(await sums()).toEqual([sumOf("100")]);
});
