import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Account, LedgerKey, SpendInput } from "../ledger/types.ts";
import { type Sim, startSim } from "../sim.ts";
import { ask, dayQuery } from "../test-support.ts";

let sim: Sim;
let account: Account;
let management: LedgerKey;
let key: LedgerKey;

beforeEach(async () => {
  sim = await startSim({ now: "2026-11-20T12:00:00Z", seed: 1, countsAsStrings: false });
  account = sim.ledger.addAccount();
  management = sim.ledger.addManagementKey(account.id);
  key = sim.ledger.addKey(account.id, { name: "one", member: "ada@example.com" });
});

afterEach(() => sim.close());

const post = (body: unknown) => ask(sim, "/analytics/query", management.secret, body);
const query = (more: object) =>
  dayQuery(key.hash, "2026-11-18", "2026-11-20", { metrics: ["credits_usage", "request_count"], ...more });
const rows = async (more: object) => (await post(query(more))).body.data.data;

function spend(at: string, input: Partial<SpendInput> = {}, of = key, model = "m/a") {
  sim.ledger.spend(new Date(at), of, model, { costNanos: 1_000_000_000n, ...input });
}

test.each([
  ["provider", { provider: "Azure" }, "Azure"],
  ["app", { app: "Acme Chat" }, "Acme Chat"],
  ["finish_reason", { finishReason: "length" }, "length"],
  ["external_user", { externalUser: "u-1" }, "u-1"],
  ["external_user", { externalUser: "" }, null],
  ["user", {}, "ada@example.com"],
  ["workspace", {}, "Default Workspace"],
])("splits usage by %s", async (dimension, input, value) => {
  spend("2026-11-18T10:00:00Z", input);
  const [row] = await rows({ dimensions: [dimension, "model"] });
  expect(row).toMatchObject({ [dimension]: value, model: "m/a", credits_usage: 1, request_count: 1 });
});

test("derives missing details from key and model, the same each time", async () => {
  for (const at of ["2026-11-18T10:00:00Z", "2026-11-18T11:00:00Z"]) spend(at);
  const answer = await rows({ dimensions: ["app", "finish_reason"] });
  expect(answer).toMatchObject([{ request_count: 2 }]);
  expect(await rows({ dimensions: ["app", "finish_reason"] })).toEqual(answer);
});

test("splits usage by hour, within a range that begins and ends within days", async () => {
  for (const at of ["2026-11-18T09:59:59Z", "2026-11-18T10:00:00Z", "2026-11-18T10:59:59Z", "2026-11-18T11:00:00Z"])
    spend(at);
  const hourly = { granularity: "hour", dimensions: ["api_key_id", "model"] };
  const times = (await rows(hourly)).map((row: Record<string, unknown>) => [row.date__hour, row.request_count]);
  expect(times).toEqual([
    ["2026-11-18 09:00:00", 1],
    ["2026-11-18 10:00:00", 2],
    ["2026-11-18 11:00:00", 1],
  ]);
  const range = { start: "2026-11-18T10:00:00Z", end: "2026-11-18T11:00:00Z" };
  expect(await rows({ ...hourly, time_range: range })).toMatchObject([{ api_key_id: "one", request_count: 2 }]);
});

test("usage of a whole day that is recorded at once has an hour", async () => {
  sim.ledger.spendOnDay("2026-11-18", key, "m/a", { costNanos: 5n, hour: 7 });
  expect(await rows({ granularity: "hour" })).toMatchObject([{ date__hour: "2026-11-18 07:00:00" }]);
});

test("filters several keys by their hashes at once", async () => {
  const other = sim.ledger.addKey(account.id, { name: "two" });
  const third = sim.ledger.addKey(account.id, { name: "three" });
  for (const of of [key, other, third]) spend("2026-11-18T10:00:00Z", {}, of);
  const filters = [{ field: "api_key_id", operator: "in", value: [key.hash, other.hash] }];
  const names = (await rows({ filters, dimensions: ["api_key_id"] })).map(
    (row: { api_key_id: string }) => row.api_key_id,
  );
  expect(names.sort()).toEqual(["one", "two"]);
});

test("returns percentiles of latency and throughput, the same each time", async () => {
  for (const provider of ["Azure", "OpenAI"]) spend("2026-11-18T10:00:00Z", { provider, requests: 10 });
  const metrics = ["p50_latency", "p95_latency", "p50_throughput", "p95_throughput"];
  const [both] = await rows({ metrics, dimensions: ["model"] });
  const each = await rows({ metrics, dimensions: ["provider", "model"] });
  const latencies = each.map((row: { p50_latency: number }) => row.p50_latency).sort((a: number, b: number) => a - b);
  expect([both.p50_latency, both.p95_latency]).toEqual(latencies);
  expect(both.p50_throughput).toBeLessThanOrEqual(both.p95_throughput);
  expect(await rows({ metrics, dimensions: ["model"] })).toEqual([both]);
});

describe("a range of 32 days", () => {
  const month = { time_range: { start: "2026-10-20T00:00:00Z", end: "2026-11-21T00:00:00Z" } };

  test.each([
    ["by hour", { granularity: "hour" }],
    ["by finish reason", { dimensions: ["finish_reason"] }],
    ["by end user", { dimensions: ["external_user"] }],
    ["with percentiles", { metrics: ["p50_latency"] }],
  ])("rejects a range of 32 days %s", async (_what, more) => {
    const { status, body } = await post(query({ ...month, ...more }));
    expect([status, body.error.message]).toEqual([400, expect.stringContaining("maximum of 31 days")]);
  });

  test.each(["app", "user", "workspace"])("accepts a range of 32 days by %s", async (dimension) => {
    expect((await post(query({ ...month, dimensions: [dimension] }))).status).toBe(200);
  });
});

test("rejects a dimension that meta does not list", async () => {
  sim.options.missingDimensions = ["app"];
  const { body } = await ask(sim, "/analytics/meta", management.secret);
  expect(body.data.dimensions.map(({ name }: { name: string }) => name)).not.toContain("app");
  expect((await post(query({ dimensions: ["app"] }))).status).toBe(400);
});

test("truncates a response at the maximum number of rows", async () => {
  sim.options.analyticsMaxRows = 1;
  for (const hour of ["08", "09"]) spend(`2026-11-18T${hour}:00:00Z`);
  const { body } = await post(query({ granularity: "hour" }));
  expect([body.data.data.length, body.data.metadata.truncated]).toEqual([1, true]);
});
