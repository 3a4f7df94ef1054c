import { addDays, type Day } from "@orwatch/domain/day";
import type { Config } from "../../config.ts";

type Retention = Pick<Config, "breakdownRetentionDays" | "retentionDays">;

/** Days that breakdowns are kept, never longer than usage. `null` if all are kept. */
export function breakdownDaysKept(config: Retention): number | null {
  const days = [config.breakdownRetentionDays, config.retentionDays].filter((count) => count > 0);
  return days.length === 0 ? null : Math.min(...days);
}

/** First day whose breakdowns are kept. `null` if all are kept. */
export function oldestBreakdownKept(config: Retention, today: Day): Day | null {
  const days = breakdownDaysKept(config);
  return days === null ? null : addDays(today, 1 - days);
}
