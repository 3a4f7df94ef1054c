import { usd } from "@orwatch/openrouter-sim";
import { VERSION } from "@orwatch/server/platform/installation";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { alertsOf } from "../support/alerts/alerts.ts";
import { nanosOf } from "../support/checks/csv.ts";
import { createRemote, type Remote, watchRemote } from "../support/openrouter/openrouter-account.ts";
import { type Scenario, spend, startScenario, syncAt } from "../support/openrouter/scenario.ts";
import { issueToken } from "../support/openrouter/seed.ts";
import { type Caller, callerOf } from "../support/server/harness.ts";

let scenario: Scenario;
let token: Caller;
beforeEach(async () => {
  scenario = await startScenario("2026-03-10T12:00:00Z", { sim: { creditsLagMs: 0, lagMs: 0 } });
  token = callerOf(() => scenario.harness.url, (await issueToken(scenario.user)).token);
});
afterEach(() => scenario.harness.close());

const { only } = alertsOf(() => scenario);
const read = async (path: string) => {
  const answer = await token.get(`/api/v1/${path}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
};
const ledger = () => scenario.harness.sim.ledger;
const addKey = (remote: Remote, limitNanos: bigint) =>
  ledger().addKey(remote.id, { name: "app", limitNanos, limitReset: "daily" });

describe("keys", () => {
  test("a key has its limit, counters, status and totals as in /api/keys", async () => {
    const remote = createRemote(scenario, usd("10"));
    const key = addKey(remote, usd("3"));
    spend(scenario, key, "2026-03-10T11:00:00Z", usd("1.25"));
    await watchRemote(scenario, remote);
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    const { items, total, as_of } = await read("keys");
    const { body: own } = await scenario.user.get("/api/keys?limit=100&sort=name");
    expect(items).toHaveLength(own.total);
    expect(total).toBe(own.total);
    expect(as_of).toBe("2026-03-10T13:00:00.000Z");
    const { stats, ...app } = items.find(({ name }: { name: string }) => name === "app");
    expect(app).toMatchObject({
      limit: "3.00",
      limit_remaining: "1.75",
      limit_reset: "daily",
      usage_daily: "1.25",
      status: "valid",
      last_synced_at: "2026-03-10T13:00:00.000Z",
    });
    expect(own.items.find(({ name }: { name: string }) => name === "app")).toMatchObject(app);
    expect(stats).toEqual({ requests: 1, cost: "1.25", byok_cost: "0.00", total_requests: 1, total_cost: "1.25" });
  });

  test("a limit is unknown from its reset until the next sync, also with an ETag", async () => {
    const remote = createRemote(scenario, usd("10"));
    addKey(remote, usd("3"));
    await watchRemote(scenario, remote);
    const { headers, body } = await token.get("/api/v1/keys");
    const remaining = (items: { name: string; limit_remaining: string | null }[]) =>
      items.find(({ name }) => name === "app")?.limit_remaining;
    expect(remaining(body.items)).toBe("3.00");
    const again = { "if-none-match": headers.get("etag") ?? "" };
    expect((await token.get("/api/v1/keys", again)).status).toBe(304);
    scenario.harness.sim.clock.set(new Date("2026-03-11T00:00:00Z"));
    const next = await token.get("/api/v1/keys", again);
    expect([next.status, remaining(next.body.items)]).toEqual([200, null]);
  });
});

describe("credits", () => {
  test("lists every account with the day its credits run out", async () => {
    const rich = createRemote(scenario, usd("100"));
    const app = rich.addKey("app");
    for (let day = 1; day < 10; day += 1) spend(scenario, app, `2026-03-0${day}`, usd("2"));
    const free = createRemote(scenario);
    const [first, second] = [await watchRemote(scenario, rich), await watchRemote(scenario, free)];
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    const { items, as_of } = await read("credits");
    const { body: history } = await scenario.user.get(
      `/api/accounts/${first.id}/credits?start_date=2026-03-01&end_date=2026-03-10`,
    );
    const { body: account } = await scenario.user.get(`/api/accounts/${first.id}`);
    expect(history.run_out_date).toMatch(/^2026-0[4-9]/);
    expect(items).toEqual([
      {
        account_id: first.id,
        name: account.name,
        total: "100.00",
        used: "18.00",
        remaining: "82.00",
        runs_out_on: history.run_out_date,
      },
      { ...items[1], account_id: second.id, total: "0.00", remaining: null, runs_out_on: null },
    ]);
    expect(as_of).toBe("2026-03-10T13:00:00.000Z");
  });
});

describe("models", () => {
  test("lists models with their first and last day, whose costs sum to the total", async () => {
    const remote = createRemote(scenario, usd("100"));
    const [one, two] = [remote.addKey("one"), remote.addKey("two")];
    spend(scenario, one, "2026-03-02", usd("1"), "openai/gpt-5");
    spend(scenario, two, "2026-03-07", usd("2"), "openai/gpt-5");
    spend(scenario, two, "2026-03-05", usd("4"), "plain");
    await watchRemote(scenario, remote);
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    const { items } = await read("models");
    expect(items).toEqual([
      { model: "plain", vendor: "plain", first_used: "2026-03-05", last_used: "2026-03-05", cost: "4.00" },
      { model: "openai/gpt-5", vendor: "openai", first_used: "2026-03-02", last_used: "2026-03-07", cost: "3.00" },
    ]);
    const { summary } = await read("stats");
    expect(nanosOf(summary.total_cost)).toBe(usd("7"));
  });
});

describe("alerts", () => {
  test("lists an alert with its message from when it fires until it is resolved", async () => {
    const remote = createRemote(scenario, usd("100"));
    const key = addKey(remote, usd("10"));
    await watchRemote(scenario, remote);
    const { id: rule } = await only({ kind: "limit_share", percents: [50, 80] });
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    expect((await read("alerts")).items).toEqual([]);
    spend(scenario, key, "2026-03-10T13:10:00Z", usd("9"));
    await syncAt(scenario, "2026-03-10T14:00:00Z");
    const { items, as_of } = await read("alerts");
    expect(items).toEqual([
      {
        rule_id: rule,
        name: expect.any(String),
        state: "firing",
        since: "2026-03-10T14:00:00.000Z",
        message: expect.stringContaining("app"),
        reason: "key_limit_share",
        params: expect.objectContaining({ remaining: String(usd("1")) }),
      },
    ]);
    expect(as_of).toBe("2026-03-10T14:00:00.000Z");
    await scenario.user.post(`/api/alerts/rules/${rule}/snooze`, { hours: 2 });
    expect((await read("alerts")).items).toMatchObject([{ rule_id: rule, state: "snoozed" }]);
    await syncAt(scenario, "2026-03-11T13:00:00Z");
    expect((await read("alerts")).items).toEqual([]);
  });

  test("an alert of an older version has no message", async () => {
    const remote = createRemote(scenario, usd("100"));
    const key = addKey(remote, usd("10"));
    await watchRemote(scenario, remote);
    await only({ kind: "limit_share", percents: [50] });
    spend(scenario, key, "2026-03-10T12:10:00Z", usd("9"));
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    await scenario.harness.server.app.db.prisma.alertFiring.updateMany({ data: { message: null } });
    expect((await read("alerts")).items).toMatchObject([{ message: null, reason: null, params: null }]);
  });
});

test("the version is that of the header", async () => {
  const { body, headers } = await token.get("/api/v1/version");
  expect(body).toEqual({ version: VERSION });
  expect(headers.get("x-orwatch-version")).toBe(VERSION);
});
