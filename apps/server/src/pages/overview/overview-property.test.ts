import { parseNanos } from "@orwatch/domain/money";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { App } from "../../app.ts";
import { getForecast } from "../../forecasts/service.ts";
import { filters, KEYS, life, live } from "../../stats/test-support/random-usage.ts";
import { openScratch, recompute, type Scratch, TODAY } from "../../stats/test-support/scratch.ts";
import { getOverview } from "./service.ts";

let scratch: Scratch;
beforeAll(async () => {
  scratch = await openScratch();
});
afterAll(() => scratch.remove());

const SPAN = { from: "2026-02-01", through: TODAY };
const YESTERDAY = "2026-03-09";

const sum = (days: { cost: string | null }[]) =>
  days.reduce((all, { cost }) => all + (parseNanos(cost ?? "0") ?? 0n), 0n);

test("the figures of the month equal the sums of the rows under any filter", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(life, fc.array(filters, { minLength: 1, maxLength: 3 }), async (events, questions) => {
      const { teamId, keyIds } = await live(scratch, events);
      const all = { keys: null, models: null };
      const most = { ...all, keys: Array.from({ length: KEYS }, (_, index) => index + 1) };
      for (const question of [all, most, ...questions]) {
        const selected = question.keys?.map((index) => keyIds[index] as number) ?? null;
        const { month, day } = await getOverview(scratch as unknown as App, {
          teamId,
          api_key_id: selected ?? undefined,
          model: question.models ?? undefined,
        });
        const asked = { teamId, ...SPAN, keyIds: selected, models: question.models };
        const costs = (await recompute(scratch, asked)).by_date.map(({ date, cost }) => ({ date, cost }));
        const days = costs.filter(({ date }) => date >= "2026-03-01");
        const before = costs.slice(0, -days.length);
        expect(month.days).toEqual(days);
        expect(month.previous_days).toEqual(before);
        const isKnown = days.some(({ cost }) => cost !== null);
        expect(month.cost === null).toBe(!isKnown);
        if (isKnown) expect(parseNanos(month.cost ?? "")).toBe(sum(days));
        expect(day.cost).toBe(days.at(-1)?.cost);

        if (month.comparison) {
          expect(month.comparison.end_date).toBe(YESTERDAY);
          expect(parseNanos(month.comparison.current)).toBe(sum(days.slice(0, -1)));
          expect(parseNanos(month.comparison.previous)).toBe(sum(before.slice(0, days.length - 1)));
        }

        if (!month.forecast) continue;
        const { days: band, ...whole } = month.forecast;
        expect(band[0]?.date).toBe(TODAY);
        expect(band.at(-1)).toEqual({ date: month.end_date, ...whole });
        const middles = band.map(({ middle }) => parseNanos(middle) ?? 0n);
        expect(middles).toEqual(middles.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
        for (const { low, middle, high } of band) {
          expect(parseNanos(low)).toBeLessThanOrEqual(parseNanos(middle) ?? 0n);
          expect(parseNanos(middle)).toBeLessThanOrEqual(parseNanos(high) ?? 0n);
          expect(parseNanos(low)).toBeGreaterThanOrEqual(parseNanos(month.cost ?? "0") ?? 0n);
        }
        if (question === all) {
          const {
            start_date: _,
            end_date: __,
            spent,
            ...expected
          } = getForecast(scratch as unknown as App, { teamId }).month ?? {};
          expect(whole).toEqual(expected);
          expect(spent).toBe(month.cost);
        }
      }
    }),
    { numRuns: Number(process.env.STATS_RUNS ?? 20) },
  );
});
