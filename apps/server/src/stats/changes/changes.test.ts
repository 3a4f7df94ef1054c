import { addDays, type Day, daysBetween } from "@orwatch/domain/day";
import { parseNanos } from "@orwatch/domain/money";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { book } from "../../usage/record-findings.ts";
import { DAYS, filters, KEYS, life, live, SPAN } from "../test-support/random-usage.ts";
import { addTeam, NOW, openScratch, type Scratch, TODAY } from "../test-support/scratch.ts";
import { getChanges } from "./changes.ts";
import { type ChangesInput, type ChangesOutput, changesInput } from "./schema.ts";

const RUNS = Number(process.env.STATS_RUNS ?? 40);

let scratch: Scratch;
let [asked, compared] = [0, 0];
beforeAll(async () => {
  scratch = await openScratch();
});
afterAll(async () => {
  process.stdout.write(`changes: ${asked} answers recomputed from the rows, ${compared} with compared usage\n`);
  await scratch.remove();
});

const nanos = (money: string | null | undefined) => parseNanos(money ?? "0") as bigint;
const ask = (teamId: number, input: Partial<ChangesInput>) =>
  getChanges(scratch, { ...changesInput.parse(input), teamId });

/** Events after which every day of the first keys is known. */
const knownKeys = (count: number) =>
  Array.from({ length: count }, (_, key) => ({
    kind: "analytics" as const,
    key,
    ends: [0, SPAN - 1] as [number, number],
    rows: [],
  }));

/** Cost of the keys that are known on every complete day of both ranges, from the stored rows. */
async function recompute(
  teamId: number,
  question: { keyIds: number[] | null; models: string[] | null } & ChangesOutput,
) {
  const owned = await scratch.db.prisma.apiKey.findMany({ where: { teamId }, include: { usage: true, days: true } });
  const keys = owned.filter(({ id }) => question.keyIds === null || question.keyIds.includes(id));
  const isIn = (date: Day, { start_date, end_date }: ChangesOutput["period"]) => date >= start_date && date <= end_date;
  const complete = (range: ChangesOutput["period"]) =>
    daysBetween(range.start_date, range.end_date < TODAY ? addDays(range.end_date, 1) : TODAY);
  const known = keys.filter(({ days }) =>
    [question.period, question.against].every(
      (range) => days.filter(({ date }) => date < TODAY && isIn(date, range)).length >= Math.max(0, complete(range)),
    ),
  );
  const rowsOf = (some: typeof keys) =>
    some.flatMap(({ usage }) => usage).filter(({ model }) => question.models?.includes(model) ?? true);
  const costIn = (range: ChangesOutput["period"], rows: { date: Day; cost: bigint }[]) =>
    rows.filter(({ date }) => isIn(date, range)).reduce((sum, { cost }) => sum + cost, 0n);
  return {
    rows: rowsOf(known).filter(({ date }) => isIn(date, question.period) || isIn(date, question.against)),
    before: costIn(question.against, rowsOf(known)),
    after: costIn(question.period, rowsOf(known)),
    notCompared: keys.filter(
      (key) =>
        !known.includes(key) &&
        rowsOf([key]).some(({ date }) => isIn(date, question.period) || isIn(date, question.against)),
    ),
  };
}

test("items sum to the total, parts sum to each change, and all equal the stored rows", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(fc.nat({ max: KEYS - 1 }), life).map(([known, events]) => [...knownKeys(known), ...events]),
      fc.array(fc.record({ filter: filters, by: fc.constantFrom("key", "model"), limit: fc.nat({ max: 8 }) }), {
        minLength: 1,
        maxLength: 6,
      }),
      async (events, questions) => {
        const { teamId, keyIds } = await live(scratch, events);
        for (const { filter, by, limit } of questions) {
          // At most three days, with as many before.
          const from = Math.max(3, Math.min(...filter.range));
          const through = Math.min(from + 2, Math.max(from, ...filter.range));
          const selected = filter.keys?.map((index) => keyIds[index] as number) ?? null;
          const changes = await ask(teamId, {
            by,
            limit: limit + 1,
            start_date: DAYS[from] as Day,
            end_date: DAYS[through] as Day,
            ...(from % 2 === 0 && { against: DAYS[(from + 5) % (SPAN - 2)] as Day }),
            ...(selected?.length && { api_key_id: selected }),
            ...(filter.models?.length && { model: filter.models }),
          });
          asked += 1;
          if (changes.total.change !== null) compared += 1;
          const expected = await recompute(teamId, {
            ...changes,
            keyIds: selected?.length ? selected : null,
            models: filter.models?.length ? filter.models : null,
          });
          const { total, items, others } = changes;
          expect(changes.keys_not_compared).toBe(expected.notCompared.length);
          if (expected.rows.length === 0) expect(total).toEqual({ before: null, after: null, change: null });
          else
            expect([total.before, total.after, total.change].map(nanos)).toEqual([
              expected.before,
              expected.after,
              expected.after - expected.before,
            ]);
          const changed = [...items.map(({ change }) => change), others?.change].reduce((sum, c) => sum + nanos(c), 0n);
          expect(changed).toBe(nanos(total.change));
          for (const { change, parts } of items) {
            if (change === null) expect(parts).toBeNull();
            if (parts) expect(Object.values(parts).reduce((sum, part) => sum + nanos(part), 0n)).toBe(nanos(change));
          }
          const sizes = items.flatMap(({ change }) => (change === null ? [] : [nanos(change.replace("-", ""))]));
          expect(sizes).toEqual(sizes.toSorted((a, b) => Number(b > a) - Number(b < a)));
        }
      },
    ),
    { numRuns: RUNS },
  );
});

/** Two known weeks of some keys, before and after 4 March; `usageOf` says what a key used each day. */
async function twoWeeks(
  usageOf: (key: number, isAfter: boolean) => { model: string; requests: number; cost: bigint }[],
) {
  const { teamId, keyIds } = await addTeam(scratch, 2);
  const days = Array.from({ length: 14 }, (_, index) => addDays(TODAY, index - 14));
  await scratch.db.write((connection) => {
    for (const [key, apiKeyId] of keyIds.entries())
      book(connection, {
        apiKeyId,
        teamId,
        now: NOW,
        oldestDay: null,
        poll: null,
        analytics: {
          days,
          rows: days.flatMap((date, index) =>
            usageOf(key, index >= 7).map((row) => ({
              date,
              byokCost: 0n,
              tokensInput: row.requests * 100,
              tokensOutput: row.requests * 50,
              details: {
                reasoningTokens: null,
                cachedTokens: null,
                byokRequests: null,
                upstreamCost: null,
                cacheSaving: null,
                dataDiscount: null,
                webSearchCost: null,
              },
              ...row,
            })),
          ),
        },
      });
  });
  return { teamId, keyIds };
}

test("the last complete week is compared with the one before, by key and by model", async () => {
  const { teamId, keyIds } = await twoWeeks((key, isAfter) => [
    { model: "author/small", requests: 10, cost: 1_000_000_000n },
    ...(key === 1 && isAfter ? [{ model: "author/large", requests: 10, cost: 5_000_000_000n }] : []),
  ]);
  const byKey = await ask(teamId, {});
  expect(byKey).toMatchObject({
    period: { start_date: "2026-03-03", end_date: "2026-03-09" },
    against: { start_date: "2026-02-24", end_date: "2026-03-02" },
    total: { before: "14.00", after: "49.00", change: "35.00" },
    keys_not_compared: 0,
    others: null,
  });
  expect(byKey.items).toMatchObject([
    // Twice the requests at the old mix are 7 dollars, and half of them on the larger model 28: orders change only how they share.
    {
      api_key_id: keyIds[1],
      api_key_name: "key 2",
      model: null,
      change: "35.00",
      parts: { size: "0.00", price: "0.00" },
    },
    { api_key_id: keyIds[0], before: "7.00", after: "7.00", change: "0.00" },
  ]);
  const byModel = await ask(teamId, { by: "model" });
  expect(byModel.total).toEqual(byKey.total);
  expect(byModel.items).toMatchObject([
    {
      api_key_id: null,
      model: "author/large",
      before: "0.00",
      after: "35.00",
      parts: { volume: "35.00", mix: "0.00" },
    },
    { model: "author/small", change: "0.00" },
  ]);
});

test("a key that is unknown in one of the ranges is listed, but not compared", async () => {
  const { teamId, keyIds } = await twoWeeks(() => [{ model: "author/small", requests: 1, cost: 2_000_000_000n }]);
  const against = addDays(TODAY, -28);
  expect(await ask(teamId, { against })).toMatchObject({
    total: { before: null, after: null, change: null },
    keys_not_compared: 2,
    items: keyIds.map((id) => ({ api_key_id: id, before: null, after: "14.00", change: null, parts: null })),
  });
  expect((await ask(teamId, { against, by: "model" })).items).toEqual([]);
});

test("another team's keys are not compared, also if they are asked for", async () => {
  const theirs = await twoWeeks(() => [{ model: "author/small", requests: 1, cost: 2_000_000_000n }]);
  const mine = await addTeam(scratch, 1);
  expect((await ask(mine.teamId, { api_key_id: theirs.keyIds })).items).toEqual([]);
});
