import { addDays, firstOfMonth, lastOfMonth, listDays } from "@orwatch/domain/day";
import fc from "fast-check";
import { expect, test } from "vitest";
import { divideByMonth } from "./months.ts";

const FIRST = "2023-12-20";

test("months and single days are the period, and never more than half a month of days at each end", () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 500 }),
      fc.integer({ min: 1, max: 366 }),
      fc.nat({ max: 900 }),
      (start, days, present) => {
        const from = addDays(FIRST, start);
        const period = { from, through: addDays(from, days - 1) };
        const { months, added, subtracted } = divideByMonth(period, addDays(FIRST, present));
        const counts = new Map<string, number>();
        const count = (span: { from: string; through: string }, sign: number) => {
          for (const day of listDays(span.from, span.through)) counts.set(day, (counts.get(day) ?? 0) + sign);
        };
        if (months) {
          expect([months.from, months.through]).toEqual([firstOfMonth(months.from), firstOfMonth(months.through)]);
          count({ from: months.from, through: lastOfMonth(months.through) }, 1);
        }
        for (const span of added) count(span, 1);
        for (const span of subtracted) count(span, -1);
        expect([...counts].filter(([, times]) => times !== 0).sort()).toEqual(
          listDays(period.from, period.through).map((day) => [day, 1]),
        );
      },
    ),
    { numRuns: 500 },
  );
});

test("takes a month as a whole if more than half of its days until today are in the period", () => {
  expect(divideByMonth({ from: "2025-12-11", through: "2026-03-10" }, "2026-03-10")).toEqual({
    months: { from: "2025-12-01", through: "2026-03-01" },
    added: [],
    subtracted: [
      { from: "2025-12-01", through: "2025-12-10" },
      { from: "2026-03-11", through: "2026-03-31" },
    ],
  });
  expect(divideByMonth({ from: "2026-01-20", through: "2026-03-10" }, "2026-12-01")).toEqual({
    months: { from: "2026-02-01", through: "2026-02-01" },
    added: [
      { from: "2026-01-20", through: "2026-01-31" },
      { from: "2026-03-01", through: "2026-03-10" },
    ],
    subtracted: [],
  });
});
