import { addDays, type Day, startOf } from "@orwatch/domain/day";

/** `YYYY-MM`. Compares as text. */
export type Month = string;

export const monthOf = (day: Day): Month => day.slice(0, 7);

const firstOf = (month: Month): Day => `${month}-01`;

export function addMonths(month: Month, count: number): Month {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const total = year * 12 + number - 1 + count;
  return `${String(Math.floor(total / 12)).padStart(4, "0")}-${String((total % 12) + 1).padStart(2, "0")}`;
}

/** The same day of another month, or its last where it is shorter. */
export function moveMonths(day: Day, count: number): Day {
  const month = addMonths(monthOf(day), count);
  const last = addDays(firstOf(addMonths(month, 1)), -1);
  const same = `${month}-${day.slice(8)}`;
  return same > last ? last : same;
}

/** Days since the last Monday: OpenRouter's weeks begin there. */
export const weekdayOf = (day: Day): number => (startOf(day).getUTCDay() + 6) % 7;

/** Whole weeks, Monday first, that hold the month; `null` for days of its neighbours. */
export function weeksOf(month: Month): (Day | null)[][] {
  const weeks: (Day | null)[][] = [];
  let day = addDays(firstOf(month), -weekdayOf(firstOf(month)));
  while (monthOf(day) <= month) {
    weeks.push(
      Array.from({ length: 7 }, (_, index) => addDays(day, index)).map((one) => (monthOf(one) === month ? one : null)),
    );
    day = addDays(day, 7);
  }
  return weeks;
}
