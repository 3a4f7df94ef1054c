import { usd } from "@orwatch/openrouter-sim";
import { countAttention } from "@orwatch/server/keys/list/attention";
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
import { teamOf } from "../support/users/team.ts";

let scenario: Scenario;
beforeEach(async () => {
  scenario = await startScenario("2026-03-10T12:00:00Z");
});
afterEach(() => scenario.harness.close());

const { messages, only } = alertsOf(() => scenario);
const app = () => scenario.harness.server.app;
const limitIn = async () => (await scenario.user.get("/api/forecast")).body.limits;

test("a limit of 0 counts as used up", async () => {
  const { key } = createAccount(scenario);
  scenario.harness.sim.ledger.updateKey(key, { limitNanos: 0n });
  const id = await add(scenario, key);
  await only({ kind: "limit_share", percents: [80, 100] });
  await syncAt(scenario, "2026-03-10T13:00:00Z");
  expect(await keyOf(scenario, id)).toMatchObject({ has_limit: true, limit: "0.00", limit_remaining: "0.00" });
  expect(countAttention(app(), { teamId: teamOf(app(), scenario.user.email) })).toMatchObject({
    no_limit: 0,
    low_limit: 1,
  });
  expect(listLimits(app(), { teamId: teamOf(app(), scenario.user.email) }).items[0]).toMatchObject({
    has_limit: true,
    limit: "0.00",
    first: "own",
  });
  expect(await limitIn()).toMatchObject([{ limit: "0.00", verdict: "used_up" }]);
  expect((await messages()).at(-1)).toMatchObject([
    { code: "key_limit_share", params: { key: key.name, percent: 100, limit: "0", remaining: "0", resets: null } },
  ]);
});

test("lowering a limit to 0 is not a recovery", async () => {
  const { key } = createAccount(scenario);
  scenario.harness.sim.ledger.updateKey(key, { limitNanos: usd("5") });
  spend(scenario, key, "2026-03-10T11:00:00Z", usd("5"));
  await add(scenario, key);
  await only({ kind: "limit_share", percents: [100] });
  await syncAt(scenario, "2026-03-10T13:00:00Z");
  const before = await messages();
  scenario.harness.sim.ledger.updateKey(key, { limitNanos: 0n });
  await syncAt(scenario, "2026-03-10T14:00:00Z");
  expect(await messages()).toEqual(before);
  scenario.harness.sim.ledger.updateKey(key, { limitNanos: null });
  await syncAt(scenario, "2026-03-10T15:00:00Z");
  expect((await messages()).at(-1)).toMatchObject([{ code: "key_limit_removed", params: { key: key.name } }]);
});

test("an unknown limit differs from no limit", async () => {
  const { key } = createAccount(scenario);
  scenario.harness.sim.ledger.updateKey(key, { limitNanos: usd("5") });
  spend(scenario, key, "2026-03-10T11:00:00Z", usd("5"));
  const id = await add(scenario, key);
  await only({ kind: "limit_share", percents: [100] });
  await syncAt(scenario, "2026-03-10T13:00:00Z");
  const before = await messages();
  scenario.harness.sim.options.keyFields = { limit: undefined, limit_remaining: undefined };
  await syncAt(scenario, "2026-03-10T14:00:00Z");
  expect(await keyOf(scenario, id)).toMatchObject({ has_limit: null, limit: null, limit_remaining: null });
  expect(countAttention(app(), { teamId: teamOf(app(), scenario.user.email) })).toMatchObject({
    no_limit: 0,
    low_limit: 0,
  });
  expect(listLimits(app(), { teamId: teamOf(app(), scenario.user.email) }).items[0]).toMatchObject({
    has_limit: null,
    limit: null,
    first: null,
  });
  expect(await limitIn()).toEqual([]);
  expect(await messages()).toEqual(before);
});

test("a limit with an unknown remainder is still a limit", async () => {
  const { key, manager, account } = createAccount(scenario);
  scenario.harness.sim.ledger.addCredits(account.id, usd("50"));
  scenario.harness.sim.ledger.updateKey(key, { limitNanos: usd("5") });
  scenario.harness.sim.options.keyFields = { limit_remaining: undefined };
  await add(scenario, manager);
  const id = await add(scenario, key);
  expect(await keyOf(scenario, id)).toMatchObject({ has_limit: true, limit: "5.00", limit_remaining: null });
  // It is unknown whether credits or limit run out first.
  expect(listLimits(app(), { teamId: teamOf(app(), scenario.user.email) }).items[0]).toMatchObject({
    has_limit: true,
    limit: "5.00",
    limit_remaining: null,
    credits_remaining: "50.00",
    first: null,
  });
  expect(countAttention(app(), { teamId: teamOf(app(), scenario.user.email) })).toMatchObject({
    no_limit: 0,
    low_limit: 0,
  });
  expect(await limitIn()).toMatchObject([{ limit: "5.00", limit_remaining: null, verdict: "unknown" }]);
});

test("shows no limit only when OpenRouter reports none", async () => {
  const { key } = createAccount(scenario);
  const id = await add(scenario, key);
  expect(await keyOf(scenario, id)).toMatchObject({ has_limit: false, limit: null, limit_remaining: null });
  expect(countAttention(app(), { teamId: teamOf(app(), scenario.user.email) })).toMatchObject({
    no_limit: 1,
    low_limit: 0,
  });
});
