import { listDays, mondayOf } from "@orwatch/domain/day";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Grouping } from "../schema.ts";
import { DAYS, filters, KEYS, life, live, MODELS } from "../test-support/random-usage.ts";
import { openScratch, type Scratch } from "../test-support/scratch.ts";
import { columnsOf, type UsageQuery } from "./columns.ts";
import { readUsage } from "./read.ts";
import { cutSteps } from "./steps.ts";

const RUNS = Number(process.env.STATS_RUNS ?? 30);

let scratch: Scratch;
let asked = 0;
beforeAll(async () => {
  scratch = await openScratch();
});
afterAll(async () => {
  process.stdout.write(`statistics: ${asked} exports recomputed from the rows\n`);
  await scratch.remove();
});

const time = fc.option(fc.constantFrom<Grouping>("day", "week", "month"), { nil: null });
const groups = fc
  .tuple(time, fc.boolean(), fc.boolean())
  .filter(([by, key, model]) => by !== null || key || model)
  .map(([by, key, model]) => [
    ...(by ? [by] : []),
    ...(key ? (["key"] as const) : []),
    ...(model ? (["model"] as const) : []),
  ]);
const question = fc.record({
  filters,
  groups,
  notKeys: fc.uniqueArray(fc.nat({ max: KEYS }), { maxLength: 3 }),
  notModels: fc.uniqueArray(fc.constantFrom(...MODELS, "(unattributed)"), { maxLength: 3 }),
  hasExcluded: fc.boolean(),
  hasDetails: fc.boolean(),
});

const DETAILS = [
  ["reasoning_tokens", "reasoningTokens"],
  ["cached_tokens", "cachedTokens"],
  ["byok_requests", "byokRequests"],
  ["upstream_cost", "upstreamCost"],
  ["cache_saving", "cacheSaving"],
  ["data_discount", "dataDiscount"],
  ["web_search_cost", "webSearchCost"],
] as const;
const COUNTS = ["requests_count", "tokens_input", "tokens_output"] as const;

/** Computes the same from the rows alone, in no order. */
async function recompute(query: UsageQuery, by: Grouping[]): Promise<Map<string, Record<string, unknown>>> {
  const keys = await scratch.db.prisma.apiKey.findMany({ where: { teamId: query.teamId } });
  const stored = await scratch.db.prisma.usageStat.findMany({
    where: { apiKeyId: { in: keys.map(({ id }) => id) }, date: { gte: query.period.from, lte: query.period.through } },
  });
  const sums = new Map<string, Record<string, unknown>>();
  const add = (a: unknown, b: bigint | null) => (b === null ? (a ?? null) : ((a as bigint | null) ?? 0n) + b);
  for (const row of stored) {
    if (query.keyIds !== null && !query.keyIds.includes(row.apiKeyId)) continue;
    if (query.models !== null && !query.models.includes(row.model)) continue;
    if (query.notKeyIds.includes(row.apiKeyId) || query.notModels.includes(row.model)) continue;
    const group: Record<string, unknown> = {
      ...(by.includes("day") ? { date: row.date } : {}),
      ...(by.includes("week") ? { week: mondayOf(row.date) } : {}),
      ...(by.includes("month") ? { month: row.date.slice(0, 7) } : {}),
      ...(by.includes("key")
        ? { api_key_id: BigInt(row.apiKeyId), api_key_name: keys.find(({ id }) => id === row.apiKeyId)?.name }
        : {}),
      ...(by.includes("model") ? { model: row.model } : {}),
    };
    const name = nameOf(group);
    const sum = sums.get(name) ?? group;
    sum.requests_count = add(sum.requests_count, row.requestsCount);
    sum.tokens_input = add(sum.tokens_input, row.tokensInput);
    sum.tokens_output = add(sum.tokens_output, row.tokensOutput);
    sum.cost = add(sum.cost, row.cost);
    sum.byok_cost = add(sum.byok_cost, row.byokCost);
    if (query.hasDetails) for (const [column, name] of DETAILS) sum[column] = add(sum[column], row[name]);
    sums.set(name, sum);
  }
  return sums;
}

const nameOf = (group: Record<string, unknown>) =>
  ["date", "week", "month", "api_key_id", "model"].map((name) => String(group[name])).join("|");

test("every grouping of any table has the same total to the nano-dollar, and unknown stays unknown", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(life, fc.array(question, { minLength: 1, maxLength: 8 }), async (events, questions) => {
      const { teamId, keyIds } = await live(scratch, events);
      for (const { filters: asks, groups: by, notKeys, notModels, hasExcluded, hasDetails } of questions) {
        const [from, through] = asks.range.toSorted((a, b) => a - b).map((at) => DAYS[at]) as [string, string];
        const query: UsageQuery = {
          teamId,
          period: { from, through, days: listDays(from, through).length },
          keyIds: asks.keys?.map((at) => keyIds[at] as number) ?? null,
          models: asks.models,
          notKeyIds: hasExcluded ? notKeys.map((at) => keyIds[at] as number) : [],
          notModels: hasExcluded ? notModels : [],
          shape: by,
          sort: null,
          hasAllColumns: false,
          hasDetails,
        };
        const names = columnsOf(query).map(({ name }) => name);
        const rows = [...readUsage(scratch.file, query)]
          .flat()
          .map((row) => Object.fromEntries(names.map((name, at) => [name, row[at]])));
        asked += 1;
        const expected = await recompute(query, by);
        expect(rows.length).toBe(expected.size);
        for (const { kind, account_id, ...row } of rows) {
          expect([kind ?? null, account_id ?? null]).toEqual([null, null]);
          expect(row).toEqual(expected.get(nameOf(row)));
        }
        const costs = rows.map(({ cost }) => cost as bigint);
        if (!by.some((name) => ["day", "week", "month"].includes(name)))
          expect(costs).toEqual(costs.toSorted((a, b) => (a > b ? -1 : a < b ? 1 : 0)));
        for (const name of COUNTS) for (const row of rows) expect(["bigint", "object"]).toContain(typeof row[name]);
      }
    }),
    { numRuns: RUNS },
  );
});

test("counts are unknown in every grouping for a day with a cost from counters only", async () => {
  const { teamId } = await live(scratch, [
    { kind: "poll", key: 0, day: 5, spent: 0n, today: 7n },
    { kind: "analytics", key: 0, ends: [5, 5], rows: [] },
  ]);
  const period = { from: DAYS[5] as string, through: DAYS[5] as string, days: 1 };
  const query = { teamId, period, keyIds: null, models: null, notKeyIds: [], notModels: [], sort: null };
  const shapes: Grouping[][] = [["day"], ["key"], ["model"], ["day", "key", "model"]];
  for (const [shape, hasDetails] of shapes.flatMap((one) => [[one, true] as const, [one, false] as const])) {
    const asked = { ...query, shape, hasAllColumns: false, hasDetails };
    const [row = [], ...rest] = [...readUsage(scratch.file, asked)].flat();
    expect(rest).toEqual([]);
    const names = columnsOf(asked).map(({ name }) => name);
    const values = ["requests_count", "tokens_input", "tokens_output", "cost", "byok_cost"].map(
      (name) => row[names.indexOf(name)],
    );
    expect(values, shape.join()).toEqual([null, null, null, 7n, 0n]);
  }
});

test("chunks cover every day of every key once and have similar sizes", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 40 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 200 }),
      (sizes, keyCount, stepRows) => {
        const days = sizes.map((rows, at) => ({ date: `day-${String(99 - at)}`, rows }));
        const keys = Array.from({ length: keyCount }, (_, id) => id);
        const seen = new Map<string, number>();
        for (const step of cutSteps(days, keys, stepRows)) {
          const inside = days.filter(({ date }) => date >= step.from && date <= step.through);
          const rows = inside.reduce((sum, day) => sum + day.rows, 0);
          expect(inside.length).toBeGreaterThan(0);
          if (inside.length > 1) expect(rows).toBeLessThanOrEqual(stepRows);
          for (const { date } of inside)
            for (const key of step.keys) seen.set(`${date} ${key}`, (seen.get(`${date} ${key}`) ?? 0) + 1);
        }
        expect([...seen.values()].every((times) => times === 1)).toBe(true);
        expect(seen.size).toBe(days.length * keyCount);
      },
    ),
  );
});
