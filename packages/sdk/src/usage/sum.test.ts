import fc from "fast-check";
import { expect, test } from "vitest";
import { addMoney, formatMoney } from "../money.ts";
import { type ApiPromise, toApiPromise } from "../transport/api-promise.ts";
import type { UsageRow } from "../types.ts";
import { type SumDimension, sumUsage, type UsageSum } from "./sum.ts";

const MARCH = { start_date: "2026-03-01", end_date: "2026-03-31" };

const row = (given: Partial<UsageRow>): UsageRow => ({
  date: "2026-03-01",
  api_key_id: 1,
  api_key_name: "one",
  model: "openai/gpt-5",
  requests_count: 1,
  tokens_input: 10,
  tokens_output: 2,
  cost: "0.10",
  byok_cost: "0.00",
  kind: null,
  account_id: null,
  reasoning_tokens: null,
  cached_tokens: null,
  byok_requests: null,
  upstream_cost: null,
  cache_saving: null,
  data_discount: null,
  web_search_cost: null,
  ...given,
});

const answer = (rows: UsageRow[]) => (): ApiPromise<UsageRow[]> =>
  toApiPromise(Promise.resolve({ data: rows, status: 200, headers: new Headers(), requestId: "r-1" }));
const sum = (rows: UsageRow[], by: SumDimension | SumDimension[]): Promise<UsageSum[]> =>
  sumUsage({ ...MARCH, by }, answer(rows));

const rows = fc.array(
  fc.record({
    date: fc.integer({ min: 1, max: 31 }).map((day) => `2026-03-${String(day).padStart(2, "0")}`),
    api_key_id: fc.constantFrom(1, 2, null),
    model: fc.constantFrom("a/x", "a/y", "b/x", "(unattributed)"),
    cost: fc.bigInt(-(10n ** 6n), 10n ** 12n).map((nanos) => formatMoney(nanos)),
    requests_count: fc.option(fc.nat(1000)),
  }),
  { maxLength: 50 },
);
const PERIODS = ["day", "week", "month"] as const;
const dimensions = fc
  .tuple(fc.option(fc.constantFrom<SumDimension>(...PERIODS)), fc.subarray<SumDimension>(["model", "vendor", "key"]))
  .map(([period, others]) => (period ? [period, ...others] : others))
  .filter((list) => list.length > 0);

test("every grouping sums to the total of the rows", () =>
  fc.assert(
    fc.asyncProperty(rows, dimensions, async (given, by) => {
      const all = given.map(row);
      const sums = await sum(all, by);
      expect(addMoney(sums.map(({ cost }) => cost))).toBe(addMoney(all.map(({ cost }) => cost)));
      const known = (list: { requests_count: number | null }[]) =>
        list.reduce((total, { requests_count }) => total + (requests_count ?? 0), 0);
      expect(known(sums)).toBe(known(all));
      const identities = sums.map(({ cost: _c, requests_count: _r, tokens_input: _i, tokens_output: _o, ...id }) =>
        JSON.stringify(id),
      );
      expect(new Set(identities).size).toBe(identities.length);
    }),
    { numRuns: 300 },
  ));

test("sums by month and model, newest month first, then the most expensive model", async () => {
  const given = [
    row({ date: "2026-02-28", cost: "1.00" }),
    row({ cost: "0.000000001" }),
    row({ date: "2026-03-31", model: "x/y", cost: "0.20", requests_count: null }),
    row({ date: "2026-03-02", cost: "0.10" }),
  ];
  expect(await sum(given, ["month", "model"])).toMatchObject([
    { month: "2026-03", model: "x/y", cost: "0.20", requests_count: null, date: null, vendor: null, api_key_id: null },
    { month: "2026-03", model: "openai/gpt-5", cost: "0.100000001", requests_count: 2, tokens_input: 20 },
    { month: "2026-02", model: "openai/gpt-5", cost: "1.00" },
  ]);
});

test("a week begins on Monday, and a vendor ends before the slash", async () => {
  const given = [row({ date: "2026-03-01" }), row({ date: "2026-03-02" }), row({ date: "2026-03-08", model: "plain" })];
  expect((await sum(given, "week")).map(({ week }) => week)).toEqual(["2026-03-02", "2026-02-23"]);
  expect((await sum(given, "vendor")).map(({ vendor }) => vendor)).toEqual(["openai", "plain"]);
});

test("keeps keys apart from usage that belongs to no key", async () => {
  const given = [
    row({}),
    row({ api_key_id: null, kind: "deleted", account_id: 1 }),
    row({ api_key_id: null, kind: "chatroom", account_id: 1 }),
  ];
  expect(await sum(given, "key")).toHaveLength(3);
});

test("rejects unknown dimensions, none, and two periods", () => {
  for (const by of [[], ["provider"], ["day", "month"], undefined, "toString"])
    expect(() => sumUsage({ ...MARCH, by: by as never }, answer([]))).toThrow(/^by: must/);
});

test("has the response of the request that read the rows", async () => {
  const { data, requestId } = await sumUsage({ ...MARCH, by: "day" }, answer([row({})])).withResponse();
  expect([data.length, requestId]).toEqual([1, "r-1"]);
});
