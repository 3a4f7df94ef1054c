import type { Words } from "../../lib/i18n.ts";
import type { StatsRow } from "../../lib/trpc.ts";

/** `12 Nov`, `Week of 9 Nov`, `Nov 2026`. */
export function nameTime({ date, week, month }: StatsRow, { t, format }: Pick<Words<"stats">, "t" | "format">): string {
  if (date) return format.day(date);
  if (week) return t.stats.weekOf({ day: format.day(week) });
  return month ? format.month(month) : "";
}
