import { addDays, type Day, firstOfMonth, listDays, mondayOf, startOf } from "@orwatch/domain/day";
import type { Period } from "../period.ts";
import type { Interval } from "./schema.ts";

const HOURS = 24;
const HOUR_MS = 3_600_000;

/** Start of the interval of a day, as it is returned. Not for hours. */
export const intervalOf = (day: Day, interval: Exclude<Interval, "hour">): Day =>
  interval === "week" ? mondayOf(day) : interval === "month" ? firstOfMonth(day) : day;

/** The intervals of a period: their starts, and their days in the period. Not for hours. */
export function listSpans({ from, through }: Period, interval: Exclude<Interval, "hour">): (Period & { at: Day })[] {
  const spans: (Period & { at: Day })[] = [];
  for (const day of listDays(from, through)) {
    const at = intervalOf(day, interval);
    const last = spans.at(-1);
    if (last?.at === at) {
      last.through = day;
      last.days += 1;
    } else spans.push({ at, from: day, through: day, days: 1 });
  }
  return spans;
}

/** Starts of all intervals of a period, in order: days, or timestamps of hours. */
export function listIntervals({ from, through }: Period, interval: Interval): string[] {
  const days = listDays(from, through);
  if (interval !== "hour") return [...new Set(days.map((day) => intervalOf(day, interval)))];
  return days.flatMap((day) =>
    Array.from({ length: HOURS }, (_, hour) => new Date(startOf(day).getTime() + hour * HOUR_MS).toISOString()),
  );
}

/** Days in ascending order as spans of consecutive days. */
export function toSpans(days: Day[]): { start_date: Day; end_date: Day }[] {
  const spans: { start_date: Day; end_date: Day }[] = [];
  for (const day of days) {
    const last = spans.at(-1);
    if (last && addDays(last.end_date, 1) === day) last.end_date = day;
    else spans.push({ start_date: day, end_date: day });
  }
  return spans;
}
