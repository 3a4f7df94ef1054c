import { toDay } from "@orwatch/domain/day";
import type { Words } from "../../lib/i18n/i18n.ts";
import type { ChartDay, Look } from "./chart-model.ts";

/** The read-out as a sentence, for screen readers. */
export function describeDay(
  { date, cost, parts, before }: ChartDay,
  look: Look,
  { t, format, now }: Pick<Words<"usage">, "t" | "format"> & { now: Date },
): string {
  if (cost === null) return `${format.day(date)}: ${t.usage.chart.noDataLong}`;
  const sizes = [...parts].sort((left, right) => Math.abs(right.dollars) - Math.abs(left.dollars)).slice(0, 3);
  const list = sizes.map((part) => `${look.nameOf(part.id)} ${format.money(part.cost)}`).join(", ");
  const soFar = date === toDay(now) ? ` ${t.usage.chart.soFar}` : "";
  return `${format.day(date)}${soFar}: ${format.exactMoney(cost)}${list ? `; ${list}` : ""}${before ? `; ${t.usage.chart.before} ${format.exactMoney(before)}` : ""}`;
}
