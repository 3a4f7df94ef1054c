import type { LedgerKey } from "@orwatch/openrouter-sim";
import { fillRollUps } from "@orwatch/server/usage/test-support";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DETAILS } from "../support/checks/csv.ts";
import { expectIntact } from "../support/checks/integrity.ts";
import { createRemote, type Json, watchRemote } from "../support/openrouter/openrouter-account.ts";
import { add, createAccount, keyOf, type Scenario, startScenario, syncAt } from "../support/openrouter/scenario.ts";
import { issueToken } from "../support/openrouter/seed.ts";
import { expectExact, storedRows } from "../support/openrouter/truth.ts";
import { callerOf } from "../support/server/harness.ts";

const YESTERDAY = "2026-03-09";
const OPTIONAL = [
  "reasoning_tokens",
  "cached_tokens",
  "byok_request_count",
  "usage_upstream",
  "usage_cache",
  "usage_data",
  "usage_web",
];
const UNKNOWN = OPTIONAL.map(() => null);

let scenario: Scenario;
beforeEach(async () => {
  scenario = await startScenario("2026-03-10T12:00:00Z");
});
afterEach(async () => {
  expectIntact(scenario.harness);
  await scenario.harness.close();
});

const sim = () => scenario.harness.sim;
const AMOUNTS = { costNanos: 1_500_000n, requests: 3, promptTokens: 1200, completionTokens: 80 };
const DETAILED = {
  ...AMOUNTS,
  byokNanos: 7n,
  reasoningTokens: 41,
  cachedTokens: 250,
  upstreamNanos: 1_600_000_001n,
  cacheNanos: -90_000_000n,
  dataNanos: -15_000_003n,
  webNanos: 5_000_000n,
};
/** Spends on a day as a whole: what is spent twice adds up. */
const spendDetailed = (key: LedgerKey, day = YESTERDAY, model = "a/one", more = {}) =>
  sim().ledger.spendOnDay(day, key, model, { ...DETAILED, ...more });

/** A covered key with one row of yesterday, synced. */
async function watchKey() {
  const { key, manager } = createAccount(scenario);
  spendDetailed(key);
  await add(scenario, manager);
  const keyId = await add(scenario, key);
  return { key, keyId, manager };
}

const detailsOf = (keyId: number) => storedRows(scenario.harness, keyId).map(({ details }) => details);
const asked = (path: string) => sim().requests.filter((request) => request.path === path);
/** The optional metrics of each query by model. */
const askedMetrics = () =>
  asked("/analytics/query").flatMap(({ body }) => {
    const { metrics, dimensions } = body as { metrics: string[]; dimensions?: string[] };
    return dimensions ? [metrics.filter((name) => OPTIONAL.includes(name))] : [];
  });
const expectNoSyncError = async (keyId: number) => expect((await keyOf(scenario, keyId)).last_sync_error).toBeNull();

describe("details of usage rows", () => {
  test("details of usage rows match the ledger to the nano-dollar", async () => {
    const { key, manager } = createAccount(scenario);
    for (const day of ["2025-05-01", "2026-03-08", YESTERDAY])
      for (const model of ["a/one", "b/two"]) spendDetailed(key, day, model, { webNanos: BigInt(day.length) });
    spendDetailed(key, YESTERDAY, "a/one", { byokNanos: 0n });
    sim().ledger.spendOnDay(YESTERDAY, key, "free/one", { costNanos: 0n, requests: 0 });
    await add(scenario, manager);
    const keyId = await add(scenario, key);
    expectExact(scenario.harness, { keyId, keyHash: key.hash });
    expect(detailsOf(keyId).flat()).not.toContain(null);
  });

  test("details are the last fields of usage rows in both APIs and in exports, and null if unknown", async () => {
    const { keyId } = await watchKey();
    sim().options.unlistedMetrics = OPTIONAL;
    const { key: other, manager } = createAccount(scenario);
    spendDetailed(other, YESTERDAY, "b/two");
    await add(scenario, manager);
    await add(scenario, other);
    const known = {
      reasoning_tokens: 41,
      cached_tokens: 250,
      byok_requests: 3,
      upstream_cost: "1.600000001",
      cache_saving: "-0.09",
      data_discount: "-0.015000003",
      web_search_cost: "0.005",
    };
    const unknown = Object.fromEntries(DETAILS.map((name) => [name, null]));
    const range = `start_date=${YESTERDAY}&end_date=${YESTERDAY}`;
    const token = callerOf(() => scenario.harness.url, (await issueToken(scenario.user)).token);
    const { items } = (await token.get(`/api/v1/usage?${range}`)).body;
    for (const rows of [(await scenario.user.get(`/api/usage?${range}`)).body, items]) {
      expect(rows).toMatchObject([
        { model: "a/one", ...known },
        { model: "b/two", ...unknown },
      ]);
      for (const row of rows) expect(Object.keys(row).slice(-DETAILS.length)).toEqual(DETAILS);
    }
    const file = (query: string) => scenario.user.get(`/api/usage/export?${range}&${query}`);
    expect((await file("format=json")).body).toMatchObject([known, unknown]);
    expect((await file("group_by=day&format=json")).body).toEqual([
      expect.objectContaining({ requests_count: 6, ...known }),
    ]);
    expect((await file(`group_by=model&format=json&exclude_api_key_id=${keyId}`)).body).toMatchObject([unknown]);
    const [head, first, second] = (await token.get(`/api/v1/usage/export?${range}`)).text.split("\r\n");
    expect(head).toMatch(new RegExp(`,${DETAILS},requests$`));
    expect(first).toMatch(/,41,250,3,1\.600000001,-0\.09,-0\.015000003,0\.005,3$/);
    expect(second).toMatch(/,,,,,,,3$/);
  });

  test("details of several rows of one model are summed, and unknown if one of them is unknown", async () => {
    const { key, manager } = createAccount(scenario);
    // Both are stored as (unknown).
    for (const model of ["", "(unattributed)"]) spendDetailed(key, YESTERDAY, model);
    spendDetailed(key, "2026-03-08", "");
    await add(scenario, manager);
    const keyId = await add(scenario, key);
    expect(detailsOf(keyId)).toMatchObject([
      [41n, 250n, 3n, 1_600_000_001n, -90_000_000n, -15_000_003n, 5_000_000n],
      [82n, 500n, 6n, 3_200_000_002n, -180_000_000n, -30_000_006n, 10_000_000n],
    ]);
    sim().options.sparseColumns = ["cached_tokens"];
    spendDetailed(key, YESTERDAY, "");
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    expect(detailsOf(keyId)[1]).toEqual([123n, null, 9n, 4_800_000_003n, -270_000_000n, -45_000_009n, 15_000_000n]);
  });

  test("details of spend known only from counters are unknown", async () => {
    const { key } = createAccount(scenario);
    const keyId = await add(scenario, key);
    sim().ledger.spend(new Date("2026-03-10T12:30:00Z"), key, "a/one", DETAILED);
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    expect(storedRows(scenario.harness, keyId)).toMatchObject([{ model: "(unattributed)", details: UNKNOWN }]);
    expect(asked("/analytics/meta")).toEqual([]);
  });
});

describe("the list of metrics", () => {
  test("the list of metrics is requested once a day for all keys of an account", async () => {
    const { key, manager } = await watchKey();
    const second = sim().ledger.addKey(key.accountId, { name: "second" });
    spendDetailed(second);
    const secondId = await add(scenario, second);
    for (const hour of ["13", "18", "23"]) await syncAt(scenario, `2026-03-10T${hour}:00:00Z`);
    await syncAt(scenario, "2026-03-11T11:00:00Z");
    expect(asked("/analytics/meta")).toHaveLength(1);
    expect(asked("/analytics/meta")[0]).toMatchObject({ accountId: manager.accountId });
    await syncAt(scenario, "2026-03-11T13:00:00Z");
    expect(asked("/analytics/meta")).toHaveLength(2);
    expectExact(scenario.harness, { keyId: secondId, keyHash: second.hash });
  });

  test("only listed metrics are requested, and others are unknown", async () => {
    sim().options.unlistedMetrics = ["usage_web", "cached_tokens"];
    sim().options.unknownMetrics = ["usage_web", "cached_tokens"];
    const { key, keyId } = await watchKey();
    const listed = OPTIONAL.filter((name) => name !== "usage_web" && name !== "cached_tokens");
    expect(askedMetrics()).toEqual(askedMetrics().map(() => listed));
    expect(detailsOf(keyId)).toEqual([[41n, null, 3n, 1_600_000_001n, -90_000_000n, -15_000_003n, null]]);
    expectExact(scenario.harness, { keyId, keyHash: key.hash, details: "where known" });
    await expectNoSyncError(keyId);
  });

  test.each(["500", "403", "html-200", "empty-object", "429"] as const)(
    "a list of metrics that cannot be read (%s) loses no usage, and the next list restores details",
    async (kind) => {
      const remove = sim().faults.add({ match: { path: "/analytics/meta" }, kind });
      const { key, keyId } = await watchKey();
      const tries = asked("/analytics/meta").length;
      expect(askedMetrics()).toEqual(askedMetrics().map(() => []));
      expect(detailsOf(keyId)).toEqual([UNKNOWN]);
      expectExact(scenario.harness, { keyId, keyHash: key.hash, details: "where known" });
      await expectNoSyncError(keyId);
      remove();
      await syncAt(scenario, "2026-03-10T20:00:00Z");
      expect(asked("/analytics/meta")).toHaveLength(tries);
      await syncAt(scenario, "2026-03-11T13:00:00Z");
      expectExact(scenario.harness, { keyId, keyHash: key.hash });
    },
  );
});

describe("a metric that queries reject", () => {
  test("a rejected metric is left out with the others until the next day, after one more query", async () => {
    sim().options.unknownMetrics = ["usage_data"];
    const { key, keyId } = await watchKey();
    expect(askedMetrics().filter((metrics) => metrics.length > 0)).toEqual([OPTIONAL]);
    expect(detailsOf(keyId)).toEqual([UNKNOWN]);
    expectExact(scenario.harness, { keyId, keyHash: key.hash, details: "where known" });
    await expectNoSyncError(keyId);
    sim().options.unknownMetrics = [];
    sim().clearRequests();
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    expect(askedMetrics().flat()).toEqual([]);
    expect(asked("/analytics/query").every(({ status }) => status === 200)).toBe(true);
    await syncAt(scenario, "2026-03-11T13:00:00Z");
    expectExact(scenario.harness, { keyId, keyHash: key.hash });
  });

  test("a metric that only causes a warning is left out too", async () => {
    sim().options.ignoredMetrics = ["usage_cache"];
    const { key, keyId } = await watchKey();
    expect(askedMetrics().filter((metrics) => metrics.length > 0)).toEqual([OPTIONAL]);
    expectExact(scenario.harness, { keyId, keyHash: key.hash, details: "where known" });
    await expectNoSyncError(keyId);
  });

  test("a rejected metric is found in the validator's envelope too", async () => {
    sim().options.badRequests = "zod";
    sim().options.unknownMetrics = ["usage_web"];
    const { key, keyId } = await watchKey();
    expectExact(scenario.harness, { keyId, keyHash: key.hash, details: "where known" });
    await expectNoSyncError(keyId);
  });
});

describe("a metric that rows lack", () => {
  test("a metric that is missing in all rows is unknown and never 0", async () => {
    sim().options.missingColumns = ["reasoning_tokens", "usage_cache"];
    const { key, keyId } = await watchKey();
    expect(detailsOf(keyId)).toEqual([[null, 250n, 3n, 1_600_000_001n, null, -15_000_003n, 5_000_000n]]);
    expectExact(scenario.harness, { keyId, keyHash: key.hash, details: "where known" });
    await expectNoSyncError(keyId);
  });

  test("a metric that is missing in some rows is unknown for these rows", async () => {
    sim().options.sparseColumns = ["byok_request_count", "usage_web"];
    const { key, manager } = createAccount(scenario);
    for (const model of ["a/one", "b/two", "c/three"]) spendDetailed(key, YESTERDAY, model);
    await add(scenario, manager);
    const keyId = await add(scenario, key);
    const rows = detailsOf(keyId);
    expect(rows.map((details) => details[2] === null)).toEqual(rows.map((details) => details[6] === null));
    expect(rows.map((details) => details[2]).sort()).toEqual([3n, 3n, null]);
    expectExact(scenario.harness, { keyId, keyHash: key.hash, details: "where known" });
  });

  test.each([
    ["reasoning_tokens", 0, [null, "", "many", -1, 1.5, 1e13, true, {}, []]],
    ["usage_upstream", 3, [null, "", "much", 1e9, "1e-400000", true, {}, []]],
  ] as const)("a metric with impossible values is unknown: %s", async (metric, index, values) => {
    const { key, keyId } = await watchKey();
    for (const [at, value] of values.entries()) {
      sim().options.columnValues = { [metric]: value };
      spendDetailed(key);
      await syncAt(scenario, `2026-03-10T${13 + at}:00:00Z`);
      expect(detailsOf(keyId)[0]?.[index], String(value)).toBeNull();
      expectExact(scenario.harness, { keyId, keyHash: key.hash, details: "where known" });
      await expectNoSyncError(keyId);
    }
    expect(scenario.harness.logged.filter(({ event }) => event === "openrouter.metric_malformed")).toEqual([
      expect.objectContaining({ metric }),
    ]);
  });

  test("a metric is unknown for rows that exceed the maximum of a day", async () => {
    sim().options.columnValues = { usage_upstream: 9_000_000, cached_tokens: 6e11 };
    const { key, manager } = createAccount(scenario);
    for (const model of ["a/one", "b/two"]) spendDetailed(key, YESTERDAY, model);
    await add(scenario, manager);
    const keyId = await add(scenario, key);
    const upstream = detailsOf(keyId).map((details) => [details[1], details[3]]);
    expect(upstream).toContainEqual([600_000_000_000n, 9_000_000_000_000_000n]);
    expect(upstream).toContainEqual([null, null]);
    await expectNoSyncError(keyId);
  });
});

describe("a detail that is known", () => {
  const idsOf = (keyId: number) =>
    scenario.harness.server.app.db.reader.prepare("SELECT id FROM usage_stats WHERE api_key_id = ?").pluck().all(keyId);

  test.each([
    ["metrics are not listed", () => Object.assign(sim().options, { unlistedMetrics: OPTIONAL })],
    ["metrics are rejected", () => Object.assign(sim().options, { unknownMetrics: OPTIONAL })],
    ["rows lack them", () => Object.assign(sim().options, { missingColumns: OPTIONAL })],
    ["the list cannot be read", () => void sim().faults.add({ match: { path: "/analytics/meta" }, kind: "500" })],
    ["/activity is used instead", () => void sim().faults.add({ match: { path: "/analytics/query" }, kind: "403" })],
  ])("a known detail stays while the amounts of its row stay, when %s", async (_, disturb) => {
    const { key, keyId } = await watchKey();
    disturb();
    await syncAt(scenario, "2026-03-11T13:00:00Z");
    expectExact(scenario.harness, { keyId, keyHash: key.hash });
    expect(idsOf(keyId)).toHaveLength(1);
  });

  test("a known detail becomes unknown when the amounts change without it", async () => {
    const { key, keyId } = await watchKey();
    sim().options.missingColumns = ["cached_tokens"];
    spendDetailed(key);
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    expect(detailsOf(keyId)).toEqual([[82n, null, 6n, 3_200_000_002n, -180_000_000n, -30_000_006n, 10_000_000n]]);
    sim().options.missingColumns = [];
    await syncAt(scenario, "2026-03-10T14:00:00Z");
    expectExact(scenario.harness, { keyId, keyHash: key.hash });
  });

  test("a restated detail changes alone and counts as new data", async () => {
    const { key, keyId } = await watchKey();
    const ids = idsOf(keyId);
    const version = async () =>
      (await scenario.user.get(`/api/usage?start_date=${YESTERDAY}&end_date=${YESTERDAY}`)).headers.get("etag");
    const before = await version();
    sim().ledger.restate(key, YESTERDAY, "a/one", { replaceWith: { ...DETAILED, cachedTokens: 251 } });
    expect((await syncAt(scenario, "2026-03-10T13:00:00Z")).rowsWritten).toBe(1);
    expectExact(scenario.harness, { keyId, keyHash: key.hash });
    expect(idsOf(keyId)).toEqual(ids);
    expect(await version()).not.toBe(before);
    expect((await syncAt(scenario, "2026-03-10T14:00:00Z")).rowsWritten).toBe(0);
  });

  test("details are read from /activity as far as it has them", async () => {
    const { key, keyId } = await watchKey();
    sim().faults.add({ match: { path: "/analytics/query" }, kind: "403" });
    spendDetailed(key);
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    expect(detailsOf(keyId)).toEqual([[82n, null, null, null, null, null, null]]);
    sim().options.undocumentedActivity = true;
    await syncAt(scenario, "2026-03-10T14:00:00Z");
    expect(detailsOf(keyId)).toEqual([[82n, 500n, 6n, null, null, null, null]]);
  });
});

describe("details of usage that belongs to no key", () => {
  const rest = async (): Promise<Json[]> =>
    (await scenario.user.get(`/api/usage?start_date=2026-03-01&end_date=2026-03-12`)).body.filter(
      (row: Json) => row.api_key_id === null,
    );

  async function watchAccount() {
    const remote = createRemote(scenario, 1_000_000_000_000n);
    const app = remote.addKey("app");
    const gone = remote.addKey("gone");
    spendDetailed(app);
    spendDetailed(gone, YESTERDAY, "a/one", { cachedTokens: 7, dataNanos: 3n });
    spendDetailed(sim().ledger.chatroom(remote.id), YESTERDAY, "a/one", { reasoningTokens: 0 });
    sim().ledger.deleteKey(gone);
    await watchRemote(scenario, remote);
    return { app, remote };
  }

  test("details of residuals are those of the account minus its keys", async () => {
    await watchAccount();
    const both = { byok_requests: 3, upstream_cost: "1.600000001", cache_saving: "-0.09", web_search_cost: "0.005" };
    expect(await rest()).toMatchObject([
      { kind: "deleted", ...both, reasoning_tokens: 41, cached_tokens: 7, data_discount: "0.000000003" },
      { kind: "chatroom", ...both, reasoning_tokens: 0, cached_tokens: 250, data_discount: "-0.015000003" },
    ]);
  });

  test("details of residuals are unknown while those of the account are", async () => {
    sim().options.missingColumns = ["usage_data"];
    const { app } = await watchAccount();
    expect((await rest()).map((row) => [row.kind, row.data_discount, row.reasoning_tokens])).toEqual([
      ["deleted", null, 41],
      ["chatroom", null, 0],
    ]);
    sim().options.missingColumns = [];
    sim().ledger.spend(new Date("2026-03-10T12:30:00Z"), app, "b/two", DETAILED);
    await syncAt(scenario, "2026-03-10T23:30:00Z");
    await syncAt(scenario, "2026-03-11T23:30:00Z");
    expect((await rest()).map((row) => [row.kind, row.data_discount])).toEqual([
      ["deleted", "0.000000003"],
      ["chatroom", "-0.015000003"],
    ]);
  });

  test("details of residuals are unknown where those of a key of the same name are, until they are known", async () => {
    const remote = createRemote(scenario, 1_000_000_000_000n);
    const [key, other] = [remote.addKey("Chatroom"), remote.addKey("Chatroom")];
    for (const one of [key, other]) spendDetailed(one);
    spendDetailed(sim().ledger.chatroom(remote.id), YESTERDAY, "a/one", { webNanos: 9n });
    await watchRemote(scenario, remote);
    expect(await rest()).toMatchObject([{ kind: "unknown", cached_tokens: 250, web_search_cost: "0.000000009" }]);
    await scenario.harness.server.app.db.write((connection) => {
      connection
        .prepare(
          `UPDATE usage_stats SET cached_tokens = NULL, web_search_cost = NULL
           WHERE api_key_id IN (SELECT id FROM api_keys WHERE key_hash = ?)`,
        )
        .run(key.hash);
      fillRollUps(connection);
    });
    spendDetailed(sim().ledger.chatroom(remote.id));
    await syncAt(scenario, "2026-03-10T13:00:00Z");
    expect(await rest()).toMatchObject([{ cached_tokens: null, web_search_cost: null, reasoning_tokens: 82 }]);
    for (const day of ["10", "11"]) await syncAt(scenario, `2026-03-${day}T23:30:00Z`);
    expect(await rest()).toMatchObject([{ cached_tokens: 500, web_search_cost: "0.005000009", reasoning_tokens: 82 }]);
  });
});
