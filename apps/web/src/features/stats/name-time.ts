import type { StatsRow } from "../../lib/api/trpc.ts";
import type { Words } from "../../lib/i18n/i18n.ts";

/** `12 Nov`, `Week of 9 Nov`, `Nov 2026`. */
export function nameTime({ date, week, month }: StatsRow, { t, format }: Pick<Words<"stats">, "t" | "format">): string {
  if (date) return format.day(date);
  if (week) return t.stats.weekOf({ day: format.day(week) });
  return month ? format.month(month) : "";
}
