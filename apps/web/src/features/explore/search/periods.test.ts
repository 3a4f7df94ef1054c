import { addDays, daysBetween } from "@orwatch/domain/day";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { comparePeriods, daysOfPeriod, lengthOf, PERIODS } from "./periods.ts";

const TODAY = "2026-11-22";

it.each([
  ["today", TODAY, TODAY],
  ["yesterday", "2026-11-21", "2026-11-21"],
  ["this_week", "2026-11-16", TODAY],
  ["last_week", "2026-11-09", "2026-11-15"],
  ["this_month", "2026-11-01", TODAY],
  ["last_month", "2026-10-01", "2026-10-31"],
  ["this_quarter", "2026-10-01", TODAY],
] as const)("%s is from %s to %s", (name, start_date, end_date) => {
  expect(daysOfPeriod(name, TODAY)).toEqual({ start_date, end_date });
});

describe("comparison", () => {
  const of = (name: (typeof PERIODS)[number]) => comparePeriods(daysOfPeriod(name, TODAY), { name, today: TODAY });

  it("compares complete days with as many", () => {
    expect(comparePeriods({ start_date: "2026-11-16", end_date: TODAY }, { today: TODAY })).toEqual({
      current: { start_date: "2026-11-16", end_date: "2026-11-21" },
      before: { start_date: "2026-11-10", end_date: "2026-11-15" },
      isByHour: false,
    });
  });

  it("compares months and quarters with those before from their first day on", () => {
    expect(of("this_month").before).toEqual({ start_date: "2026-10-01", end_date: "2026-10-21" });
    expect(of("last_month").before).toEqual({ start_date: "2026-09-01", end_date: "2026-09-30" });
    expect(of("this_quarter").before).toEqual({ start_date: "2026-07-01", end_date: "2026-08-21" });
    expect(of("this_week").before).toEqual({ start_date: "2026-11-09", end_date: "2026-11-14" });
  });

  it("compares today by hour with yesterday", () => {
    expect(of("today")).toMatchObject({ before: { start_date: "2026-11-21", end_date: "2026-11-21" }, isByHour: true });
  });

  it("never overlaps, and has no day that is not over", () => {
    const day = fc.integer({ min: 0, max: 1200 }).map((days) => addDays("2024-01-01", days));
    fc.assert(
      fc.property(day, fc.constantFrom(...PERIODS), (today, name) => {
        const range = daysOfPeriod(name, today);
        const { current, before, isByHour } = comparePeriods(range, { name, today });
        expect(before.end_date < range.start_date).toBe(true);
        expect(lengthOf(before)).toBeGreaterThan(0);
        if (isByHour) return;
        expect(current.end_date < today).toBe(true);
        if (name !== "last_month") expect(Math.abs(lengthOf(before) - lengthOf(current))).toBeLessThanOrEqual(3);
        expect(daysBetween(before.start_date, range.start_date)).toBeLessThanOrEqual(92);
      }),
      { numRuns: 2000 },
    );
  });
});
