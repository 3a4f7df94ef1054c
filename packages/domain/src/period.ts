import { addDays, type Day, firstOfMonth, mondayOf } from "./day.ts";

/** Ranges of days that people name. Weeks start on Monday. */
export const PERIOD_NAMES = [
  "today",
  "yesterday",
  "last_7_days",
  "last_30_days",
  "last_90_days",
  "last_365_days",
  "this_week",
  "last_week",
  "this_month",
  "last_month",
  "this_quarter",
] as const;
export type PeriodName = (typeof PERIOD_NAMES)[number];

const firstOfQuarter = (day: Day): Day => {
  const month = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1;
  return `${day.slice(0, 5)}${String(month).padStart(2, "0")}-01`;
};

/** First and last day (UTC), inclusive. Periods that are not over end today. */
export function daysOfPeriod(name: PeriodName, today: Day): { start: Day; end: Day } {
  const lastDays = (days: number) => ({ start: addDays(today, 1 - days), end: today });
  switch (name) {
    case "today":
      return lastDays(1);
    case "yesterday":
      return { start: addDays(today, -1), end: addDays(today, -1) };
    case "last_7_days":
      return lastDays(7);
    case "last_30_days":
      return lastDays(30);
    case "last_90_days":
      return lastDays(90);
    case "last_365_days":
      return lastDays(365);
    case "this_week":
      return { start: mondayOf(today), end: today };
    case "last_week":
      return { start: addDays(mondayOf(today), -7), end: addDays(mondayOf(today), -1) };
    case "this_month":
      return { start: firstOfMonth(today), end: today };
    case "last_month": {
      const end = addDays(firstOfMonth(today), -1);
      return { start: firstOfMonth(end), end };
    }
    case "this_quarter":
      return { start: firstOfQuarter(today), end: today };
  }
}
