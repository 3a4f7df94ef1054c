import { afterEach, beforeEach, expect, test } from "vitest";
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

test.each([
  ["a third dimension", { dimensions: ["model", "api_key_id", "user"] }, "dimensions: Too big"],
  ["no metric", { metrics: [] }, "metrics: Too small"],
  ["an unknown metric", { metrics: ["cost"] }, "Invalid metric"],
  ["a range without seconds", { time_range: { start: "2026-11-01T00:00Z", end: "2026-11-02T00:00Z" } }, "ISO datetime"],
  ["a range of dates", { time_range: { start: "2026-11-01", end: "2026-11-02" } }, "ISO datetime"],
  [
    "a range that ends before it starts",
    { time_range: { start: "2026-11-02T00:00:00Z", end: "2026-11-01T00:00:00Z" } },
    "before",
  ],
  ["366 days", { time_range: { start: "2025-11-20T00:00:00Z", end: "2026-11-21T00:00:00Z" } }, "maximum of 365 days"],
  [
    "32 days by provider",
    { dimensions: ["provider"], time_range: { start: "2026-10-20T00:00:00Z", end: "2026-11-21T00:00:00Z" } },
    "maximum of 31 days",
  ],
  ["a list for eq", { filters: [{ field: "api_key_id", operator: "eq", value: ["a"] }] }, "scalar"],
  ["no JSON", "{", "Malformed"],
])("rejects a query with %s", async (_what, change, message) => {
  const base = dayQuery(null, "2026-11-01", "2026-11-21");
  const reply = await post(typeof change === "string" ? change : { ...base, ...change });
  expect(reply.status).toBe(400);
  expect(reply.body.error.message).toContain(message);
});

test("can use the validator's error envelope", async () => {
  sim.options.badRequests = "zod";
  const reply = await post({ metrics: [] });
  expect([reply.status, reply.body.success, reply.body.error.name]).toEqual([400, false, "ZodError"]);
  expect((await ask(sim, "/analytics/query", key.secret, {})).body.error.code).toBe(403);
});

test("accepts 365 days that end tomorrow", async () => {
  expect((await post(dayQuery(key.hash, "2025-11-21", "2026-11-21"))).status).toBe(200);
});

test("rejects the 65th query within a minute with a time to wait, per account", async () => {
  const query = dayQuery(key.hash, "2026-11-18", "2026-11-19");
  for (let i = 0; i < 64; i++) expect((await post(query)).status).toBe(200);
  sim.clock.advance(20_000);
  const refused = await post(query);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "40"]);
  const other = sim.ledger.addManagementKey(sim.ledger.addAccount().id);
  expect((await ask(sim, "/analytics/query", other.secret, query)).status).toBe(200);
  sim.clock.advance(40_000);
  expect((await post(query)).status).toBe(200);
});
