import { listDays } from "@orwatch/domain/day";
import Database from "better-sqlite3";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DAYS, KEYS, life, live, MODELS, SPAN, usage } from "../test-support/random-usage.ts";
import { openScratch, type Scratch } from "../test-support/scratch.ts";
import { columnsOf, type UsageQuery } from "./columns.ts";
import { readSorted } from "./sorted-rows.ts";

let scratch: Scratch;
beforeAll(async () => {
  scratch = await openScratch();
});
afterAll(() => scratch.remove());

const COLUMNS = ["date", "model", "vendor", "key", "requests", "tokens_input", "tokens_output", "cost"];
const sort = fc.constantFrom(...COLUMNS.flatMap((name) => [name, `-${name}`]));

const compare = (a: unknown, b: unknown) => ((a as string) < (b as string) ? -1 : a === b ? 0 : 1);

/** The rows in order, calculated from the stored ones: unknown values last, ties with the newest first, then by model and key. */
async function sortStored(query: UsageQuery & { sort: string }, keyIds: number[]): Promise<string[]> {
  const stored = await scratch.db.prisma.usageStat.findMany({
    where: { apiKeyId: { in: keyIds }, date: { gte: query.period.from, lte: query.period.through } },
    include: { apiKey: true },
  });
  const name = query.sort.replace("-", "");
  const sign = query.sort.startsWith("-") ? -1 : 1;
  const isText = ["model", "vendor", "key"].includes(name);
  const values: Record<string, (row: (typeof stored)[number]) => unknown> = {
    date: ({ date }) => date,
    model: ({ model }) => model,
    vendor: ({ model }) => model.split("/")[0],
    key: ({ apiKey }) => apiKey.name,
    requests: ({ requestsCount }) => requestsCount,
    tokens_input: ({ tokensInput }) => tokensInput,
    tokens_output: ({ tokensOutput }) => tokensOutput,
    cost: ({ cost }) => cost,
  };
  const read = values[name] as (typeof values)[string];
  return stored
    .filter(({ model }) => (query.models?.includes(model) ?? true) && !query.notModels.includes(model))
    .sort((a, b) => {
      const [x, y] = [read(a), read(b)];
      const ties = compare(b.date, a.date) || compare(a.model, b.model) || a.apiKeyId - b.apiKeyId;
      if (x === null || y === null) return x === y ? ties : x === null ? 1 : -1;
      return sign * compare(x, y) || (isText ? sign : 1) * ties;
    })
    .map((row) => `${row.date} ${row.model} ${row.apiKeyId}`);
}

test("returns the first rows in the order of a column, whatever the number of steps", { timeout: 60_000 }, async () => {
  const many = fc.record({
    kind: fc.constant("analytics" as const),
    key: fc.nat({ max: KEYS - 1 }),
    ends: fc.constant<[number, number]>([0, SPAN - 1]),
    rows: fc.array(usage, { minLength: 40, maxLength: 60, size: "max" }),
  });
  const events = fc.tuple(fc.array(many, { minLength: 2, maxLength: 4 }), life).map((parts) => parts.flat());
  const question = fc.record({
    from: fc.nat({ max: 5 }),
    sort,
    models: fc.option(fc.subarray(MODELS, { minLength: 5 }), { nil: null }),
    notModels: fc.subarray(MODELS, { maxLength: 3 }),
    notKeys: fc.subarray([0, 1, 2, 3, 4, 5], { maxLength: 3 }),
    atMost: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant(Number.POSITIVE_INFINITY)),
    // The smallest split the rows of a day.
    stepRows: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 5, max: 30 })),
  });
  await fc.assert(
    fc.asyncProperty(events, fc.array(question, { minLength: 12, maxLength: 20 }), async (events, questions) => {
      const { teamId, keyIds } = await live(scratch, events);
      const connection = new Database(scratch.file, { readonly: true });
      for (const { from: first, notKeys, atMost, stepRows, ...asked } of questions) {
        const [from, through] = [DAYS[first], DAYS.at(-1)] as [string, string];
        const query = {
          teamId,
          period: { from, through, days: listDays(from, through).length },
          keyIds: null,
          notKeyIds: [],
          shape: "own" as const,
          ...asked,
          hasAllColumns: false,
          hasDetails: false,
        };
        const keys = keyIds.slice(0, KEYS).filter((_, at) => !notKeys.includes(at));
        const names = columnsOf(query).map(({ name }) => name);
        const read = [...readSorted(connection, query, { keys, atMost, stepRows })]
          .flat()
          .map((row) => ["date", "model", "api_key_id"].map((name) => row[names.indexOf(name)]).join(" "));
        connection.exec("DROP TABLE o");
        const expected = await sortStored(query, keys);
        expect(read, asked.sort).toEqual(expected.slice(0, atMost));
      }
      connection.close();
    }),
    { numRuns: 10, endOnFailure: true },
  );
});
