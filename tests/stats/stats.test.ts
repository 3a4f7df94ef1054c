import { parseNanos } from "@orwatch/domain/money";
import type { LedgerKey } from "@orwatch/openrouter-sim";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { add, type Scenario, startScenario, syncAt } from "../support/openrouter/scenario.ts";
import { trueRows } from "../support/openrouter/truth.ts";
import { type Caller, callerOf } from "../support/server/harness.ts";

const TODAY = "2026-03-10";
const RANGE = "start_date=2026-02-09&end_date=2026-03-10";
const MODELS = Array.from({ length: 12 }, (_, index) => `author/model-${String(index).padStart(2, "0")}`);

interface UsageRow {
  id: number;
  api_key_id: number;
  date: string;
  model: string;
  requests_count: number | null;
  tokens_input: number | null;
  tokens_output: number | null;
  cost: string;
}

let scenario: Scenario;
let otherUser: Caller;
let reader: Caller;
let covered: { id: number; key: LedgerKey }[];
let otherUsersKey: number;

const nanosOf = (money: string) => parseNanos(money) as bigint;
const sum = (amounts: bigint[]) => amounts.reduce((a, b) => a + b, 0n);
const costOf = (rows: { cost: string | null }[]) => sum(rows.map((row) => nanosOf(row.cost ?? "0")));
const countOf = (rows: { requests_count: number | null }[]) =>
  rows.reduce((all, row) => all + (row.requests_count ?? 0), 0);
const truth = (from: string, through: string) =>
  covered.flatMap(({ key }) => trueRows(scenario.harness.sim, key.hash, { from, through }));
const dashboard = async (query: string, user = scenario.user) => {
  const answer = await user.get(`/api/stats/dashboard?${query}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
};

beforeAll(async () => {
  scenario = await startScenario(`${TODAY}T12:00:00Z`);
  const { harness, user } = scenario;
  otherUser = await harness.createUser();
  const account = harness.sim.ledger.addAccount();
  const manager = harness.sim.ledger.addManagementKey(account.id, { name: "manager" });
  const keys = Array.from({ length: 3 }, () => harness.sim.ledger.addKey(account.id, { name: "app" }));
  keys.forEach((key, k) => {
    for (let day = 1; day <= 10; day += 1)
      MODELS.forEach((model, m) => {
        if ((day + m + k) % 3 === 0) return;
        // Costs repeat between keys and models, so their order must come from other columns.
        harness.sim.ledger.spendOnDay(`2026-03-${String(day).padStart(2, "0")}`, key, model, {
          costNanos: BigInt(1 + (m % 4)) * 333_333_333n,
          byokNanos: 7n,
          requests: day,
          promptTokens: 1000 + m,
          completionTokens: 10 * k,
        });
      });
    harness.sim.ledger.spendOnDay("2026-02-01", key, MODELS[0] as string, { costNanos: 5n });
  });
  await add(scenario, manager);
  covered = [];
  for (const key of keys) covered.push({ id: await add(scenario, key), key });
  const foreign = harness.sim.ledger.addKey(harness.sim.ledger.addAccount().id, { name: "theirs" });
  harness.sim.ledger.spend(new Date(`${TODAY}T11:00:00Z`), foreign, "a/b", { costNanos: 9n });
  otherUsersKey = await add(scenario, foreign, otherUser);
  await syncAt(scenario, `${TODAY}T12:30:00Z`);
  const token = await user.post("/api/tokens", { name: "reader" });
  reader = callerOf(() => harness.url, token.body.token);
});
afterAll(() => scenario.harness.close());

describe("dashboard", () => {
  test("the dashboard equals OpenRouter's ledger by model, day and key", async () => {
    const { summary, by_model, by_date, by_key, previous } = await dashboard("days=30");
    const rows = truth("2026-02-09", TODAY);
    expect(nanosOf(summary.total_cost)).toBe(sum(rows.map((row) => row.cost)));
    expect(nanosOf(summary.byok_cost)).toBe(sum(rows.map((row) => row.byok)));
    expect(summary.total_requests).toBe(rows.reduce((all, row) => all + (row.requests ?? 0), 0));
    expect(summary.total_tokens_input).toBe(rows.reduce((all, row) => all + (row.input ?? 0), 0));
    expect(summary.total_tokens_output).toBe(rows.reduce((all, row) => all + (row.output ?? 0), 0));
    for (const { model, cost } of by_model)
      expect(nanosOf(cost), model).toBe(sum(rows.filter((row) => row.model === model).map((row) => row.cost)));
    for (const { date, cost } of by_date)
      expect(nanosOf(cost), date).toBe(sum(rows.filter((row) => row.date === date).map((row) => row.cost)));
    for (const { id, key } of covered) {
      const own = by_key.find((row: { api_key_id: number }) => row.api_key_id === id);
      expect(nanosOf(own.cost)).toBe(
        sum(trueRows(scenario.harness.sim, key.hash, { from: "2026-02-09" }).map((row) => row.cost)),
      );
    }
    expect(previous).toMatchObject({ total_cost: "0.000000015", total_requests: 3 });
    expect(by_date.at(-1).by_model.at(-1).model).toBe("(other)");
  });

  test("every grouping sums to the total under filters on keys and models", async () => {
    const ids = covered.map(({ id }) => `&api_key_id=${id}`);
    const models = `&model=${MODELS[1]}&model=${MODELS[2]}`;
    const filters = ["", ids[0], `${ids[0]}${ids[2]}`, models, `${ids[1]}${models}`, `${ids[0]}${ids[1]}${models}`];
    for (const filter of filters) {
      const { summary, by_model, by_date, by_key } = await dashboard(`days=7${filter}`);
      const whole = nanosOf(summary.total_cost);
      expect(whole).toBeGreaterThan(0n);
      for (const rows of [by_model, by_date, by_key]) {
        expect(costOf(rows), filter).toBe(whole);
        expect(countOf(rows), filter).toBe(summary.total_requests);
      }
    }
  });

  test("an id of another user matches nothing", async () => {
    const { summary, by_model, by_key, by_date, previous, keys, as_of } = await dashboard(
      `api_key_id=${otherUsersKey}`,
    );
    expect(summary).toMatchObject({ total_cost: "0.00", total_requests: null, avg_cost_per_request: null });
    expect([by_model, by_key, previous, keys, as_of]).toEqual([[], [], null, { active: 0, total: 0 }, null]);
    expect(new Set(by_date.map((day: { cost: string | null }) => day.cost))).toEqual(new Set([null]));
    expect((await scenario.user.get(`/api/usage?${RANGE}&api_key_id=${otherUsersKey}`)).body).toEqual([]);
    const page = await reader.get(`/api/v1/usage?${RANGE}&api_key_id=${otherUsersKey}`);
    expect(page.body).toEqual({
      items: [],
      pagination: { page: 1, limit: 100, total: 0, pages: 0 },
      next_cursor: null,
      as_of: null,
      complete_through: null,
    });
  });

  test("a key without a management key has no counts, and no days before its first poll", async () => {
    const { summary, by_model, by_date } = await dashboard("days=7", otherUser);
    expect(summary).toMatchObject({ total_cost: "0.000000009", total_requests: null, avg_requests_per_day: null });
    expect(by_model).toEqual([
      {
        model: "(unattributed)",
        requests_count: null,
        cost: "0.000000009",
        percentage_requests: null,
        percentage_cost: 100,
        cost_per_million_tokens: null,
      },
    ]);
    expect(by_date.at(-2)).toEqual({ date: "2026-03-09", requests_count: null, cost: null, by_model: [] });
    expect(by_date.at(-1)).toMatchObject({ date: TODAY, requests_count: null, cost: "0.000000009" });
  });

  test("a covered day without usage is 0, not unknown", async () => {
    const { by_date } = await dashboard("start_date=2026-02-20&end_date=2026-02-20");
    expect(by_date).toEqual([{ date: "2026-02-20", requests_count: 0, cost: "0.00", by_model: [] }]);
  });

  test.each([
    ["start_date=2026-03-02&end_date=2026-03-01", "range_reversed"],
    ["start_date=2020-01-01&end_date=2026-03-01", "range_too_long"],
    ["start_date=2026-02-30", "start_date"],
    ["days=366", "days"],
  ])("the dashboard rejects %s with a reason", async (query, reason) => {
    const answer = await scenario.user.get(`/api/stats/dashboard?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(reason);
  });
});

describe("lists", () => {
  const readAll = async (size: number): Promise<UsageRow[]> => {
    const rows: UsageRow[] = [];
    for (;;) {
      const { body } = await scenario.user.get(`/api/usage?${RANGE}&limit=${size}&skip=${rows.length}`);
      rows.push(...body);
      if (body.length < size) return rows;
    }
  };

  test("pages of /api/usage contain every row once in one order, whatever their size", async () => {
    const whole = await readAll(1000);
    expect(whole).toHaveLength(truth("2026-02-09", TODAY).length);
    expect(new Set(whole.map((row) => row.id)).size).toBe(whole.length);
    const order = ({ date, model, api_key_id }: UsageRow) =>
      [99_999_999 - Number(date.replaceAll("-", "")), model, String(api_key_id).padStart(9, "0")].join(" ");
    expect(whole.map(order)).toEqual(whole.map(order).sort());
    for (const size of [7, 50]) expect(await readAll(size)).toEqual(whole);
    const { summary } = await dashboard("days=30");
    expect(costOf(whole)).toBe(nanosOf(summary.total_cost));
  });

  test("the public API agrees with the dashboard on every page and distinguishes keys of one name", async () => {
    const { summary, by_key, as_of, complete_through } = await dashboard("days=30");
    const stats = await reader.get("/api/v1/stats");
    expect(stats.body).toEqual({
      summary: {
        requests: summary.total_requests,
        cost: summary.total_cost,
        tokens: summary.total_tokens_input + summary.total_tokens_output,
        tokens_input: summary.total_tokens_input,
        tokens_output: summary.total_tokens_output,
        total_requests: summary.total_requests,
        total_cost: summary.total_cost,
        total_tokens: summary.total_tokens_input + summary.total_tokens_output,
        total_tokens_input: summary.total_tokens_input,
        total_tokens_output: summary.total_tokens_output,
        byok_cost: summary.byok_cost,
      },
      period: { start_date: "2026-02-09", end_date: TODAY, days: 30 },
      as_of,
      complete_through,
    });
    const items: UsageRow[] = [];
    let pages = 1;
    for (let page = 1; page <= pages; page += 1) {
      const { body } = await reader.get(`/api/v1/usage?${RANGE}&limit=40&page=${page}`);
      items.push(...body.items);
      pages = body.pagination.pages;
      expect(body.pagination).toMatchObject({ page, limit: 40, total: truth("2026-02-09", TODAY).length });
    }
    const identity = ({ date, model, api_key_id }: UsageRow) => `${date} ${model} ${api_key_id}`;
    expect(new Set(items.map(identity)).size).toBe(items.length);
    expect(costOf(items)).toBe(nanosOf(summary.total_cost));
    for (const key of by_key)
      expect(costOf(items.filter((row) => row.api_key_id === key.api_key_id))).toBe(nanosOf(key.cost));
  });
});
