import { toDay } from "@orwatch/domain/day";
import { formatDay, formatMoney, formatMoneyExact } from "../../lib/format.ts";
import { text } from "../../lib/text/usage.ts";
import type { ChartDay, Look } from "./chart-model.ts";

/** The read-out as a sentence, for screen readers. */
export function describeDay({ date, cost, parts, before }: ChartDay, look: Look, now: Date): string {
  if (cost === null) return `${formatDay(date, now)}: ${text.chart.noDataLong}`;
  const sizes = [...parts].sort((left, right) => Math.abs(right.dollars) - Math.abs(left.dollars)).slice(0, 3);
  const list = sizes.map((part) => `${look.nameOf(part.id)} ${formatMoney(part.cost)}`).join(", ");
  const soFar = date === toDay(now) ? ` ${text.chart.soFar}` : "";
  return `${formatDay(date, now)}${soFar}: ${formatMoneyExact(cost)}${list ? `; ${list}` : ""}${before ? `; ${text.chart.before} ${formatMoneyExact(before)}` : ""}`;
}
