import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, daysBetween, startOf, toDay } from "./day.ts";
import { daysOfPeriod, PERIOD_NAMES } from "./period.ts";

describe("daysOfPeriod", () => {
  test.each([
    ["today", "2026-11-30", "2026-11-30", "2026-11-30"],
    ["yesterday", "2026-12-01", "2026-11-30", "2026-11-30"],
    ["last_7_days", "2026-12-01", "2026-11-25", "2026-12-01"],
    ["last_30_days", "2026-03-01", "2026-01-31", "2026-03-01"],
    ["this_week", "2026-11-30", "2026-11-30", "2026-11-30"],
    ["this_week", "2026-12-06", "2026-11-30", "2026-12-06"],
    ["last_week", "2026-12-01", "2026-11-23", "2026-11-29"],
    ["this_month", "2026-12-01", "2026-12-01", "2026-12-01"],
    ["last_month", "2026-03-31", "2026-02-01", "2026-02-28"],
    ["last_month", "2028-03-01", "2028-02-01", "2028-02-29"],
    ["last_month", "2026-01-15", "2025-12-01", "2025-12-31"],
    ["this_quarter", "2026-03-31", "2026-01-01", "2026-03-31"],
    ["this_quarter", "2026-12-01", "2026-10-01", "2026-12-01"],
  ] as const)("%s on %s", (name, today, start, end) => {
    expect(daysOfPeriod(name, today)).toEqual({ start, end });
  });

  test("is one range of at most 366 days that ends today or earlier", () => {
    fc.assert(
      fc.property(fc.constantFrom(...PERIOD_NAMES), fc.integer({ min: 0, max: 20_000 }), (name, offset) => {
        const today = addDays("2000-01-01", offset);
        const { start, end } = daysOfPeriod(name, today);
        expect(start <= end && end <= today).toBe(true);
        expect(daysBetween(start, end)).toBeLessThan(366);
        expect(toDay(startOf(start))).toBe(start);
      }),
    );
  });
});
