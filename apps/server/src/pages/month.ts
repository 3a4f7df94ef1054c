import { addDays, type Day, daysBetween, firstOfMonth, lastOfMonth } from "@orwatch/domain/day";
import { type Period, periodOf } from "../stats/period.ts";

/**
 * The days of this month through `last`, and the same days of the month before. If that is shorter, its last day is the last of both. `null`
 * if `last` is before this month.
 */
export function sameDaysOfMonths(today: Day, last: Day): { current: Period; previous: Period } | null {
  const from = firstOfMonth(today);
  const before = firstOfMonth(addDays(from, -1));
  const days = Math.min(daysBetween(from, last), daysBetween(before, lastOfMonth(before))) + 1;
  if (days < 1) return null;
  return { current: periodOf(from, addDays(from, days - 1)), previous: periodOf(before, addDays(before, days - 1)) };
}
