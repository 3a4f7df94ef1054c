/** A UTC calendar day, `YYYY-MM-DD`. Compares as text. */
export type Day = string;

const DAY_MS = 86_400_000;

export const toDay = (instant: Date | number): Day => new Date(instant).toISOString().slice(0, 10);

export const startOf = (day: Day): Date => new Date(`${day}T00:00:00.000Z`);

export const addDays = (day: Day, count: number): Day => toDay(startOf(day).getTime() + count * DAY_MS);

/** Days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number =>
  Math.round((startOf(to).getTime() - startOf(from).getTime()) / DAY_MS);

/** True for a day that exists: `2026-02-30` does not. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(time) && toDay(time) === text;
}

/** Midnight UTC at which a limit of this kind starts anew; weeks begin on Monday. `null`: never. */
export function nextReset({ reset, now }: { reset: string | null; now: Date }): Date | null {
  const today = startOf(toDay(now));
  const [year, month, date] = [today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate()];
  if (reset === "daily") return new Date(Date.UTC(year, month, date + 1));
  if (reset === "weekly") return new Date(Date.UTC(year, month, date + 7 - ((today.getUTCDay() + 6) % 7)));
  if (reset === "monthly") return new Date(Date.UTC(year, month + 1, 1));
  return null;
}
