import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { usd } from "../ledger/money.ts";
import type { Account, LedgerKey } from "../ledger/types.ts";
import { type Sim, startSim } from "../sim.ts";
import { ask, dayQuery } from "../test-support.ts";

let sim: Sim;
let account: Account;
let management: LedgerKey;
let key: LedgerKey;

beforeEach(async () => {
  sim = await startSim({ now: "2026-11-20T12:00:00Z", seed: 1 });
  account = sim.ledger.addAccount();
  management = sim.ledger.addManagementKey(account.id);
  key = sim.ledger.addKey(account.id, { name: "one" });
});

afterEach(() => sim.close());

const post = (body: unknown) => ask(sim, "/analytics/query", management.secret, body);
const rows = async (body: unknown) => (await post(body)).body.data.data;

function spend(at: string, model = "m/a", nanos = 1_500_000_000n, of = key) {
  sim.ledger.spend(new Date(at), of, model, {
    costNanos: nanos,
    byokNanos: 250_000_000n,
    requests: 3,
    promptTokens: 1200,
    completionTokens: 80,
  });
}

test("returns a row per model and day, with counts as strings and an exclusive end", async () => {
  spend("2026-11-18T00:00:00Z");
  spend("2026-11-18T23:59:59Z");
  spend("2026-11-19T00:00:00Z");
  spend("2026-11-17T23:59:59Z");
  const { body } = await post(dayQuery(key.hash, "2026-11-18", "2026-11-19"));
  expect(body.data.data).toEqual([
    {
      date__day: "2026-11-18",
      model: "m/a",
      credits_usage: 3,
      byok_usage: 0.5,
      request_count: "6",
      tokens_prompt: "2400",
      tokens_completion: "160",
    },
  ]);
  expect(body.data.metadata).toMatchObject({ row_count: 1, truncated: false });
});

test("includes the current day at once or after a lag", async () => {
  spend("2026-11-20T11:59:00Z");
  const today = dayQuery(key.hash, "2026-11-20", "2026-11-21");
  expect(await rows(today)).toHaveLength(1);
  sim.options.analyticsLagMs = 120_000;
  expect(await rows(today)).toHaveLength(0);
  sim.clock.advance(60_000);
  expect(await rows(today)).toHaveLength(1);
});

test("omits a late day until its instant, for one key or all", async () => {
  spend("2026-11-19T10:00:00Z");
  const query = dayQuery(key.hash, "2026-11-19", "2026-11-20");
  sim.options.lateDays.push({ day: "2026-11-19", until: new Date("2026-11-20T13:00:00Z"), keyHash: key.hash });
  expect(await rows(query)).toEqual([]);
  expect((await ask(sim, "/activity?date=2026-11-19", management.secret)).body.data).toEqual([]);
  sim.clock.set("2026-11-20T13:00:00Z");
  expect(await rows(query)).toHaveLength(1);
});

test("returns the bucket column and its values in every known shape", async () => {
  spend("2026-11-18T10:00:00Z");
  sim.options.bucketColumn = "created_at";
  sim.options.bucketValue = "iso";
  sim.options.countsAsStrings = false;
  sim.options.costsAsStrings = true;
  sim.options.nullsForZero = true;
  sim.ledger.restate(key, "2026-11-18", "m/a", { byokDeltaNanos: -250_000_000n });
  expect((await rows(dayQuery(key.hash, "2026-11-18", "2026-11-19")))[0]).toMatchObject({
    created_at__day: "2026-11-18T00:00:00.000Z",
    request_count: 3,
    credits_usage: "1.5",
    byok_usage: null,
  });
});

test("labels weeks by Monday and months by the first, and returns one total without granularity", async () => {
  spend("2026-11-15T10:00:00Z");
  spend("2026-11-16T10:00:00Z");
  const bucket = async (granularity: string | undefined) =>
    (await rows(dayQuery(key.hash, "2026-11-01", "2026-11-21", { granularity, metrics: ["credits_usage"] }))).map(
      (row: Record<string, unknown>) => [row[`date__${granularity}`], row.credits_usage],
    );
  expect(await bucket("week")).toEqual([
    ["2026-11-09", 1.5],
    ["2026-11-16", 1.5],
  ]);
  expect(await bucket("month")).toEqual([["2026-11-01", 3]]);
  expect(await bucket(undefined)).toEqual([[undefined, 3]]);
});

test("truncates more rows than the limit and says so", async () => {
  for (let i = 0; i < 30; i++) spend("2026-11-18T10:00:00Z", `m/${i}`);
  const { body } = await post(dayQuery(key.hash, "2026-11-18", "2026-11-19", { limit: 29 }));
  expect(body.data.metadata).toMatchObject({ row_count: 29, truncated: true });
  expect((await post(dayQuery(key.hash, "2026-11-18", "2026-11-19", { limit: 30 }))).body.data.metadata).toMatchObject({
    row_count: 30,
    truncated: false,
  });
});

test("returns a thousand rows without a limit and rejects limits above ten thousand", async () => {
  for (let i = 0; i < 1001; i++) sim.ledger.spendOnDay("2026-11-18", key, `m/${i}`, { costNanos: 1n });
  const { body } = await post(dayQuery(key.hash, "2026-11-18", "2026-11-19", { limit: undefined }));
  expect(body.data.metadata).toMatchObject({ row_count: 1000, truncated: true });
  expect((await post(dayQuery(key.hash, "2026-11-18", "2026-11-19", { limit: 10_001 }))).status).toBe(400);
});

test("returns no rows for unknown, deleted and foreign hashes, with a warning every other time", async () => {
  spend("2026-11-18T10:00:00Z");
  const foreign = sim.ledger.addKey(sim.ledger.addAccount().id);
  spend("2026-11-18T10:00:00Z", "m/a", 1n, foreign);
  sim.ledger.deleteKey(key);
  const answers = [];
  for (const hash of ["f".repeat(64), key.hash, foreign.hash]) {
    answers.push((await post(dayQuery(hash, "2026-11-18", "2026-11-19"))).body.data);
  }
  expect(answers.map((answer) => answer.data)).toEqual([[], [], []]);
  expect(answers.map((answer) => Boolean(answer.warnings))).toEqual([true, false, true]);
});

test("includes usage of deleted keys and the chat room in the account's total", async () => {
  spend("2026-11-18T10:00:00Z");
  spend("2026-11-18T10:00:00Z", "m/a", 500_000_000n, sim.ledger.chatroom(account.id));
  sim.ledger.deleteKey(key);
  const query = dayQuery(null, "2026-11-18", "2026-11-19", { dimensions: ["api_key_id"], metrics: ["credits_usage"] });
  expect(await rows(query)).toEqual([
    { date__day: "2026-11-18", api_key_id: "one", credits_usage: 1.5 },
    { date__day: "2026-11-18", api_key_id: "Chatroom", credits_usage: 0.5 },
  ]);
});

test("keys of one name have the same api_key_id, in two rows or one", async () => {
  spend("2026-11-18T10:00:00Z");
  spend("2026-11-18T10:00:00Z", "m/a", 1_500_000_000n, sim.ledger.addKey(account.id, { name: "one" }));
  const query = dayQuery(null, "2026-11-18", "2026-11-19", { dimensions: ["api_key_id"], metrics: ["credits_usage"] });
  const row = { date__day: "2026-11-18", api_key_id: "one", credits_usage: 1.5 };
  expect(await rows(query)).toEqual([row, row]);
  sim.options.sameNameKeys = "merge";
  expect(await rows(query)).toEqual([{ ...row, credits_usage: 3 }]);
});

test("returns rows for the known hashes of a query and a warning for the others", async () => {
  spend("2026-11-18T10:00:00Z");
  spend("2026-11-18T10:00:00Z", "m/b", 1n, sim.ledger.addKey(account.id));
  const filters = [{ field: "api_key_id", operator: "in", value: [key.hash, "e".repeat(64)] }];
  const { data } = (await post(dayQuery(null, "2026-11-18", "2026-11-19", { filters }))).body;
  expect(data.data.map((row: { model: string }) => row.model)).toEqual(["m/a"]);
  expect(data.warnings).toHaveLength(1);
  const byNumber = [{ field: "api_key_id", operator: "eq", value: key.numericId }];
  expect(await rows(dayQuery(null, "2026-11-18", "2026-11-19", { filters: byNumber }))).toHaveLength(1);
});

test("returns rows in the requested order or any; a limit per group counts as truncation", async () => {
  for (const day of ["2026-11-16", "2026-11-17", "2026-11-18"]) spend(`${day}T10:00:00Z`);
  const days = async (more: object) =>
    (await rows(dayQuery(key.hash, "2026-11-01", "2026-11-21", more))).map((row: { date__day: string }) =>
      row.date__day.slice(8),
    );
  expect(await days({})).toEqual(["16", "17", "18"]);
  expect(await days({ order_by: { field: "date", direction: "desc" } })).toEqual(["18", "17", "16"]);
  sim.options.rowOrder = "shuffled";
  expect((await days({})).sort()).toEqual(["16", "17", "18"]);
  sim.options.rowOrder = "asc";
  const limited = await post(dayQuery(key.hash, "2026-11-01", "2026-11-21", { group_limit: 2 }));
  expect(limited.body.data.metadata).toMatchObject({ row_count: 2, truncated: true });
});

test("a query by provider has the bucket column of the raw source and the same sums", async () => {
  spend("2026-11-18T10:00:00Z");
  const query = dayQuery(key.hash, "2026-11-18", "2026-11-19", { dimensions: ["model", "provider"] });
  expect(await rows(query)).toMatchObject([{ created_at__day: "2026-11-18", provider: "M", credits_usage: 1.5 }]);
});

test("a cached answer is outdated and states its age", async () => {
  sim.options.analyticsCacheMs = 60_000;
  const query = dayQuery(key.hash, "2026-11-18", "2026-11-19", { metrics: ["credits_usage"] });
  expect((await post(query)).body.data.cachedAt).toBeUndefined();
  sim.ledger.restate(key, "2026-11-18", "m/a", { deltaNanos: usd("2") });
  sim.clock.advance(59_000);
  const cached = (await post(query)).body.data;
  expect([cached.data, cached.cachedAt]).toEqual([[], Date.parse("2026-11-20T12:00:00Z")]);
  sim.clock.advance(1_000);
  expect(await rows(query)).toEqual([{ date__day: "2026-11-18", model: "m/a", credits_usage: 2 }]);
});

test("meta lists the fields of a query and sometimes unknown ones", async () => {
  sim.options.unknownFields = true;
  const { data } = (await ask(sim, "/analytics/meta", management.secret)).body;
  const metrics = data.metrics.map((metric: { name: string }) => metric.name);
  expect(metrics).toEqual(expect.arrayContaining(["credits_usage", "byok_usage", "request_count", "carbon_grams"]));
});

describe("metrics beyond cost and counts", () => {
  const metrics = [
    "reasoning_tokens",
    "cached_tokens",
    "byok_request_count",
    "usage_upstream",
    "usage_cache",
    "usage_data",
    "usage_web",
  ];
  const query = dayQuery(null, "2026-11-18", "2026-11-19", { metrics });
  const spendMore = (model = "m/a") =>
    sim.ledger.spendOnDay("2026-11-18", key, model, {
      costNanos: 1_500_000_000n,
      byokNanos: 1n,
      requests: 3,
      completionTokens: 80,
      reasoningTokens: 40,
      cachedTokens: 200,
      upstreamNanos: 1_600_000_000n,
      cacheNanos: -90_000_000n,
      dataNanos: -15_000_000n,
      webNanos: 5_000_000n,
    });

  test("metrics beyond cost and counts are listed by meta and equal the ledger", async () => {
    spendMore();
    const { data } = (await ask(sim, "/analytics/meta", management.secret)).body;
    expect(data.metrics.map((metric: { name: string }) => metric.name)).toEqual(expect.arrayContaining(metrics));
    expect(await rows(query)).toEqual([
      {
        date__day: "2026-11-18",
        model: "m/a",
        reasoning_tokens: "40",
        cached_tokens: "200",
        byok_request_count: "3",
        usage_upstream: 1.6,
        usage_cache: -0.09,
        usage_data: -0.015,
        usage_web: 0.005,
      },
    ]);
  });

  test("metrics can be left out of meta, of queries, of rows, or of every second row", async () => {
    for (const model of ["m/a", "m/b"]) spendMore(model);
    sim.options.unlistedMetrics = ["usage_web"];
    const { data } = (await ask(sim, "/analytics/meta", management.secret)).body;
    expect(data.metrics.map((metric: { name: string }) => metric.name)).not.toContain("usage_web");
    sim.options.missingColumns = ["usage_data"];
    sim.options.sparseColumns = ["usage_cache"];
    sim.options.columnValues = { usage_upstream: "much" };
    const answered = await rows(query);
    expect(answered.map((row: object) => "usage_data" in row)).toEqual([false, false]);
    expect(answered.map((row: object) => "usage_cache" in row)).toEqual([true, false]);
    expect(answered[0]).toMatchObject({ usage_upstream: "much", usage_web: 0.005 });
    sim.options.ignoredMetrics = ["usage_upstream"];
    const { data: warned } = (await post(query)).body;
    expect([warned.warnings, "usage_upstream" in warned.data[0]]).toEqual([["Ignored metric: usage_upstream"], false]);
    sim.options.unknownMetrics = ["usage_web"];
    const reply = await post(query);
    expect([reply.status, reply.body.error.message]).toEqual([400, "Invalid metric: usage_web"]);
  });
});
