import { message } from "@orwatch/messages/message";
import { evaluateAll } from "@orwatch/server/alerts/evaluation/evaluate";
import { runJobNow } from "@orwatch/server/jobs/service";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { alertsOf, DOLLAR } from "../support/alerts/alerts.ts";
import { add, createAccount, keyOf, type Scenario, spend, startScenario } from "../support/openrouter/scenario.ts";

let scenario: Scenario;
beforeEach(async () => {
  scenario = await startScenario("2026-03-10T12:00:00Z");
});
afterEach(() => scenario.harness.close());
const { at, inbox, limitTo, messages, only, notified } = alertsOf(() => scenario);

describe("a limit-share rule", () => {
  test.each([
    ["daily", "2026-03-11T12:00:00Z"],
    ["weekly", "2026-03-16T12:00:00Z"],
    ["monthly", "2026-04-01T12:00:00Z"],
  ] as const)(
    "sends one alert per threshold and window for a limit that resets %s, the highest of several",
    async (reset, next) => {
      const { key } = createAccount(scenario);
      limitTo(key, 10n, reset);
      const id = await add(scenario, key);
      await only({ kind: "limit_share" });
      spend(scenario, key, "2026-03-10T12:10:00Z", 5n * DOLLAR);
      await at("2026-03-10T13:00:00Z");
      await at("2026-03-10T14:00:00Z");
      spend(scenario, key, "2026-03-10T14:10:00Z", 6n * DOLLAR);
      await at("2026-03-10T15:00:00Z");
      await at("2026-03-10T23:30:00Z");
      const facts = { key_id: id, key: key.name, limit: "10000000000", resets: reset };
      expect(await messages()).toEqual([
        [message("key_limit_share", { ...facts, percent: 50, remaining: "5000000000" })],
        [message("key_limit_exceeded", { ...facts, percent: 110, exceeded_by: "1000000000" })],
      ]);
      await at(next);
      expect(await notified()).toHaveLength(2);
      spend(scenario, key, next.replace("12:00", "12:10"), 8n * DOLLAR);
      await at(next.replace("12:00", "13:00"));
      expect((await notified()).slice(2)).toEqual([[expect.objectContaining({ threshold: "80", value: "80" })]]);
    },
  );

  test("a limit-share rule sends one alert for a limit without reset, and one resolved notification when it is raised", async () => {
    const { key } = createAccount(scenario);
    limitTo(key, 10n);
    const id = await add(scenario, key);
    await only({ kind: "limit_share", percents: [80] });
    spend(scenario, key, "2026-03-10T12:10:00Z", 9n * DOLLAR);
    for (const day of [10, 11, 12]) await at(`2026-03-${day}T13:00:00Z`);
    expect(await notified()).toHaveLength(1);
    limitTo(key, 20n);
    for (const day of [13, 14]) await at(`2026-03-${day}T13:00:00Z`);
    expect((await messages())[1]).toEqual([
      message("key_limit_share_resolved", {
        key_id: id,
        key: key.name,
        threshold: 80,
        percent: 45,
        limit: "20000000000",
      }),
    ]);
    spend(scenario, key, "2026-03-14T14:00:00Z", 8n * DOLLAR);
    await at("2026-03-14T15:00:00Z");
    expect(await notified()).toHaveLength(3);
  });

  test("a limit-share rule includes BYOK spend only when the limit does", async () => {
    const ids = [];
    for (const includeByokInLimit of [true, false]) {
      const { account } = createAccount(scenario);
      const key = scenario.harness.sim.ledger.addKey(account.id, { limitNanos: 10n * DOLLAR, includeByokInLimit });
      ids.push(await add(scenario, key));
      scenario.harness.sim.ledger.spend(new Date("2026-03-10T12:10:00Z"), key, "openai/gpt-5", {
        costNanos: 1n * DOLLAR,
        byokNanos: 8n * DOLLAR,
      });
    }
    await only({ kind: "limit_share" });
    await at("2026-03-10T13:00:00Z");
    const { items } = await inbox();
    expect(items).toHaveLength(1);
    expect(items[0].items).toEqual([expect.objectContaining({ api_key_id: ids[0], threshold: "80", value: "90" })]);
  });

  test("a limit-share rule ignores counters of the previous day shortly after midnight", async () => {
    const { key } = createAccount(scenario);
    limitTo(key, 10n, "daily");
    await add(scenario, key);
    await only({ kind: "limit_share", percents: [100] });
    spend(scenario, key, "2026-03-10T12:10:00Z", 10n * DOLLAR);
    await at("2026-03-10T13:00:00Z");
    scenario.harness.sim.options.lagMs = 60_000;
    await at("2026-03-11T00:00:30Z");
    await at("2026-03-11T01:00:00Z");
    expect(await notified()).toHaveLength(1);
  });
});

test("low credits cause one alert per account, and one resolved notification", async () => {
  const { account, key, manager } = createAccount(scenario);
  const second = scenario.harness.sim.ledger.addManagementKey(account.id, { name: "second" });
  scenario.harness.sim.ledger.addCredits(account.id, 20n * DOLLAR);
  for (const one of [manager, second, key]) await add(scenario, one);
  await only({ kind: "credits", amount: "10.00" });
  spend(scenario, key, "2026-03-10T12:10:00Z", 12n * DOLLAR);
  await at("2026-03-10T13:00:00Z");
  scenario.harness.sim.ledger.addCredits(account.id, 1n * DOLLAR);
  await at("2026-03-10T14:00:00Z");
  const creditMessages = async () => (await messages()).flat().map(({ code, params }) => ({ code, ...params }));
  const below = { code: "credits_below", remaining: "8000000000", threshold: "10000000000" };
  expect(await creditMessages()).toMatchObject([below]);
  scenario.harness.sim.ledger.addCredits(account.id, 30n * DOLLAR);
  await at("2026-03-10T15:00:00Z");
  await at("2026-03-10T16:00:00Z");
  expect(await creditMessages()).toMatchObject([
    below,
    { code: "credits_resolved", remaining: "39000000000", threshold: "10000000000" },
  ]);
});

describe("a rule on the state of a key", () => {
  test("a key-status rule sends one alert when a key becomes invalid, and one resolved notification", async () => {
    const { key } = createAccount(scenario);
    const id = await add(scenario, key);
    await only({ kind: "key_invalid" });
    scenario.harness.sim.ledger.updateKey(key, { disabled: true });
    for (const hour of [13, 14, 15, 16]) await at(`2026-03-10T${hour}:00:00Z`);
    expect((await keyOf(scenario, id)).status).toBe("invalid");
    const named = { key_id: id, key: key.name };
    expect(await messages()).toEqual([[message("key_rejected", { ...named, cause: expect.anything() })]]);
    scenario.harness.sim.ledger.updateKey(key, { disabled: false });
    for (const hour of [17, 18]) await at(`2026-03-10T${hour}:00:00Z`);
    expect((await messages())[1]).toEqual([message("key_rejected_resolved", named)]);
    expect(await notified()).toHaveLength(2);
  });

  test("a key-status rule sends one alert before a key expires, without a sync, and none at expiry", async () => {
    const { account } = createAccount(scenario);
    const key = scenario.harness.sim.ledger.addKey(account.id, { expiresAt: new Date("2026-03-20T12:00:00Z") });
    const id = await add(scenario, key);
    await only({ kind: "key_expires", days: 7 });
    await runJobNow(scenario.harness.server.app, "alerts");
    expect(await notified()).toEqual([]);
    scenario.harness.sim.clock.set(new Date("2026-03-13T12:00:00Z"));
    await runJobNow(scenario.harness.server.app, "alerts");
    expect(await messages()).toEqual([
      [message("key_expires", { key_id: id, key: key.name, days: 7, expires_at: "2026-03-20T12:00:00.000Z" })],
    ]);
    scenario.harness.sim.clock.set(new Date("2026-03-21T12:00:00Z"));
    await runJobNow(scenario.harness.server.app, "alerts");
    expect(await notified()).toHaveLength(1);
  });

  test("a key-status rule alerts again in the right year after a clock in the wrong year", async () => {
    const { account } = createAccount(scenario);
    const key = scenario.harness.sim.ledger.addKey(account.id, { expiresAt: new Date("2026-06-20T12:00:00Z") });
    await add(scenario, key);
    await only({ kind: "key_expires", days: 7 });
    for (const instant of [
      "2027-03-10T12:00:00Z",
      "2026-03-10T12:15:00Z",
      "2026-06-14T12:00:00Z",
      "2026-06-14T12:15:00Z",
      "2026-06-15T12:00:00Z",
    ]) {
      scenario.harness.sim.clock.set(new Date(instant));
      await runJobNow(scenario.harness.server.app, "alerts");
    }
    expect((await messages()).flat()).toMatchObject([
      { code: "key_expired" },
      { code: "key_expires_resolved" },
      { code: "key_expires", params: { days: 6 } },
    ]);
  });

  test("a key-status rule alerts about a failing sync after hours of attempts, not after hours of downtime", async () => {
    const { key } = createAccount(scenario);
    await add(scenario, key);
    await only({ kind: "sync_stale", hours: 6 });
    scenario.harness.sim.clock.set(new Date("2026-03-12T12:00:00Z"));
    await runJobNow(scenario.harness.server.app, "alerts");
    expect(await notified()).toEqual([]);
    scenario.harness.sim.faults.add({ match: { keyHash: key.hash }, kind: "500" });
    await runJobNow(scenario.harness.server.app, "sync");
    await runJobNow(scenario.harness.server.app, "sync");
    expect((await messages()).flat()).toMatchObject([
      { code: "key_sync_stale", params: { hours: 6, synced_at: expect.stringMatching(/^2026-03-10T12:0/) } },
    ]);
    scenario.harness.sim.faults.clear();
    await runJobNow(scenario.harness.server.app, "sync");
    await runJobNow(scenario.harness.server.app, "sync");
    expect((await messages())[1]).toMatchObject([{ code: "key_sync_stale_resolved", params: { key: key.name } }]);
    expect(await notified()).toHaveLength(2);
  });

  test("a key-status rule sends one notification when a watched key is deleted", async () => {
    const [one, two] = [createAccount(scenario).key, createAccount(scenario).key];
    const ids = [await add(scenario, one), await add(scenario, two)];
    const rule = await only({ kind: "spend", span: "day", amount: "1.00", api_key_ids: ids });
    await scenario.user.delete(`/api/keys/${ids[0]}`);
    spend(scenario, two, "2026-03-10T12:10:00Z", 2n * DOLLAR);
    await at("2026-03-10T13:00:00Z");
    await at("2026-03-10T14:00:00Z");
    const deleted = { rule_id: rule.id, rule: "my rule", key_id: ids[0], key: one.name };
    expect(await messages()).toMatchObject([
      [{ code: "rule_key_deleted", params: { ...deleted, remaining: "some" } }],
      [{ code: "spend_above_threshold" }],
    ]);
    await scenario.user.delete(`/api/keys/${ids[1]}`);
    await evaluateAll(scenario.harness.server.app);
    expect((await messages())[2]).toMatchObject([{ code: "rule_key_deleted", params: { remaining: "none" } }]);
    const { body } = await scenario.user.get(`/api/alerts/rules/${rule.id}`);
    expect(body.keys).toEqual([
      { id: ids[0], name: one.name, is_deleted: true },
      { id: ids[1], name: two.name, is_deleted: true },
    ]);
  });
});
