import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addDays, listDays } from "../day.ts";
import { parseNanos } from "../money.ts";
import { book } from "../sync/book.ts";
import { getDashboard } from "./dashboard.ts";
import type { DashboardOutput } from "./schema.ts";
import { addUser, NOW, openScratch, recompute, type Scratch, TODAY } from "./test-support.ts";

const RUNS = Number(process.env.STATS_RUNS ?? 60);
const SPAN = 12;
const KEYS = 6;
const DAYS = listDays(addDays(TODAY, 1 - SPAN), TODAY);
/** More than are shown by name. */
const MODELS = Array.from({ length: 13 }, (_, index) => `author/model-${index}`);

let scratch: Scratch;
let asked = 0;
let booked = 0;
beforeAll(async () => {
  scratch = await openScratch();
});
afterAll(async () => {
  process.stdout.write(`statistics: ${asked} dashboards over ${booked} bookings recomputed from the rows\n`);
  await scratch.remove();
});

// Small amounts make ties; sums of large ones pass what a double holds.
const amount = fc.oneof(
  fc.constant(0n),
  fc.bigInt({ min: 0n, max: 5n }),
  fc.bigInt({ min: 0n, max: 4_000_000_000_000_000n }),
);
const dayIndex = fc.nat({ max: SPAN - 1 });
const usage = fc.record({
  day: dayIndex,
  model: fc.constantFrom(...MODELS),
  cost: amount,
  byokCost: amount,
  requests: fc.nat({ max: 1000 }),
  tokensInput: fc.nat({ max: 1_000_000 }),
  tokensOutput: fc.nat({ max: 1_000_000 }),
});
const analytics = fc.record({
  kind: fc.constant("analytics" as const),
  key: fc.nat({ max: KEYS }),
  ends: fc.tuple(dayIndex, dayIndex),
  rows: fc.array(usage, { maxLength: 60 }),
});
const poll = fc.record({
  kind: fc.constant("poll" as const),
  key: fc.nat({ max: KEYS }),
  day: dayIndex,
  spent: amount,
  today: amount,
});
const life = fc.array(fc.oneof({ weight: 3, arbitrary: analytics }, { weight: 2, arbitrary: poll }), {
  minLength: 1,
  maxLength: 14,
});
const filters = fc.record({
  range: fc.tuple(dayIndex, dayIndex),
  keys: fc.option(fc.uniqueArray(fc.nat({ max: KEYS }), { maxLength: KEYS + 1 }), { nil: null }),
  models: fc.option(fc.uniqueArray(fc.constantFrom(...MODELS, "(unattributed)", "no/such"), { maxLength: 13 }), {
    nil: null,
  }),
});

/** The last of `keyIds` belongs to somebody else. */
async function live(events: typeof life extends fc.Arbitrary<infer T> ? T : never) {
  const mine = await addUser(scratch, KEYS);
  const other = await addUser(scratch, 1);
  const keyIds = [...mine.keyIds, ...other.keyIds];
  const counters = keyIds.map(() => 0n);
  await scratch.db.write((connection) => {
    for (const event of events) {
      const { userId } = event.key < KEYS ? mine : other;
      const findings = { apiKeyId: keyIds[event.key] as number, userId, now: NOW, oldestDay: null };
      booked += 1;
      if (event.kind === "poll") {
        const total = (counters[event.key] as bigint) + event.spent + event.today;
        counters[event.key] = total;
        const counted = {
          day: DAYS[event.day] as string,
          usage: total,
          daily: event.today,
          weekly: null,
          monthly: null,
        };
        book(connection, { ...findings, poll: counted, analytics: null });
      } else {
        const [from, through] = event.ends.toSorted((a, b) => a - b) as [number, number];
        const rows = event.rows.map(({ day, ...row }) => ({ ...row, date: DAYS[day] as string }));
        book(connection, { ...findings, poll: null, analytics: { days: DAYS.slice(from, through + 1), rows } });
      }
    }
  });
  return { userId: mine.userId, keyIds };
}

const total = (amounts: (string | null)[]) =>
  amounts.reduce((sum, money) => sum + (parseNanos(money ?? "0") ?? 0n), 0n);

function expectOneTotal(dashboard: DashboardOutput) {
  const whole = parseNanos(dashboard.summary.total_cost);
  expect(total(dashboard.by_model.map((row) => row.cost))).toBe(whole);
  expect(total(dashboard.by_date.map((row) => row.cost))).toBe(whole);
  expect(total(dashboard.by_date.flatMap((row) => row.by_model.map(({ cost }) => cost)))).toBe(whole);
  expect(total(dashboard.by_key.map((row) => row.cost))).toBe(whole);
  for (const day of dashboard.by_date) expect(total(day.by_model.map(({ cost }) => cost))).toBe(total([day.cost]));
  const requests = (rows: { requests_count: number | null }[]) =>
    rows.reduce((sum, row) => sum + (row.requests_count ?? 0), 0);
  for (const rows of [dashboard.by_model, dashboard.by_date, dashboard.by_key])
    expect(requests(rows)).toBe(dashboard.summary.total_requests ?? 0);
}

test("a dashboard equals what its rows add up to, under any filter", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(life, fc.array(filters, { minLength: 1, maxLength: 6 }), async (events, questions) => {
      const { userId, keyIds } = await live(events);
      const everything = { range: [0, SPAN - 1] as [number, number], keys: null, models: null };
      const most = { ...everything, keys: Array.from({ length: KEYS }, (_, index) => index + 1) };
      for (const question of [everything, most, ...questions]) {
        const [from, through] = question.range.toSorted((a, b) => a - b).map((index) => DAYS[index]) as [
          string,
          string,
        ];
        const selected = question.keys?.map((index) => keyIds[index] as number) ?? null;
        const dashboard = getDashboard(scratch, {
          userId,
          start_date: from,
          end_date: through,
          api_key_id: selected ?? undefined,
          model: question.models ?? undefined,
        });
        asked += 1;
        const { as_of, complete_through, keys, ...numbers } = dashboard;
        expect(numbers).toEqual(
          await recompute(scratch, { userId, from, through, keyIds: selected, models: question.models }),
        );
        expectOneTotal(dashboard);
      }
    }),
    { numRuns: RUNS },
  );
});
