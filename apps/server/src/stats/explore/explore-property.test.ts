import { mondayOf } from "@orwatch/domain/day";
import { parseNanos } from "@orwatch/domain/money";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROLL_UP_COLUMNS, ROLLED_UP } from "../../usage/ledger/roll-ups.ts";
import { getDashboard } from "../dashboard/dashboard.ts";
import { DAYS, filters, life, live } from "../test-support/random-usage.ts";
import { openScratch, type Scratch } from "../test-support/scratch.ts";
import { explore } from "./explore.ts";
import { type ExploreOutput, exploreInput } from "./schema.ts";

const RUNS = Number(process.env.STATS_RUNS ?? 40);

let scratch: Scratch;
let asked = 0;
beforeAll(async () => {
  scratch = await openScratch();
});
afterAll(async () => {
  process.stdout.write(`explore: ${asked} answers compared with the dashboard and the rows\n`);
  await scratch.remove();
});

const SUMMED = [
  "cost",
  "requests",
  "tokens_input",
  "tokens_output",
  "tokens",
  "cached_tokens",
  "reasoning_tokens",
] as const;
const state = fc.record({
  filter: filters,
  metric: fc.constantFrom(...SUMMED),
  groups: fc.constantFrom(
    [],
    ["model"],
    ["vendor"],
    ["key"],
    ["account"],
    ["model", "key"],
    ["key", "vendor"],
    ["model", "account"],
  ),
  interval: fc.constantFrom("day", "week", "month"),
  limit: fc.integer({ min: 1, max: 20 }),
});

/** The roll-ups of a team as they are, and as they would be if they were made of the rows again. */
function readRollUps(teamId: number): { stored: unknown[]; summed: unknown[] } {
  const columns = ROLL_UP_COLUMNS.join(", ");
  const sums = ROLL_UP_COLUMNS.map((name) => `sum(${ROLLED_UP[name]}) AS ${name}`).join(", ");
  const keys = "SELECT id FROM api_keys WHERE team_id = ?";
  const read = (sql: string) => scratch.db.reader.prepare(`${sql} ORDER BY 1, 2, 3`).safeIntegers(true).all(teamId);
  const summedBy = (place: string) =>
    read(`SELECT ${place}, s.model, ${sums} FROM usage_stats s WHERE s.api_key_id IN (${keys}) GROUP BY 1, 2, 3`);
  return {
    stored: [
      read(`SELECT 0 AS place, date, model, ${columns} FROM usage_models WHERE team_id = ?`),
      read(
        `SELECT api_key_id AS place, month AS date, model, ${columns} FROM usage_months WHERE api_key_id IN (${keys})`,
      ),
    ],
    summed: [summedBy("0 AS place, s.date"), summedBy("s.api_key_id AS place, strftime('%Y-%m-01', s.date) AS date")],
  };
}

/** Money and counts as exact numbers; unknown ones add nothing. */
const amountOf = (value: string | number | null): bigint =>
  typeof value === "string" ? (parseNanos(value) as bigint) : BigInt(value ?? 0);
const sum = (values: (string | number | null)[]) => values.reduce<bigint>((all, value) => all + amountOf(value), 0n);

function expectSums({ total, points, groups, other, group_by }: ExploreOutput) {
  const parts = [...groups, ...(other ? [other] : [])];
  expect(sum(points.map(({ value }) => value))).toBe(amountOf(total));
  for (const part of parts) expect(sum(part.points.map(({ value }) => value))).toBe(amountOf(part.total));
  if (group_by.length === 0) return;
  expect(sum(parts.map((part) => part.total))).toBe(amountOf(total));
  for (const [index, { value }] of points.entries())
    expect(sum(parts.map((part) => part.points[index]?.value ?? null))).toBe(amountOf(value));
}

/** The column of a metric in a stored row. */
const COLUMNS = {
  cost: ["cost"],
  requests: ["requestsCount"],
  tokens_input: ["tokensInput"],
  tokens_output: ["tokensOutput"],
  tokens: ["tokensInput", "tokensOutput"],
  cached_tokens: ["cachedTokens"],
  reasoning_tokens: ["reasoningTokens"],
} as const;

test("groups and points sum to the totals of the dashboard and of the rows, under any filter", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(life, fc.array(state, { minLength: 2, maxLength: 8 }), async (events, states) => {
      const { teamId, keyIds } = await live(scratch, events);
      const { stored, summed } = readRollUps(teamId);
      expect(stored).toEqual(summed);
      for (const { filter, metric, groups, interval, limit } of states) {
        const [start_date, end_date] = filter.range.toSorted((a, b) => a - b).map((index) => DAYS[index]) as [
          string,
          string,
        ];
        const api_key_id = filter.keys?.map((index) => keyIds[index] as number);
        const model = filter.models ?? undefined;
        const selected = { start_date, end_date, ...(api_key_id && { api_key_id }), ...(model && { model }) };
        const empty = api_key_id?.length === 0 || model?.length === 0;
        if (empty) continue;
        const question = exploreInput.parse({ ...selected, metric, group_by: groups, interval, limit });
        const answer = await explore(scratch, { ...question, teamId });
        asked += 1;
        expectSums(answer);

        const { summary, by_date } = getDashboard(scratch, { ...selected, teamId });
        if (metric === "cost") expect(answer.total ?? "0.00").toBe(summary.total_cost);
        if (metric === "requests") expect(answer.total).toBe(summary.total_requests);
        if (metric === "tokens_input") expect(answer.total).toBe(summary.total_tokens_input);
        if (metric === "tokens_output") expect(answer.total).toBe(summary.total_tokens_output);
        if (interval === "day" && metric === "cost")
          expect(answer.points).toEqual(by_date.map(({ date, cost }) => ({ at: date, value: cost })));

        const rows = await scratch.db.prisma.usageStat.findMany({
          where: {
            apiKey: { teamId },
            date: { gte: start_date, lte: end_date },
            ...(api_key_id && { apiKeyId: { in: api_key_id } }),
            ...(model && { model: { in: model } }),
          },
        });
        const amountIn = (row: (typeof rows)[number]) =>
          COLUMNS[metric].reduce((all, column) => all + (row[column] ?? 0n), 0n);
        for (const { key, total, points } of answer.groups) {
          const own = rows.filter(
            (row) =>
              (key.model === undefined || row.model === key.model) &&
              (key.vendor === undefined || row.model.split("/")[0] === key.vendor) &&
              (key.api_key_id === undefined || row.apiKeyId === key.api_key_id),
          );
          expect(own.reduce((all, row) => all + amountIn(row), 0n)).toBe(amountOf(total));
          const placeOf = (date: string) =>
            interval === "day" ? date : interval === "week" ? mondayOf(date) : `${date.slice(0, 7)}-01`;
          for (const { at, value } of points)
            expect(own.filter(({ date }) => placeOf(date) === at).reduce((all, row) => all + amountIn(row), 0n)).toBe(
              amountOf(value),
            );
        }
      }
    }),
    { numRuns: RUNS },
  );
});

test("ratios are those of the dashboard", async () => {
  const [events] = fc.sample(
    life.filter((list) => list.some(({ kind }) => kind === "analytics")),
    { numRuns: 1, seed: 7 },
  );
  const { teamId } = await live(scratch, events ?? []);
  const range = { start_date: DAYS[0] as string, end_date: DAYS.at(-1) as string };
  const { summary } = getDashboard(scratch, { ...range, teamId });
  const totalOf = async (metric: string) =>
    (await explore(scratch, { ...exploreInput.parse({ ...range, metric }), teamId })).total;
  expect(summary.avg_cost_per_request).not.toBeNull();
  expect(await totalOf("cost_per_request")).toBe(summary.avg_cost_per_request);
  expect(await totalOf("cost_per_million_tokens")).toBe(summary.cost_per_million_tokens);
});
