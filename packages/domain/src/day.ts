/** A UTC calendar day, `YYYY-MM-DD`. Compares as text. */
export type Day = string;

export const DAY_MS = 86_400_000;

export const toDay = (instant: Date | number): Day => new Date(instant).toISOString().slice(0, 10);

/** Midnight UTC at which the day begins. */
export const startOf = (day: Day): Date => new Date(`${day}T00:00:00.000Z`);

export const addDays = (day: Day, count: number): Day => toDay(startOf(day).getTime() + count * DAY_MS);

/** Days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number =>
  Math.round((startOf(to).getTime() - startOf(from).getTime()) / DAY_MS);

/** All days from `from` to `to`, inclusive. */
export function listDays(from: Day, to: Day): Day[] {
  const days: Day[] = [];
  const end = startOf(to).getTime();
  for (let time = startOf(from).getTime(); time <= end; time += DAY_MS) days.push(toDay(time));
  return days;
}

/** Monday of the week that holds `day`: OpenRouter's weeks run Monday to Sunday. */
export const mondayOf = (day: Day): Day => addDays(day, -((startOf(day).getUTCDay() + 6) % 7));

/** Midnight UTC at which a limit resets daily, weekly (Monday) or monthly; `null` if never. */
export function nextReset({ reset, now }: { reset: string | null; now: Date }): Date | null {
  const today = toDay(now);
  if (reset === "daily") return startOf(addDays(today, 1));
  if (reset === "weekly") return startOf(addDays(mondayOf(today), 7));
  if (reset === "monthly") return startOf(addDays(lastOfMonth(today), 1));
  return null;
}

export const firstOfMonth = (day: Day): Day => `${day.slice(0, 8)}01`;

export const lastOfMonth = (day: Day): Day => addDays(firstOfMonth(addDays(firstOfMonth(day), 31)), -1);

/** True for a day that exists: `2026-02-30` does not. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(time) && toDay(time) === text;
}

export const minDay = (a: Day, b: Day): Day => (a < b ? a : b);
export const maxDay = (a: Day, b: Day): Day => (a > b ? a : b);

/** A day in the future was stored by a wrong clock and counts as never. */
export const untilToday = (day: Day | null, today: Day): Day | null => (day !== null && day > today ? null : day);
