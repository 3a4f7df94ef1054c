import { parseNanos } from "@orwatch/domain/money";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DAYS, filters, KEYS, life, live, SPAN } from "../test-support/random-usage.ts";
import { openScratch, recompute, type Scratch } from "../test-support/scratch.ts";
import { getDashboard } from "./dashboard.ts";
import type { DashboardOutput } from "./schema.ts";

const RUNS = Number(process.env.STATS_RUNS ?? 60);

let scratch: Scratch;
let asked = 0;
beforeAll(async () => {
  scratch = await openScratch();
});
afterAll(async () => {
  process.stdout.write(`statistics: ${asked} dashboards recomputed from the rows\n`);
  await scratch.remove();
});

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

test("a dashboard equals the sums of its rows under any filter", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(life, fc.array(filters, { minLength: 1, maxLength: 6 }), async (events, questions) => {
      const { teamId, keyIds } = await live(scratch, events);
      const everything = { range: [0, SPAN - 1] as [number, number], keys: null, models: null };
      const most = { ...everything, keys: Array.from({ length: KEYS }, (_, index) => index + 1) };
      for (const question of [everything, most, ...questions]) {
        const [from, through] = question.range.toSorted((a, b) => a - b).map((index) => DAYS[index]) as [
          string,
          string,
        ];
        const selected = question.keys?.map((index) => keyIds[index] as number) ?? null;
        const dashboard = getDashboard(scratch, {
          teamId,
          start_date: from,
          end_date: through,
          api_key_id: selected ?? undefined,
          model: question.models ?? undefined,
        });
        asked += 1;
        const { as_of, complete_through, keys, ...numbers } = dashboard;
        expect(numbers).toEqual(
          await recompute(scratch, { teamId, from, through, keyIds: selected, models: question.models }),
        );
        expectOneTotal(dashboard);
      }
    }),
    { numRuns: RUNS },
  );
});
