import { toDay } from "../../lib/day.ts";
import { formatDay, formatMoney, formatMoneyExact } from "../../lib/format.ts";
import { text } from "../../lib/text/usage.ts";
import type { ChartDay } from "./chart-model.ts";

/** The read-out as a sentence, for screen readers. */
export function describeDay({ date, cost, parts }: ChartDay, now: Date): string {
  if (cost === null) return `${formatDay(date, now)}: ${text.chart.noDataLong}`;
  const sizes = [...parts].sort((left, right) => right.dollars - left.dollars).slice(0, 3);
  const list = sizes.map((part) => `${part.model} ${formatMoney(part.cost)}`).join(", ");
  const soFar = date === toDay(now) ? ` ${text.chart.soFar}` : "";
  return `${formatDay(date, now)}${soFar}: ${formatMoneyExact(cost)}${list ? `; ${list}` : ""}`;
}
