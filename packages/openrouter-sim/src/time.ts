/** Days are numbered from 1970-01-01 (UTC), so that windows are plain integer arithmetic. */
export const DAY_MS = 86_400_000;

export function dayNumber(at: Date | number): number {
  return Math.floor((typeof at === "number" ? at : at.getTime()) / DAY_MS);
}

export function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The number of a `YYYY-MM-DD` day; null for anything that is no such day (2026-02-30 included). */
export function parseDay(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const ms = Date.parse(`${text}T00:00:00.000Z`);
  if (Number.isNaN(ms)) return null;
  const day = dayNumber(ms);
  return dayText(day) === text ? day : null;
}

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
