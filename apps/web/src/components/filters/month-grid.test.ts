import { describe, expect, it } from "vitest";
import { addMonths, moveMonths, weeksOf } from "./month-grid.ts";

describe("a calendar month", () => {
  it.each([
    ["2026-11", 6, "2026-11-01", "2026-11-30"],
    ["2026-02", 5, "2026-02-01", "2026-02-28"],
    ["2024-02", 5, "2024-02-01", "2024-02-29"],
    ["2027-02", 4, "2027-02-01", "2027-02-28"],
    ["2026-12", 5, "2026-12-01", "2026-12-31"],
  ])("%s has each of its days once, in weeks from Monday", (month, weeks, first, last) => {
    const grid = weeksOf(month);
    expect(grid).toHaveLength(weeks);
    expect(grid.every((week) => week.length === 7)).toBe(true);
    const days = grid.flat().filter((day) => day !== null);
    expect([days[0], days.at(-1)]).toEqual([first, last]);
    expect(new Set(days).size).toBe(Number(last.slice(8)));
  });

  it("moves to the next and previous month across years", () => {
    expect([addMonths("2026-12", 1), addMonths("2026-01", -1), addMonths("2026-05", -17)]).toEqual([
      "2027-01",
      "2025-12",
      "2024-12",
    ]);
  });

  it("keeps the day when the other month has it", () => {
    expect(moveMonths("2026-03-31", -1)).toBe("2026-02-28");
    expect(moveMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(moveMonths("2026-01-15", -12)).toBe("2025-01-15");
  });
});
