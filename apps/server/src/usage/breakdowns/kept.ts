import { addDays, type Day } from "@orwatch/domain/day";
import type { Config } from "../../config.ts";

/** First day whose breakdowns are kept. Breakdowns are never kept longer than usage. `null` if all are kept. */
export function oldestBreakdownKept(
  config: Pick<Config, "breakdownRetentionDays" | "retentionDays">,
  today: Day,
): Day | null {
  const days = [config.breakdownRetentionDays, config.retentionDays].filter((count) => count > 0);
  return days.length === 0 ? null : addDays(today, 1 - Math.min(...days));
}
