import { DAY_MS, isDay, startOf, toDay } from "@orwatch/domain/day";

export { DAY_MS };

/** Days are numbered from 1970-01-01 (UTC), so that windows are plain integer arithmetic. */
export function dayNumber(at: Date | number): number {
  return Math.floor((typeof at === "number" ? at : at.getTime()) / DAY_MS);
}

export const dayText = (day: number): string => toDay(day * DAY_MS);

/** The number of a `YYYY-MM-DD` day; null for anything that is no such day (2026-02-30 included). */
export const parseDay = (text: string): number | null => (isDay(text) ? dayNumber(startOf(text)) : null);

export function requireDay(text: string): number {
  const day = parseDay(text);
  if (day === null) throw new Error(`Not a day (YYYY-MM-DD): ${text}`);
  return day;
}

/** The Monday of the week; day 0 was a Thursday. */
export function weekStart(day: number): number {
  return day - ((((day + 3) % 7) + 7) % 7);
}

export function monthStart(day: number): number {
  const date = new Date(day * DAY_MS);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / DAY_MS;
}
