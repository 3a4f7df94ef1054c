import type { ApiKey } from "@orwatch/db";
import { type Day, firstOfMonth, mondayOf, startOf, toDay } from "@orwatch/domain/day";
import { storedInstant } from "../platform/clock.ts";

/** Period of a counter or limit. Periods begin at midnight UTC, weeks on Monday. */
export type Span = "day" | "week" | "month";

/** First day of the period that contains a day. */
export const FIRST_DAY: Record<Span, (day: Day) => Day> = { day: (day) => day, week: mondayOf, month: firstOfMonth };

/** OpenRouter's counters lag up to a minute, so right after a period began they may still be those of the previous one. */
const UNSETTLED_MS = 2 * 60_000;

/** True if the counters of a response at `instant` may belong to the day before. */
export const isUnsettled = (instant: Date): boolean => instant.getTime() % 86_400_000 < UNSETTLED_MS;

/** Counters read at or after this instant are those of the current period. */
const settledSince = (span: Span, now: Date): Date =>
  new Date(startOf(FIRST_DAY[span](toDay(now))).getTime() + UNSETTLED_MS);

/** `null` if the limit never resets. An unknown reset counts as daily, the shortest. */
export const spanOfReset = (reset: string | null): Span | null =>
  reset === null ? null : reset === "weekly" ? "week" : reset === "monthly" ? "month" : "day";

/**
 * The current value of a counter; `null` if its period has or may have ended since it was read.
 * @param span period of the counter; `null` if it never resets
 * @param readAt when it was read, by OpenRouter's clock
 */
function currentValue(
  value: bigint | null,
  { span, readAt, now }: { span: Span | null; readAt: Date | null; now: Date },
): bigint | null {
  if (span === null) return value;
  return readAt !== null && readAt >= settledSince(span, now) ? value : null;
}

type CounterColumns = Pick<
  ApiKey,
  | "countersAt"
  | "limitRemainingNanos"
  | "limitReset"
  | "usageDailyNanos"
  | "usageWeeklyNanos"
  | "usageMonthlyNanos"
  | "byokDailyNanos"
  | "byokWeeklyNanos"
  | "byokMonthlyNanos"
>;

/** Spend of a key in the current periods and remaining limit, in nano-dollars; `null` if unknown. */
export function currentCounters(key: CounterColumns, now: Date) {
  const of = (span: Span | null, value: bigint | null) => currentValue(value, { span, readAt: key.countersAt, now });
  return {
    daily: of("day", key.usageDailyNanos),
    weekly: of("week", key.usageWeeklyNanos),
    monthly: of("month", key.usageMonthlyNanos),
    byokDaily: of("day", key.byokDailyNanos),
    byokWeekly: of("week", key.byokWeeklyNanos),
    byokMonthly: of("month", key.byokMonthlyNanos),
    limitRemaining: of(spanOfReset(key.limitReset), key.limitRemainingNanos),
  };
}

/** The same as SQL: expressions over `api_keys k` that need `currentParameters`. */
export const CURRENT = {
  daily: "iif(k.counters_at >= :daySettled, k.usage_daily_nanos, NULL)",
  weekly: "iif(k.counters_at >= :weekSettled, k.usage_weekly_nanos, NULL)",
  monthly: "iif(k.counters_at >= :monthSettled, k.usage_monthly_nanos, NULL)",
  byokDaily: "iif(k.counters_at >= :daySettled, k.byok_daily_nanos, NULL)",
  limitRemaining: `CASE WHEN k.limit_reset IS NULL OR k.counters_at >= CASE k.limit_reset
    WHEN 'weekly' THEN :weekSettled WHEN 'monthly' THEN :monthSettled ELSE :daySettled END THEN k.limit_remaining_nanos END`,
};

export const currentParameters = (now: Date) => ({
  daySettled: storedInstant(settledSince("day", now)),
  weekSettled: storedInstant(settledSince("week", now)),
  monthSettled: storedInstant(settledSince("month", now)),
});

/**
 * Remaining credits of an account, in nano-dollars. OpenRouter's `/credits` does not include grants, so for an account
 * that has never purchased credits, the balance is unknown.
 */
export function creditsLeft(key: Pick<ApiKey, "creditsTotalNanos" | "creditsUsedNanos" | "isFreeTier">): bigint | null {
  const { creditsTotalNanos: total, creditsUsedNanos: used } = key;
  return total === null || used === null || total <= 0n || key.isFreeTier === true ? null : total - used;
}

/** The same as SQL, over an alias of `api_keys`. */
export const creditsLeftOf = (alias: string): string =>
  `iif(${alias}.credits_total_nanos > 0 AND ${alias}.is_free_tier IS NOT 1, ${alias}.credits_total_nanos - ${alias}.credits_used_nanos, NULL)`;
