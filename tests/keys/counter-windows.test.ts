import { usd } from "@orwatch/openrouter-sim";
import { evaluateAll } from "@orwatch/server/alerts/evaluation/evaluate";
import { countAttention } from "@orwatch/server/keys/list/attention";
import { listLimits } from "@orwatch/server/keys/list/limits";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
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
  // A Wednesday.
  scenario = await startScenario("2026-11-25T12:00:00Z", { env: { METRICS_TOKEN: TOKEN } });
});
afterEach(() => scenario.harness.close());

const app = () => scenario.harness.server.app;
const now = (instant: string) => scenario.harness.sim.clock.set(new Date(instant));
const teamId = () => teamOf(app(), scenario.user.email);
const metrics = async () =>
  (await request(`${scenario.harness.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })).text;

/** A key that spent $9 on the 25th and $21 earlier in the month, polled at 23:59 of the 25th. */
async function readBeforeMidnight(reset: "daily" | "weekly" | "monthly" | null, limit = usd("10")) {
  const { key } = createAccount(scenario);
  scenario.harness.sim.ledger.updateKey(key, { limitNanos: limit, limitReset: reset });
  spend(scenario, key, "2026-11-24", usd("21"));
  spend(scenario, key, "2026-11-25T12:00:00Z", usd("9"));
  const id = await add(scenario, key);
  await syncAt(scenario, "2026-11-25T23:59:00Z");
  return { key, id };
}

describe("counters of a window that has ended", () => {
  test("counters of an ended window are unknown everywhere until the next poll", async () => {
    const { id } = await readBeforeMidnight("daily");
    expect(await keyOf(scenario, id)).toMatchObject({
      usage_daily: "9.00",
      usage_weekly: "30.00",
      usage_monthly: "30.00",
      limit_remaining: "1.00",
      counters_at: "2026-11-25T23:59:00.000Z",
    });
    expect(countAttention(app(), { teamId: teamId() }).low_limit).toBe(1);
    expect(await metrics()).toContain(`orwatch_key_limit_remaining_usd{key="${id}",user="1"} 1.00\n`);

    now("2026-11-26T00:00:00Z");
    expect(await keyOf(scenario, id)).toMatchObject({
      usage: "30.00",
      usage_daily: null,
      usage_weekly: "30.00",
      usage_monthly: "30.00",
      byok_usage_daily: null,
      limit: "10.00",
      limit_remaining: null,
    });
    expect((await scenario.user.get("/api/keys")).body.items[0]).toMatchObject({
      usage_daily: null,
      limit_remaining: null,
    });
    expect(listLimits(app(), { teamId: teamId() }).items[0]).toMatchObject({
      usage_daily: null,
      limit: "10.00",
      limit_remaining: null,
      first: null,
    });
    expect(countAttention(app(), { teamId: teamId() }).low_limit).toBe(0);
    expect((await scenario.user.get("/api/keys?show=low_limit")).body.total).toBe(0);
    expect((await scenario.user.get("/api/forecast")).body.limits[0]).toMatchObject({
      limit_remaining: null,
      verdict: "unknown",
    });
    expect(await metrics()).not.toContain("orwatch_key_limit_remaining_usd{");
    expect(await metrics()).toContain(`orwatch_key_limit_usd{key="${id}",user="1"} 10.00\n`);

    await syncAt(scenario, "2026-11-26T00:30:00Z");
    expect(await keyOf(scenario, id)).toMatchObject({ usage_daily: "0.00", limit_remaining: "10.00" });
    expect(await metrics()).toContain(`orwatch_key_limit_remaining_usd{key="${id}",user="1"} 10.00\n`);
  });

  test("counters are not read in the first two minutes of the day", async () => {
    const { id } = await readBeforeMidnight("daily");
    scenario.harness.sim.options.lagMs = 60_000;
    await syncAt(scenario, "2026-11-26T00:00:30Z");
    expect(await keyOf(scenario, id)).toMatchObject({
      usage_daily: null,
      usage_weekly: "30.00",
      limit_remaining: null,
    });
    now("2026-11-26T05:00:00Z");
    expect((await keyOf(scenario, id)).usage_daily).toBeNull();
    await syncAt(scenario, "2026-11-27T00:02:00Z");
    expect(await keyOf(scenario, id)).toMatchObject({ usage_daily: "0.00", limit_remaining: "10.00" });
  });

  test.each([
    ["weekly", "2026-11-29T23:59:59Z", "2026-11-30T00:00:00Z", { usage_weekly: null, usage_monthly: "30.00" }],
    ["monthly", "2026-11-30T23:59:59Z", "2026-12-01T00:00:00Z", { usage_weekly: null, usage_monthly: null }],
  ] as const)(
    "counters of a key with a %s limit are valid until the reset at %s",
    async (reset, before, after, counters) => {
      const { id } = await readBeforeMidnight(reset, usd("100"));
      now(before);
      expect((await keyOf(scenario, id)).limit_remaining).toBe("70.00");
      now(after);
      expect(await keyOf(scenario, id)).toMatchObject({ limit_remaining: null, usage: "30.00", ...counters });
    },
  );

  test("counters keep a limit that never resets", async () => {
    const { id } = await readBeforeMidnight(null, usd("100"));
    now("2026-12-20T00:00:00Z");
    expect(await keyOf(scenario, id)).toMatchObject({ limit_remaining: "70.00", usage_monthly: null });
  });

  test("counters of an ended window stay unknown for a disabled or rejected key", async () => {
    const { id } = await readBeforeMidnight("daily", usd("5"));
    expect((await keyOf(scenario, id)).limit_remaining).toBe("-4.00");
    const refused = await readBeforeMidnight("daily", usd("5"));
    await scenario.user.put(`/api/keys/${id}`, { is_active: false });
    scenario.harness.sim.ledger.updateKey(refused.key, { disabled: true });
    for (const instant of ["2026-11-26T12:00:00Z", "2026-11-27T12:00:00Z"]) {
      await syncAt(scenario, instant);
      expect(await keyOf(scenario, id)).toMatchObject({ usage_daily: null, limit_remaining: null });
      expect(await keyOf(scenario, refused.id)).toMatchObject({ usage_daily: null, limit_remaining: null });
    }
  });

  test("unknown counters sort after known ones", async () => {
    const { id } = await readBeforeMidnight("daily");
    const { key } = createAccount(scenario);
    now("2026-11-26T00:10:00Z");
    spend(scenario, key, "2026-11-26T00:03:00Z", usd("0.10"));
    const fresh = await add(scenario, key);
    const ids = async (sort: string) =>
      (await scenario.user.get(`/api/keys?sort=${sort}`)).body.items.map((item: { id: number }) => item.id);
    expect(await ids("-usage_daily")).toEqual([fresh, id]);
    expect(await ids("usage_daily")).toEqual([fresh, id]);
    expect(await ids("-usage_monthly")).toEqual([id, fresh]);
  });

  test("unknown counters close an open alert without a notification and fire none", async () => {
    const { messages, only } = alertsOf(() => scenario);
    await readBeforeMidnight("daily", usd("9"));
    const { id } = await only({ kind: "limit_share", percents: [80] });
    await evaluateAll(app());
    const before = await messages();
    expect(before.at(-1)).toMatchObject([
      { code: "key_limit_share", params: { percent: 100, limit: "9000000000", resets: "daily" } },
    ]);
    const isOpen = () =>
      app()
        .db.reader.prepare("SELECT count(*) FROM alert_firings WHERE rule_id = ? AND resolved_at IS NULL")
        .pluck()
        .get(id);
    expect(isOpen()).toBe(1);
    now("2026-11-26T03:00:00Z");
    await evaluateAll(app());
    expect(isOpen()).toBe(0);
    expect(await messages()).toEqual(before);
  });
});

test("lists, cards and single keys agree at every instant", async () => {
  const { id, key } = await readBeforeMidnight("daily");
  let compared = 0;
  for (const reset of ["daily", "weekly", "monthly", "yearly", null])
    for (const read of ["2026-11-29T23:59:59.999Z", "2026-11-30T00:01:59.999Z", "2026-11-30T00:02:00.000Z"])
      for (const instant of [
        "2026-11-29T23:59:59.999Z",
        "2026-11-30T00:00:00Z",
        "2026-11-30T12:00:00Z",
        "2026-12-01T00:00:00Z",
      ]) {
        await app().db.prisma.apiKey.update({ where: { id }, data: { countersAt: new Date(read), limitReset: reset } });
        now(instant);
        const single = await keyOf(scenario, id);
        const [card] = listLimits(app(), { teamId: teamId() }).items;
        expect(card, `${reset} ${read} ${instant}`).toMatchObject({
          name: key.name,
          usage_daily: single.usage_daily,
          limit_remaining: single.limit_remaining,
        });
        const [limit] = (await scenario.user.get("/api/forecast")).body.limits;
        expect(limit.limit_remaining).toBe(single.limit_remaining);
        compared += 1;
      }
  expect(compared).toBe(60);
});
