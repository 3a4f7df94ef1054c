import { expect, test } from "vitest";
import { lastDays, periodOf, previousPeriod } from "./period.ts";

test("a range includes both ends", () => {
  expect(periodOf("2026-02-28", "2026-03-01")).toEqual({ from: "2026-02-28", through: "2026-03-01", days: 2 });
  expect(periodOf("2026-03-01", "2026-03-01").days).toBe(1);
});

test("a range is at most 366 days long and never reversed", () => {
  expect(periodOf("2024-01-01", "2024-12-31").days).toBe(366);
  expect(() => periodOf("2024-01-01", "2025-01-01")).toThrow("range_too_long");
  expect(() => periodOf("2026-03-02", "2026-03-01")).toThrow("range_reversed");
});

test("a range of the last days ends today, and the previous period is as long", () => {
  const month = lastDays(30, "2026-03-10");
  expect(month).toEqual({ from: "2026-02-09", through: "2026-03-10", days: 30 });
  expect(previousPeriod(month)).toEqual({ from: "2026-01-10", through: "2026-02-08", days: 30 });
});
