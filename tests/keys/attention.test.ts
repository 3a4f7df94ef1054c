import { usd } from "@orwatch/openrouter-sim";
import { countAttention } from "@orwatch/server/keys/list/attention";
import { getDeletionImpact } from "@orwatch/server/keys/removal";
import { findProgress } from "@orwatch/server/sync/progress";
import { syncAllOfTeam } from "@orwatch/server/sync/service";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { add, createAccount, type Scenario, spend, startScenario, syncAt } from "../support/openrouter/scenario.ts";
import { type Caller, request } from "../support/server/harness.ts";
import { teamOf } from "../support/users/team.ts";

let scenario: Scenario;
let otherUser: Caller;
let teamId: number;
const ids: Record<string, number> = {};

const app = () => scenario.harness.server.app;
const namesOf = async (query: string, user = scenario.user) => {
  const { body, status, text } = await user.get(`/api/keys?limit=100&${query}`);
  expect(status, text).toBe(200);
  expect(body.total).toBe(body.items.length);
  return body.items.map(({ name }: { name: string }) => name).sort();
};

beforeAll(async () => {
  scenario = await startScenario("2026-03-10T12:00:00Z");
  otherUser = await scenario.harness.createUser();
  const { sim } = scenario.harness;
  const { account, key: busy, manager } = createAccount(scenario);
  const make = (name: string, limits: object = {}) => sim.ledger.addKey(account.id, { name, ...limits });
  const keys = {
    idle: make("idle", { limitNanos: usd("10") }),
    never: make("never", { limitNanos: usd("10"), limitReset: "daily" }),
    old: make("old", { limitNanos: usd("10") }),
    low: make("low", { limitNanos: usd("10"), includeByokInLimit: true }),
    over: make("over", { limitNanos: usd("1") }),
    edge: make("edge", { limitNanos: usd("10") }),
    off: make("off"),
  };
  spend(scenario, busy, "2026-03-09", usd("3"));
  spend(scenario, keys.idle, "2026-02-08", usd("0.5"));
  spend(scenario, keys.old, "2026-02-09", usd("0.5"));
  spend(scenario, keys.low, "2026-03-09", usd("8"));
  spend(scenario, keys.over, "2026-03-08", usd("1.25"));
  spend(scenario, keys.edge, "2026-03-09", usd("7.99"));
  spend(scenario, keys.off, "2025-12-01", usd("0.5"));
  ids.manager = await add(scenario, manager);
  ids.busy = await add(scenario, busy);
  for (const [name, key] of Object.entries(keys)) ids[name] = await add(scenario, key);
  ids.lone = await add(scenario, sim.ledger.addKey(sim.ledger.addAccount().id, { name: "lone" }));
  await syncAt(scenario, "2026-03-10T12:30:00Z");
  await scenario.user.put(`/api/keys/${ids.off}`, { is_active: false });
  teamId = teamOf(app(), scenario.user.email);
});
afterAll(() => scenario.harness.close());

describe("keys that need attention", () => {
  test("counts keys unused for 30 days including today, except disabled and new ones", async () => {
    expect(await namesOf("show=unused")).toEqual(["idle", "never"]);
  });

  test("counts keys without a limit, near it and over it", async () => {
    expect(await namesOf("show=no_limit")).toEqual([expect.stringContaining("app-"), "lone"]);
    expect(await namesOf("show=low_limit")).toEqual(["low", "over"]);
    const { body } = await scenario.user.get(`/api/keys/${ids.over}`);
    expect(body).toMatchObject({ limit_remaining: "-0.25", include_byok_in_limit: false });
    expect((await scenario.user.get(`/api/keys/${ids.low}`)).body.include_byok_in_limit).toBe(true);
  });

  test("counts of keys that need attention match the filtered lists", () => {
    expect(countAttention(app(), { teamId })).toEqual({
      spending: 8,
      unused: 2,
      no_limit: 2,
      low_limit: 2,
      failing: 0,
    });
  });

  test("a filter of keys applies to counts and lists of keys that need attention", async () => {
    const only = { api_key_id: [ids.idle, ids.low, ids.lone] as number[] };
    expect(countAttention(app(), { teamId, ...only })).toMatchObject({
      spending: 3,
      unused: 1,
      no_limit: 1,
      low_limit: 1,
    });
    const query = only.api_key_id.map((id) => `api_key_id=${id}`).join("&");
    expect(await namesOf(`show=low_limit&${query}`)).toEqual(["low"]);
    expect(await namesOf(query)).toEqual(["idle", "lone", "low"]);
    expect(countAttention(app(), { teamId, exclude_api_key_id: [ids.low as number] })).toMatchObject({ low_limit: 1 });
    expect(await namesOf(`show=low_limit&exclude_api_key_id=${ids.low}`)).toEqual(["over"]);
    expect(countAttention(app(), { teamId, api_key_id: [] }).spending).toBe(0);
  });

  test("a key without a sync for two days is not known to be unused", async () => {
    const later = { ...app(), clock: { ...app().clock, now: () => new Date("2026-03-12T12:31:00Z") } };
    expect(countAttention(later, { teamId }).unused).toBe(0);
  });

  test("counts of keys that need attention include keys of the user only", async () => {
    for (const show of ["unused", "no_limit", "low_limit", "failing"])
      expect(await namesOf(`show=${show}`, otherUser)).toEqual([]);
    expect((await otherUser.get("/api/keys?show=odd")).status).toBe(400);
  });
});

describe("data deleted with a key", () => {
  test("data deleted with a key is counted by rows, days and cost, and by the keys it covers", () => {
    expect(getDeletionImpact(app(), { teamId, id: ids.low as number })).toEqual({
      id: ids.low,
      usage_rows: 1,
      usage_days: 1,
      cost: "8.00",
      first_day: "2026-03-09",
      last_day: "2026-03-09",
      covered_keys: 0,
    });
    expect(getDeletionImpact(app(), { teamId, id: ids.never as number })).toMatchObject({
      usage_rows: 0,
      first_day: null,
    });
    expect(getDeletionImpact(app(), { teamId, id: ids.manager as number }).covered_keys).toBe(8);
  });

  test("data deleted with a key is shown to its owner only", () => {
    expect(() => getDeletionImpact(app(), { teamId: teamId + 1, id: ids.low as number })).toThrow("key_not_found");
  });
});

describe("progress of a manual sync", () => {
  test("progress of a manual sync is shown to the user who started it until it is done", async () => {
    expect(findProgress(app(), { teamId })).toBeNull();
    scenario.harness.sim.clock.set(new Date("2026-03-10T13:00:00Z"));
    const seen: unknown[] = [];
    const sync = syncAllOfTeam(app(), { teamId });
    let isDone = false;
    void sync.finally(() => {
      isDone = true;
    });
    while (!isDone) {
      const progress = findProgress(app(), { teamId });
      if (progress) seen.push(progress.done);
      if (progress) expect(progress.keys).toBe(9);
      expect(findProgress(app(), { teamId: teamId + 1 })).toBeNull();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await sync).status).toBe("ok");
    expect(new Set(seen).size).toBeGreaterThan(2);
    expect(seen).toEqual([...seen].sort((a, b) => Number(a) - Number(b)));
    expect(findProgress(app(), { teamId })).toBeNull();
  });

  test("progress of a manual sync requires a session over /trpc", async () => {
    const answer = await request(`${scenario.harness.url}/trpc/sync.progress?input=%7B%7D`);
    expect(answer.status).toBe(401);
  });
});
