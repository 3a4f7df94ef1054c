import { addDays, firstOfMonth, mondayOf } from "@orwatch/domain/day";
import { formatNanos, parseMoney } from "@orwatch/domain/money";
import type { LedgerKey } from "@orwatch/openrouter-sim";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OTHER } from "../../apps/web/src/components/charts/series-colours.ts";
import { sumValues, type Value } from "../../apps/web/src/components/charts/usage-chart/measure.ts";
import { combinationOf, findGapIn } from "../../apps/web/src/features/explore/model/availability.ts";
import { MEASURES } from "../../apps/web/src/features/explore/model/metrics.ts";
import { toInputs, toQuestion } from "../../apps/web/src/features/explore/model/question.ts";
import { toPivot, toSeries, toTable } from "../../apps/web/src/features/explore/model/view.ts";
import {
  DIMENSIONS,
  type ExploreSearch,
  exploreSearch,
  METRICS,
} from "../../apps/web/src/features/explore/search/explore-search.ts";
import { PERIODS } from "../../apps/web/src/features/explore/search/periods.ts";
import { add, createAccount, type Scenario, startScenario, syncAt } from "../support/openrouter/scenario.ts";
import { issueToken } from "../support/openrouter/seed.ts";
import { type Row, trueRows } from "../support/openrouter/truth.ts";
import { type Caller, callerOf, request } from "../support/server/harness.ts";

const NOW = "2026-11-22T14:05:00Z";
const TODAY = NOW.slice(0, 10);
const DAYS = 75;
const MODELS = ["anthropic/claude-sonnet-4.5", "anthropic/claude-haiku-4.5", "openai/gpt-5", "deepseek/chat"];
const RUNS = 300;

let scenario: Scenario;
let token: Caller;
let cookie: string;
let truth: { keyId: number; rows: Row[] }[];
const compared = { states: 0, numbers: 0, rejected: 0 };

beforeAll(async () => {
  scenario = await startScenario(NOW, { env: { RATE_LIMIT_REQUESTS: "100000" } });
  const { harness, user } = scenario;
  const { account, manager } = createAccount(scenario);
  const keys: LedgerKey[] = ["api", "batch", "ci"].map((name) => harness.sim.ledger.addKey(account.id, { name }));
  for (let day = 0; day < DAYS; day += 1)
    for (const [k, key] of keys.entries())
      for (const [m, model] of MODELS.entries())
        if ((day + k * 2 + m) % 3 !== 0)
          harness.sim.ledger.spendOnDay(addDays(TODAY, -day), key, model, {
            costNanos: BigInt((day + 1) * 1_000_003 + k * 70_001 + m * 13),
            requests: 1 + ((day + m) % 4),
            promptTokens: 100 + day * 3 + k,
            completionTokens: 20 + m,
          });
  await add(scenario, manager);
  await syncAt(scenario, NOW);
  const { items } = (await user.get("/api/keys?limit=100")).body as {
    items: { id: number; name: string; kind: string }[];
  };
  truth = keys.map((key) => ({
    keyId: items.find(({ name, kind }) => name === key.name && kind !== "management")?.id ?? 0,
    rows: trueRows(harness.sim, key.hash),
  }));
  expect(truth.every(({ keyId }) => keyId > 0)).toBe(true);
  token = callerOf(() => harness.url, (await issueToken(user)).token);
  const signedIn = await request(`${harness.url}/trpc/auth.signIn`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: user.email, password: "Correct-Horse-9" }),
  });
  cookie = (signedIn.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
});
afterAll(async () => {
  process.stdout.write(
    `explore view: ${compared.states} states, ${compared.numbers} numbers compared with the ledger, ${compared.rejected} rejected by both sides\n`,
  );
  await scenario.harness.close();
});

const ask = async (input: object) => {
  const answer = await request(
    `${scenario.harness.url}/trpc/explore.get?input=${encodeURIComponent(JSON.stringify(input))}`,
    { headers: { cookie } },
  );
  return {
    data: answer.body.result?.data,
    code: answer.body.error?.data?.orwatch?.code ?? answer.body.error?.data?.code,
  };
};

/** The same question to the REST API. */
function askRest(input: object) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input)) for (const one of [value].flat()) query.append(name, String(one));
  return token.get(`/api/v1/breakdown?${query}`);
}

const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1, maxLength: 2 });
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const vendors = ["anthropic", "openai", "deepseek"];

/** A random address of the page. Keys are numbered, because their IDs are only known later. */
const states = fc.record({
  days: optional(fc.constantFrom(7, 30, 90)),
  period: optional(fc.constantFrom(...PERIODS)),
  metric: fc.constantFrom(...METRICS, "cost" as const, "cost" as const, "requests" as const),
  group_by: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.uniqueArray(fc.constantFrom("model", "vendor", "key" as const), { minLength: 1, maxLength: 2 }),
    },
    { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom(...DIMENSIONS), { minLength: 1, maxLength: 2 }) },
    { weight: 1, arbitrary: fc.constant(["none"]) },
  ),
  interval: optional(fc.constantFrom("hour", "day", "week", "month")),
  table: optional(fc.constant("pivot")),
  compare: optional(fc.constant(true)),
  keys: optional(some([0, 1, 2])),
  withoutKeys: optional(some([0, 1])),
  model: optional(some(MODELS)),
  exclude_model: optional(some(MODELS)),
  vendor: optional(some(vendors)),
  exclude_vendor: optional(some(vendors)),
});

const amountOf = (value: Value): bigint =>
  typeof value === "string" ? (parseMoney(value) as bigint) : BigInt(value ?? 0);
const vendorOf = (model: string) => model.split("/")[0] as string;

/** What the ledger says of a group in an interval. */
const SUMS = {
  cost: ({ cost }: Row) => cost,
  requests: ({ requests }: Row) => BigInt(requests ?? 0),
  tokens: ({ input, output }: Row) => BigInt((input ?? 0) + (output ?? 0)),
  tokens_input: ({ input }: Row) => BigInt(input ?? 0),
  tokens_output: ({ output }: Row) => BigInt(output ?? 0),
} as const;

test("what the page shows equals the REST API and the ledger of OpenRouter", { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(states, async ({ keys, withoutKeys, ...state }) => {
      const idOf = (index: number) => truth[index]?.keyId as number;
      const search: ExploreSearch = exploreSearch.parse({
        ...state,
        ...(keys ? { api_key_id: keys.map(idOf) } : {}),
        ...(withoutKeys ? { exclude_api_key_id: withoutKeys.map(idOf) } : {}),
      });
      const question = toQuestion(search, TODAY);
      const inputs = toInputs(search, question);
      compared.states += 1;
      if (question.gap !== null) {
        const { data } = await ask({ ...inputs.chart, group_by: question.groups });
        expect(data).toBeUndefined();
        compared.rejected += 1;
        return;
      }
      const named = Object.entries(inputs).filter(([, input]) => input !== null) as [keyof typeof inputs, object][];
      const found = await Promise.all(named.map(async ([name, input]) => [name, (await ask(input)).data] as const));
      for (const [name, data] of found) expect(data, `${name} ${JSON.stringify(inputs[name])}`).toBeDefined();
      const answers = Object.fromEntries(found);
      expect((await askRest(inputs.chart)).body).toEqual(answers.chart);

      const metric = search.metric ?? "cost";
      const { isSum } = MEASURES[metric];
      const { series } = toSeries(answers.chart, isSum);
      const table = toTable({ rows: undefined, ...answers }, isSum);
      if (table) expect(table.total.value).toEqual(answers.chart.total);
      if (!(metric in SUMS) || question.groups.some((name) => !["model", "vendor", "key"].includes(name))) return;
      const sumOf = SUMS[metric as keyof typeof SUMS];

      const { start_date, end_date } = question.range;
      const rows = truth
        .flatMap(({ keyId, rows }) => rows.map((row) => ({ ...row, keyId })))
        .filter(
          ({ keyId, model, date }) =>
            date >= start_date &&
            date <= end_date &&
            (search.api_key_id?.includes(keyId) ?? true) &&
            !search.exclude_api_key_id?.includes(keyId) &&
            (search.model?.includes(model) ?? true) &&
            !search.exclude_model?.includes(model) &&
            (search.vendor?.includes(vendorOf(model)) ?? true) &&
            !search.exclude_vendor?.includes(vendorOf(model)),
        );
      const sum = (list: typeof rows) => list.reduce((all, row) => all + sumOf(row), 0n);
      const expectSum = (value: Value, list: typeof rows, what: string) => {
        compared.numbers += 1;
        expect(amountOf(value), what).toBe(sum(list));
      };
      const partOf = (row: (typeof rows)[number], dimension: string | undefined) =>
        dimension === "key" ? String(row.keyId) : dimension === "vendor" ? vendorOf(row.model) : row.model;

      expectSum(answers.chart.total, rows, "total");
      const [first, second] = question.groups;
      const { interval } = question;
      if (interval !== "hour")
        for (const point of series) {
          const start = (date: string) =>
            interval === "day" ? date : interval === "week" ? mondayOf(date) : firstOfMonth(date);
          const own = rows.filter(({ date }) => start(date) === point.at);
          expectSum(point.value, own, `${point.at}`);
          if (first) {
            for (const { id, value } of point.parts)
              if (id !== OTHER)
                expectSum(
                  value,
                  own.filter((row) => partOf(row, first) === id),
                  `${point.at} ${id}`,
                );
            expect(amountOf(sumValues(point.parts.map(({ value }) => value)))).toBe(amountOf(point.value));
          }
        }
      for (const row of table?.rows ?? []) {
        const [id] = JSON.parse(row.id) as string[];
        const own = rows.filter((one) => partOf(one, first) === id);
        expectSum(row.value, own, `row ${id}`);
        if (row.parts.length > 0)
          expect(amountOf(sumValues(row.parts.map(({ value }) => value)))).toBe(amountOf(row.value));
        for (const part of row.parts) {
          const [, other] = JSON.parse(part.id) as string[];
          expectSum(
            part.value,
            own.filter((one) => partOf(one, second) === other),
            `part ${part.id}`,
          );
        }
      }
      if (table && table.rows.length > 0)
        expect(amountOf(sumValues(table.rows.map(({ value }) => value)))).toBe(amountOf(table.total.value));
      if (answers.columns && answers.pairs && answers.rows) {
        const pivot = toPivot(answers as never);
        for (const row of pivot.rows)
          expect(amountOf(sumValues(pivot.columns.map((column) => pivot.cellOf(row.id, column.id))))).toBe(
            amountOf(row.total),
          );
        expect(amountOf(sumValues(pivot.columns.map(({ total }) => total)))).toBe(amountOf(pivot.total));
      }
    }),
    { numRuns: RUNS },
  );
  expect(compared.states).toBeGreaterThanOrEqual(RUNS);
});

describe("combinations", () => {
  test("are disabled on the page exactly where the server rejects them", { timeout: 120_000 }, async () => {
    const groups = [
      [],
      ...DIMENSIONS.map((name) => [name]),
      ["provider", "app"],
      ["finish_reason", "model"],
      ["key", "provider"],
    ];
    const checks = ["cost", "cached_tokens", "latency_p95_ms"].flatMap((metric) =>
      groups.flatMap((group_by) =>
        ["hour", "day"].flatMap((interval) => [
          { metric, group_by, interval },
          { metric, group_by, interval, provider: ["Azure"] },
        ]),
      ),
    );
    for (const check of checks) {
      const search = exploreSearch.parse({ ...check, group_by: check.group_by.length > 0 ? check.group_by : ["none"] });
      const range = { start_date: addDays(TODAY, -6), end_date: TODAY };
      const gap = findGapIn(combinationOf(search, check.interval as "hour"), range);
      const { data, code } = await ask({ ...check, ...range });
      expect(data === undefined, JSON.stringify(check)).toBe(gap !== null);
      if (gap !== null) expect(code).toBe("BREAKDOWN_UNAVAILABLE");
    }
  });

  test("a vendor is all of its models, and nothing else", async () => {
    const { data } = await ask({
      start_date: addDays(TODAY, -29),
      end_date: TODAY,
      vendor: ["anthropic"],
      group_by: ["model"],
    });
    expect(data.groups.map(({ key }: { key: { model: string } }) => vendorOf(key.model))).toEqual([
      "anthropic",
      "anthropic",
    ]);
    const expected = truth
      .flatMap(({ rows }) => rows)
      .filter(({ date, model }) => date >= addDays(TODAY, -29) && vendorOf(model) === "anthropic");
    expect(data.total).toBe(formatNanos(expected.reduce((sum, { cost }) => sum + cost, 0n)));
  });
});
