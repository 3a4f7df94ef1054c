import { type KeyInput, usd } from "@orwatch/openrouter-sim";
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { expectIntact } from "../support/checks/integrity.ts";
import { type Caller, type Harness, settle, startHarness } from "../support/server/harness.ts";

// A Tuesday; in the suite's own time zone it is already 17:45.
const NOW = "2026-03-10T12:00:00Z";
const YESTERDAY = "2026-03-09";
const TODAY = "2026-03-10";
const MODEL = "openai/gpt-5-2026-01-01";

let harness: Harness;
let user: Caller;
let plain: Harness["sim"]["options"];
beforeAll(async () => {
  harness = await startHarness({ sim: { now: NOW } });
  plain = { ...harness.sim.options };
});
afterAll(() => harness.close());
beforeEach(async () => {
  harness.sim.clock.advance(61_000);
  user = await harness.createUser();
});
afterEach(() => {
  expectIntact(harness);
  harness.sim.faults.clear();
  Object.assign(harness.sim.options, plain);
});

const ledger = () => harness.sim.ledger;
const noon = (day: string) => new Date(`${day}T12:00:00Z`);

/** Stores keys and waits for their first sync. */
async function add(secret: string, name = "a key") {
  const answer = await user.post("/api/keys", { name, key: secret });
  expect(answer.status, answer.text).toBe(201);
  await settle(harness);
  return answer.body.id as number;
}

async function makeWatched(input: KeyInput = {}) {
  const account = ledger().addAccount({ creditsNanos: usd("100") });
  const key = ledger().addKey(account.id, { name: "app", ...input });
  const manager = ledger().addManagementKey(account.id, { name: "manager" });
  ledger().spend(noon(YESTERDAY), key, MODEL, { costNanos: usd("1.5"), byokNanos: usd("4"), promptTokens: 10 });
  return { account, key, manager, managerId: await add(manager.secret, "manager"), id: await add(key.secret, "app") };
}

const keyOf = async (id: number) => (await user.get(`/api/keys/${id}`)).body;
const sync = async (id: number) => (await user.post(`/api/keys/${id}/sync`)).body;
const rowsOf = async (id: number): Promise<[string, string, string][]> => {
  const answer = await user.get(`/api/usage?start_date=2026-03-01&end_date=${TODAY}&api_key_id=${id}`);
  return answer.body.map((row: Record<string, string>) => [row.date, row.model, row.cost]);
};

test("today is read from counters and never requested from /activity", async () => {
  const { account, key, id } = await makeWatched();
  ledger().spend(noon(TODAY), key, MODEL, { costNanos: usd("0.25") });
  harness.sim.clearRequests();
  harness.sim.faults.add({ match: { path: "/analytics/query" }, kind: "403" });
  await sync(id);
  const asked = harness.sim.requests.filter(({ path, accountId }) => path === "/activity" && accountId === account.id);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.every(({ query, status }) => query.date === undefined && status === 200)).toBe(true);
  expect(await rowsOf(id)).toEqual([
    [TODAY, "(unattributed)", "0.25"],
    [YESTERDAY, MODEL, "1.50"],
  ]);
});

test("a key above its limit in total is within it today", async () => {
  const { id } = await makeWatched({ limitNanos: usd("1"), limitReset: "daily" });
  expect(await keyOf(id)).toMatchObject({
    limit: "1.00",
    limit_remaining: "1.00",
    limit_reset: "daily",
    usage: "1.50",
    usage_daily: "0.00",
    status: "valid",
  });
});

test("a limit below the spend has a negative remainder", async () => {
  const { id } = await makeWatched({ limitNanos: usd("1"), limitReset: null });
  expect(await keyOf(id)).toMatchObject({ limit: "1.00", limit_remaining: "-0.50", limit_reset: null });
});

test("a key with no limit has neither limit nor remainder, not 0", async () => {
  const { id } = await makeWatched();
  expect(await keyOf(id)).toMatchObject({ limit: null, limit_remaining: null, limit_reset: null });
});

test("the remainder is OpenRouter's with and without include_byok_in_limit", async () => {
  const without = await makeWatched({ limitNanos: usd("10"), includeByokInLimit: false });
  const within = await makeWatched({ limitNanos: usd("10"), includeByokInLimit: true });
  expect((await keyOf(without.id)).limit_remaining).toBe("8.50");
  expect((await keyOf(within.id)).limit_remaining).toBe("4.50");
});

test("BYOK is shown beside the cost and not added to it", async () => {
  const { id } = await makeWatched();
  const dashboard = (await user.get("/api/stats/dashboard?days=30")).body;
  expect(dashboard.summary).toMatchObject({ total_cost: "1.50", byok_cost: "4.00" });
  expect(dashboard.by_key.map((row: { cost: string }) => row.cost)).toEqual(["1.50"]);
  expect(dashboard.by_model.map((row: { cost: string }) => row.cost)).toEqual(["1.50"]);
  expect(await rowsOf(id)).toEqual([[YESTERDAY, MODEL, "1.50"]]);
});

test("a management key added as an inference key is recognized and has credits but no usage of its own", async () => {
  const { managerId, account } = await makeWatched();
  expect(await keyOf(managerId)).toMatchObject({
    kind: "management",
    status: "valid",
    credits: { total: "100.00", used: "1.50", remaining: "98.50" },
  });
  expect(await rowsOf(managerId)).toEqual([]);
  expect(harness.sim.requests.some((seen) => seen.accountId === account.id && seen.path === "/credits")).toBe(true);
});

test("credits are unknown and the key stays valid when /credits is 403", async () => {
  harness.sim.faults.add({ match: { path: "/credits" }, kind: "403" });
  const { managerId, id } = await makeWatched();
  expect(await keyOf(managerId)).toMatchObject({ status: "valid", credits: null });
  expect((await keyOf(managerId)).last_sync_error_message.code).toBe("credits_unavailable");
  expect(await rowsOf(id)).toEqual([[YESTERDAY, MODEL, "1.50"]]);
});

test("credits that are 60 s old are corrected by the next sync, and an overdrawn account is negative", async () => {
  const { key, managerId } = await makeWatched();
  ledger().spend(harness.sim.clock.now(), key, MODEL, { costNanos: usd("120") });
  await sync(managerId);
  expect((await keyOf(managerId)).credits).toEqual({ total: "100.00", used: "1.50", remaining: "98.50" });
  harness.sim.clock.advance(61_000);
  await sync(managerId);
  expect((await keyOf(managerId)).credits).toEqual({ total: "100.00", used: "121.50", remaining: "-21.50" });
});

test("keys of other workspaces are covered and counted", async () => {
  const { account, managerId } = await makeWatched();
  const space = ledger().addWorkspace(account.id, "team");
  const key = ledger().addKey(account.id, { workspaceId: space.id });
  ledger().spend(noon(YESTERDAY), key, MODEL, { costNanos: 7n });
  const id = await add(key.secret);
  expect(await rowsOf(id)).toEqual([[YESTERDAY, MODEL, "0.000000007"]]);
  expect((await keyOf(id)).managed_by).toBe(managerId);
  await sync(managerId);
  expect((await keyOf(managerId)).status_reason.params).toEqual({ keys: 2, watched: 2 });
});

test("keys on every page of the list are covered", async () => {
  const { account, managerId } = await makeWatched();
  const many = Array.from({ length: 240 }, () => ledger().addKey(account.id));
  ledger().spend(noon(YESTERDAY), many[0]!, MODEL, { costNanos: 9n });
  const id = await add(many[0]!.secret);
  expect(await rowsOf(id)).toEqual([[YESTERDAY, MODEL, "0.000000009"]]);
  await sync(managerId);
  expect((await keyOf(managerId)).status_reason.params).toEqual({ keys: 241, watched: 241 });
});

test("two keys with one name each have their own usage", async () => {
  const { account, id } = await makeWatched();
  const twin = ledger().addKey(account.id, { name: "app" });
  ledger().spend(noon(YESTERDAY), twin, MODEL, { costNanos: usd("2") });
  const twinId = await add(twin.secret, "app");
  expect(await rowsOf(id)).toEqual([[YESTERDAY, MODEL, "1.50"]]);
  expect(await rowsOf(twinId)).toEqual([[YESTERDAY, MODEL, "2.00"]]);
});

test("a renamed key keeps its usage under its name in orwatch", async () => {
  const { key, id } = await makeWatched();
  ledger().updateKey(key, { name: "renamed there" });
  ledger().spend(noon(TODAY), key, MODEL, { costNanos: usd("1") });
  await sync(id);
  expect((await keyOf(id)).name).toBe("app");
  expect(await rowsOf(id)).toEqual([
    [TODAY, MODEL, "1.00"],
    [YESTERDAY, MODEL, "1.50"],
  ]);
});

test.each(["never", "always", "alternate"] as const)(
  "a deleted key keeps its history without rows and with warnings %s",
  async (warnings) => {
    const { key, id } = await makeWatched();
    ledger().deleteKey(key);
    harness.sim.options.warnings = warnings;
    for (let turn = 0; turn < 3; turn++) {
      harness.sim.clock.advance(120_000);
      await sync(id);
    }
    expect(await rowsOf(id)).toEqual([[YESTERDAY, MODEL, "1.50"]]);
    expect(await keyOf(id)).toMatchObject({ status: "invalid", is_active: true });
  },
);

test("a burst of 401 on a path other than /key changes no status", async () => {
  const { manager, managerId, id } = await makeWatched();
  for (const path of ["/keys", "/workspaces", "/credits", "/analytics/query", `/keys/${"0".repeat(64)}`])
    harness.sim.faults.add({ match: { path, keyHash: manager.hash }, kind: "401" });
  for (let turn = 0; turn < 3; turn++) {
    harness.sim.clock.advance(120_000);
    await sync(managerId);
  }
  expect((await keyOf(managerId)).status).toBe("valid");
  expect(await rowsOf(id)).toEqual([[YESTERDAY, MODEL, "1.50"]]);
});

test("days are UTC in a time zone of half hours", async () => {
  const { key, id } = await makeWatched();
  expect(new Date("2026-03-08T18:30:00Z").getDate()).toBe(9);
  ledger().spend(new Date("2026-03-08T18:30:00Z"), key, MODEL, { costNanos: 3n });
  await sync(id);
  expect(await rowsOf(id)).toContainEqual(["2026-03-08", MODEL, "0.000000003"]);
});

test("weeks start on Monday UTC, so Sunday's spend is in the month and not in the week", async () => {
  const { key, id } = await makeWatched();
  ledger().spend(new Date("2026-03-08T23:59:59Z"), key, MODEL, { costNanos: usd("10") });
  await sync(id);
  expect(await keyOf(id)).toMatchObject({ usage: "11.50", usage_monthly: "11.50", usage_weekly: "1.50" });
});

test("a truncated response is requested again in halves until every row is read", async () => {
  const { account } = await makeWatched();
  const busy = ledger().addKey(account.id);
  const { options } = harness.sim;
  const { analyticsMaxRows } = options;
  onTestFinished(() => {
    options.analyticsMaxRows = analyticsMaxRows;
  });
  options.analyticsMaxRows = 100;
  for (let day = 1; day <= 9; day++)
    for (let model = 0; model < 40; model++)
      ledger().spendOnDay(`2026-03-0${day}`, busy, `m/${model}`, { costNanos: BigInt(model + 1) });
  const id = await add(busy.secret);
  const { items } = harness.server.app.db.reader
    .prepare("SELECT count(*) AS items FROM usage_stats WHERE api_key_id = ?")
    .get(id) as { items: number };
  expect(items).toBe(9 * 40);
  expect((await user.get(`/api/stats/dashboard?days=30&api_key_id=${id}`)).body.summary.total_cost).toBe("0.00000738");
});
