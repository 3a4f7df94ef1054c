import { addDays, type Day, firstOfMonth, lastOfMonth, mondayOf, startOf, toDay } from "@orwatch/domain/day";
import type { Format } from "@orwatch/messages/format";

export type Interval = "hour" | "day" | "week" | "month";

const HOUR_MS = 3_600_000;

/** The day of a start of an interval, which is a day or the timestamp of an hour. */
export const dayOf = (at: string): Day => at.slice(0, "2026-01-01".length);

/** First and last day of an interval. */
export function daysOf(at: string, interval: Interval): { from: Day; through: Day } {
  const from = dayOf(at);
  if (interval === "week") return { from, through: addDays(from, 6) };
  return { from, through: interval === "month" ? lastOfMonth(from) : from };
}

const startTime = (at: string): number => new Date(at.includes("T") ? at : startOf(at)).getTime();

const endTime = (at: string, interval: Interval): number =>
  interval === "hour" ? startTime(at) + HOUR_MS : startOf(addDays(daysOf(at, interval).through, 1)).getTime();

/** Whether an interval has not begun, is not over, or is complete. */
export function phaseOf(at: string, interval: Interval, now: Date): "future" | "open" | "over" {
  if (startTime(at) > now.getTime()) return "future";
  return endTime(at, interval) > now.getTime() ? "open" : "over";
}

/** Start of the interval with a day or, of hours, of the instant. */
export function startOfInterval(day: Day, interval: Interval): string {
  if (interval === "week") return mondayOf(day);
  if (interval === "month") return firstOfMonth(day);
  return interval === "hour" ? startOf(day).toISOString() : day;
}

/** `14:00` or, with its day, `12 Nov 14:00`. */
const hourOf = (at: string): string => at.slice(11, 16);

/** Label below the axis: the day at midnight, else the hour. */
export function labelInterval(at: string, interval: Interval, format: Format): string {
  if (interval === "month") return format.month(at);
  return interval === "hour" && hourOf(at) !== "00:00" ? hourOf(at) : format.day(dayOf(at));
}

/** `12 Nov`, `12 Nov 14:00`, `2 Nov – 8 Nov`, `Nov 2026`. All in UTC. */
export function nameInterval(at: string, interval: Interval, format: Format): string {
  if (interval === "hour") return `${format.day(dayOf(at))} ${hourOf(at)}`;
  if (interval === "month") return format.month(at);
  const { from, through } = daysOf(at, interval);
  return interval === "week" ? format.days(from, through) : format.day(from);
}

export const isToday = (at: string, now: Date): boolean => dayOf(at) === toDay(now);
