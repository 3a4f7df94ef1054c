import { formatDay, formatMonth } from "../../lib/format.ts";
import { text } from "../../lib/text/stats.ts";
import type { StatsRow } from "../../lib/trpc.ts";

/** `12 Nov`, `Week of 9 Nov`, `Nov 2026`. */
export function nameTime({ date, week, month }: StatsRow, now: Date): string {
  if (date) return formatDay(date, now);
  if (week) return text.stats.weekOf(formatDay(week, now));
  return month ? formatMonth(month) : "";
}
