import { message } from "@orwatch/messages/message";
import { usd } from "@orwatch/openrouter-sim";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { expectIntact } from "../support/checks/integrity.ts";
import {
  createRemote,
  type Json,
  keysByName,
  type Remote,
  watchRemote,
} from "../support/openrouter/openrouter-account.ts";
import { type Scenario, spend, startScenario, syncAt } from "../support/openrouter/scenario.ts";
import { issueToken } from "../support/openrouter/seed.ts";
import { expectAccountExact } from "../support/openrouter/truth.ts";
import { settle } from "../support/server/harness.ts";

const TODAY = "2026-03-10";
const YESTERDAY = "2026-03-09";
const RANGE = "start_date=2026-02-01&end_date=2026-03-12";

let scenario: Scenario;
let remote: Remote;
beforeEach(async () => {
  scenario = await startScenario(`${TODAY}T12:00:00Z`, { sim: { creditsLagMs: 0 } });
  remote = createRemote(scenario, usd("1000"));
});
afterEach(async () => {
  expectIntact(scenario.harness);
  await scenario.harness.close();
});

const ledger = () => scenario.harness.sim.ledger;
const later = (minutes: number) => syncAt(scenario, new Date(scenario.harness.sim.clock.nowMs() + minutes * 60_000));
const chatroom = () => ledger().chatroom(remote.id);

/** Amounts of what belongs to no key, by kind and day. */
async function residuals(): Promise<Record<string, Record<string, string>>> {
  const { body } = await scenario.user.get(`/api/usage?${RANGE}&limit=1000`);
  const kinds: Record<string, Record<string, string>> = {};
  for (const row of body.filter(({ api_key_id }: Json) => api_key_id === null)) {
    const days = kinds[row.kind] ?? {};
    kinds[row.kind] = { ...days, [row.date]: String(BigInt(days[row.date] ?? 0) + BigInt(Math.round(row.cost * 1e9))) };
  }
  return kinds;
}

/** Expects keys and residuals together to be what OpenRouter's ledger has of the whole account. */
async function expectTotals(): Promise<void> {
  const { items } = (await scenario.user.get("/api/accounts")).body;
  expectAccountExact(scenario.harness, { accountId: items[0].id, ledgerId: remote.id });
}

describe("usage that belongs to no watched key", () => {
  test("usage known only from counters is counted once when its key stops being watched", async () => {
    const { faults } = scenario.harness.sim;
    const key = remote.addKey("key");
    spend(scenario, key, YESTERDAY, 100n);
    const { id } = await watchRemote(scenario, remote);
    spend(scenario, key, `${TODAY}T12:10:00Z`, 2_000n);
    faults.add({ match: { path: "/analytics/query" }, kind: "500" });
    await later(60);
    expect((await scenario.user.get(`/api/usage?${RANGE}`)).body).toMatchObject([
      { date: TODAY, model: "(unattributed)" },
      { date: YESTERDAY },
    ]);
    await scenario.user.put(`/api/accounts/${id}/keys/${key.hash}`, { is_watched: false });
    faults.clear();
    await later(60);
    expect(await residuals()).toEqual({ not_watched: { [TODAY]: "2000" } });
    await expectTotals();
  });

  test("usage of a key that joins is counted once, wherever the sync is cut short", async () => {
    const app = remote.addKey("app");
    spend(scenario, app, YESTERDAY, 10n);
    spend(scenario, chatroom(), YESTERDAY, 7n);
    const { id } = await watchRemote(scenario, remote);
    await scenario.user.put(`/api/accounts/${id}`, { watch: "selected" });
    const joining = [0, 1, 2, 3, 4, 5].map((count) => ({ count, key: remote.addKey(`joins ${count}`) }));
    for (const { key } of joining) {
      spend(scenario, key, "2026-02-20", 200n);
      spend(scenario, key, YESTERDAY, 30n);
      spend(scenario, key, TODAY, 4n);
    }
    await later(47 * 60);
    await expectTotals();
    const { faults } = scenario.harness.sim;
    for (const { count, key } of joining) {
      faults.add({ match: { path: "/analytics/query" }, kind: "500", after: count });
      await scenario.user.put(`/api/accounts/${id}/keys/${key.hash}`, { is_watched: true });
      await settle(scenario.harness);
      await expectTotals();
      faults.clear();
    }
    await later(60);
    expect(await residuals()).toEqual({ chatroom: { [YESTERDAY]: "7" } });
    await expectTotals();
  });

  test("usage without a watched key is stored by cause and makes the totals equal OpenRouter's", async () => {
    const app = remote.addKey("app");
    const gone = remote.addKey("gone before");
    spend(scenario, app, YESTERDAY, 1_000n);
    spend(scenario, app, TODAY, 2_000n);
    spend(scenario, gone, YESTERDAY, 30n, "maker/old");
    spend(scenario, chatroom(), YESTERDAY, 400n);
    ledger().deleteKey(gone);
    const { id } = await watchRemote(scenario, remote);
    const quiet = remote.addKey("quiet");
    await scenario.user.put(`/api/accounts/${id}`, { watch: "selected" });
    const other = remote.addKey("other");
    await later(60);
    spend(scenario, other, `${TODAY}T13:10:00Z`, 5_000n);
    spend(scenario, quiet, `${TODAY}T13:10:00Z`, 0n);
    await later(60);
    expect(await residuals()).toEqual({
      chatroom: { [YESTERDAY]: "400" },
      deleted: { [YESTERDAY]: "30" },
      not_watched: { [TODAY]: "5000" },
    });
    await expectTotals();
    const { body } = await scenario.user.get("/api/stats/dashboard");
    expect(body.summary.total_cost).toBe("0.00000843");
    expect(body.keys).toEqual({ active: 2, total: 4 });
    expect(body.by_key.filter(({ api_key_id }: Json) => api_key_id === null)).toMatchObject([
      { name: "Not watched", kind: "not_watched", account_id: id, cost: "0.000005" },
      { name: "Chatroom", kind: "chatroom", account_id: id, cost: "0.0000004" },
      { name: "Deleted keys", kind: "deleted", account_id: id, cost: "0.00000003" },
    ]);
  });

  test.each([
    { kind: "spaces around it", name: "  app  " },
    { kind: "more than 100 characters", name: "a".repeat(120) },
  ])("usage of a key that is not watched has its cause if its name has $kind", async ({ name }) => {
    const [app, other] = [remote.addKey(name), remote.addKey("other")];
    const { id } = await watchRemote(scenario, remote);
    await scenario.user.put(`/api/accounts/${id}/keys/${app.hash}`, { is_watched: false });
    for (const key of [app, other]) spend(scenario, key, `${TODAY}T12:30:00Z`, 7n);
    await later(60);
    expect(await residuals()).toEqual({ not_watched: { [TODAY]: "7" } });
    await expectTotals();
  });

  test("usage of a key called Chatroom belongs to that key", async () => {
    const key = remote.addKey("Chatroom");
    spend(scenario, key, YESTERDAY, 10n);
    await watchRemote(scenario, remote);
    expect(await residuals()).toEqual({});
    spend(scenario, chatroom(), `${TODAY}T12:30:00Z`, 7n);
    await later(47 * 60);
    expect(Object.keys(await residuals())).toEqual(["unknown"]);
    await expectTotals();
  });

  test("usage of a name shared by a deleted key and one that is not watched has an unknown cause", async () => {
    const [one, two] = [remote.addKey("twin"), remote.addKey("twin")];
    for (const key of [one, two]) spend(scenario, key, YESTERDAY, 10n);
    const { id } = await watchRemote(scenario, remote);
    ledger().deleteKey(one);
    await scenario.user.put(`/api/accounts/${id}/keys/${two.hash}`, { is_watched: false });
    spend(scenario, two, `${TODAY}T12:30:00Z`, 7n);
    await later(60);
    expect(await residuals()).toEqual({ unknown: { [TODAY]: "7" } });
    await expectTotals();
  });

  test("usage of a key that is not watched has an unknown cause when a watched key has the same name", async () => {
    const [one, two] = [remote.addKey("twin"), remote.addKey("twin")];
    const { id } = await watchRemote(scenario, remote);
    await scenario.user.put(`/api/accounts/${id}/keys/${two.hash}`, { is_watched: false });
    for (const key of [one, two]) spend(scenario, key, `${TODAY}T12:30:00Z`, key === one ? 30n : 7n);
    await later(60);
    expect(await residuals()).toEqual({ unknown: { [TODAY]: "7" } });
    await expectTotals();
  });

  test("usage without a watched key decreases when a key is watched and increases when one is deleted in orwatch", async () => {
    const app = remote.addKey("app");
    spend(scenario, app, "2025-08-01", 900n);
    spend(scenario, app, YESTERDAY, 100n);
    const { id } = await watchRemote(scenario, remote);
    await scenario.user.delete(`/api/keys/${(await keysByName(scenario)).app.id}`);
    await later(60);
    expect(await residuals()).toEqual({ not_watched: { [YESTERDAY]: "100" } });
    await expectTotals();
    await scenario.user.put(`/api/accounts/${id}/keys/${app.hash}`, { is_watched: true });
    await settle(scenario.harness);
    await later(60);
    expect(await residuals()).toEqual({});
    await expectTotals();
  });

  test("the total of a new account is complete before its keys are read, and at each moment while they are", async () => {
    const keys = ["one", "two", "three"].map((name) => remote.addKey(name));
    const gone = remote.addKey("gone");
    for (const [index, key] of [...keys, gone, chatroom()].entries())
      for (const day of ["2025-08-01", "2026-02-10", YESTERDAY, TODAY])
        spend(scenario, key, day === TODAY ? `${TODAY}T11:00:00Z` : day, BigInt(10 ** index));
    ledger().deleteKey(gone);
    const { openRouter } = scenario.harness.server.app;
    const { queryAnalytics } = openRouter;
    let reads = 0;
    const wrong: object[] = [];
    openRouter.queryAnalytics = async (caller, query) => {
      if (query.keyHash !== null) {
        reads += 1;
        // Of today, only counters may know it.
        const { body } = await scenario.user.get("/api/stats/dashboard?start_date=2025-04-01&end_date=2026-03-12");
        for (const { date, cost } of body.by_date) {
          const { costNanos } = ledger().totals({ accountId: remote.id, from: date, to: date });
          if (BigInt(Math.round(Number(cost ?? 0) * 1e9)) !== costNanos) wrong.push({ date, cost, costNanos });
        }
      }
      return queryAnalytics(caller, query);
    };
    await watchRemote(scenario, remote);
    expect(wrong).toEqual([]);
    expect(reads).toBeGreaterThanOrEqual(keys.length);
    expect((await scenario.user.get("/api/accounts")).body.items[0]).toMatchObject({
      total_error: null,
      backfill: { done: 3, total: 3 },
    });
    expect(Object.keys(await residuals()).sort()).toEqual(["chatroom", "deleted"]);
    await expectTotals();
  });

  test("usage of a key that is deleted in orwatch while the total is read is not lost", async () => {
    const app = remote.addKey("app");
    spend(scenario, app, "2026-02-10", 900n);
    spend(scenario, app, "2025-08-01", 100n);
    const { openRouter } = scenario.harness.server.app;
    const { queryKeyNames } = openRouter;
    let isDeleted = false;
    // The newest days are read first.
    openRouter.queryKeyNames = async (caller, query) => {
      if (query.from < "2025-09-01" && !isDeleted) {
        isDeleted = true;
        const { id } = (await keysByName(scenario)).app;
        expect((await scenario.user.delete(`/api/keys/${id}`)).status).toBe(204);
      }
      return queryKeyNames(caller, query);
    };
    await watchRemote(scenario, remote);
    expect(isDeleted).toBe(true);
    await later(60);
    expect(await residuals()).toEqual({ not_watched: { "2026-02-10": "900" } });
    await expectTotals();
  });

  test("restated usage without a watched key is found within a day, or within a week if older than a month", async () => {
    await watchRemote(scenario, remote);
    for (const day of ["2025-10-05", "2026-02-20"]) spend(scenario, chatroom(), day, 100n);
    await later(60);
    await syncAt(scenario, "2026-03-12T23:30:00Z");
    expect((await residuals()).chatroom).toEqual({ "2026-02-20": "100" });
    // The year is read in parts, one per sync.
    await scenario.harness.restart({ SYNC_INTERVAL_MINUTES: "720" });
    for (let sync = 0; sync < 20; sync += 1)
      await syncAt(scenario, new Date(Date.parse("2026-03-13T12:00:00Z") + sync * 12 * 3_600_000));
    await expectTotals();
  });

  test("usage without a watched key is part of exports and of totals for API tokens", async () => {
    const app = remote.addKey("app");
    spend(scenario, app, YESTERDAY, 1_000n);
    spend(scenario, chatroom(), YESTERDAY, 400n);
    const { id } = await watchRemote(scenario, remote);
    const { id: keyId } = (await keysByName(scenario)).app;
    const csv = await scenario.user.get(`/api/usage/export?${RANGE}&format=csv`);
    const [head, ...rows] = csv.text.trim().split("\r\n");
    expect(head).toMatch(/,created_at,kind,account_id,reasoning_tokens,.*,web_search_cost$/);
    expect(rows.map((row) => row.split(",").slice(1, 3))).toEqual([
      [String(keyId), "app"],
      ["", "Chatroom"],
    ]);
    expect(rows[1]).toMatch(new RegExp(`,chatroom,${id},5,30,0,0.000000402,-0.000000002,0.00,0.00$`));
    const { token } = await issueToken(scenario.user);
    const get = async (path: string) =>
      (await (
        await fetch(`${scenario.harness.url}${path}`, { headers: { authorization: `Bearer ${token}` } })
      ).json()) as Json;
    expect((await get(`/api/v1/stats?${RANGE}`)).summary.total_cost).toBe("0.0000014");
    expect((await get(`/api/v1/usage?${RANGE}`)).items).toMatchObject([
      { api_key_id: null, api_key_name: "Chatroom", kind: "chatroom", account_id: id },
      { api_key_id: keyId, api_key_name: "app", kind: null },
    ]);
    expect((await get("/api/v1/keys")).total).toBe(2);
    const grouped = await scenario.user.get(`/api/usage/export?${RANGE}&format=json&group_by=key`);
    expect(grouped.body).toMatchObject([
      { api_key_id: keyId, cost: "0.000001", kind: null },
      { api_key_id: null, cost: "0.0000004", kind: "chatroom" },
    ]);
  });

  test("a total that cannot be read is an error of the account while its keys stay up to date", async () => {
    const app = remote.addKey("app");
    spend(scenario, app, YESTERDAY, 100n);
    const { id } = await watchRemote(scenario, remote);
    const account = async () => (await scenario.user.get(`/api/accounts/${id}`)).body;
    expect(await account()).toMatchObject({ total_error: null, total_error_message: null });
    const { openRouter } = scenario.harness.server.app;
    const { queryKeyNames } = openRouter;
    const problem = message("openrouter_server_error", { status: 500 });
    openRouter.queryKeyNames = async () => ({ ok: false, reason: "unreachable", status: 500, problem });
    spend(scenario, app, `${TODAY}T12:10:00Z`, 20n);
    spend(scenario, chatroom(), `${TODAY}T12:10:00Z`, 3n);
    await later(60);
    expect(await account()).toMatchObject({
      last_sync_error: null,
      total_error: expect.any(String),
      total_error_message: { code: "account_total_not_read", params: { cause: problem } },
    });
    expect((await keysByName(scenario)).app).toMatchObject({ last_sync_error: null, usage_daily: "0.00000002" });
    openRouter.queryKeyNames = queryKeyNames;
    await later(60);
    expect(await account()).toMatchObject({ total_error: null });
    await expectTotals();
  });

  test("a total lower than the sum of the keys changes nothing", async () => {
    const app = remote.addKey("app");
    spend(scenario, app, YESTERDAY, 1_000n);
    spend(scenario, chatroom(), YESTERDAY, 400n);
    await watchRemote(scenario, remote);
    const { sim } = scenario.harness;
    sim.options.lateDays = [{ day: YESTERDAY, until: new Date("2026-03-20T00:00:00Z") }];
    spend(scenario, app, `${TODAY}T12:30:00Z`, 1n);
    await later(60);
    expect(await residuals()).toEqual({ chatroom: { [YESTERDAY]: "400" } });
    sim.options.lateDays = [];
    await later(60);
    await expectTotals();
  });
});
