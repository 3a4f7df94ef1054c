import { addDays, daysBetween, mondayOf, toDay } from "@orwatch/domain/day";
import { formatNanos, parseMoney } from "@orwatch/domain/money";
import { usageNow } from "../../platform/clock.ts";
import type { Period } from "../period.ts";
import { knownDays, type Reading } from "../selection.ts";
import { getBreakdown } from "./breakdown.ts";
import { listSplitDays } from "./rows.ts";
import type { BreakdownOutput } from "./schema.ts";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const WEEKDAYS = HOURS.slice(0, 7);

interface WeekOutput {
  hours: { weekday: number; hour: number; cost: string | null }[];
  /** Cost that is not known by hour. */
  unknown: string;
  total: string;
  since: string | null;
}

/**
 * Cost of a key in a range by weekday (0 is Monday) and hour (UTC). An hour is `null` if its cost is not known for any such weekday of
 * the range.
 */
export async function getWeek(
  app: Reading,
  { teamId, keyId, period }: { teamId: number; keyId: number; period: Period },
): Promise<WeekOutput> {
  const { items, total, since } = await getBreakdown(app, {
    teamId,
    dimension: "weekday_hour",
    start_date: period.from,
    end_date: period.through,
    api_key_id: [keyId],
    limit: 1,
  });
  const hoursKnown = countKnownHours(app, { teamId, keyId, period });
  const costOf = (weekday: number, hour: number): string | null =>
    items.find(({ value }) => value === `${weekday}-${hour}`)?.cost ??
    (hour < (hoursKnown[weekday] ?? 0) ? formatNanos(0n) : null);
  return {
    hours: WEEKDAYS.flatMap((weekday) => HOURS.map((hour) => ({ weekday, hour, cost: costOf(weekday, hour) }))),
    unknown: sumUnknown(items),
    total: total.cost,
    since,
  };
}

const sumUnknown = (items: BreakdownOutput["items"]): string =>
  formatNanos(
    items.filter(({ value }) => value === null).reduce((sum, { cost }) => sum + (parseMoney(cost) ?? 0n), 0n),
  );

/** For each weekday, how many hours from midnight are known: 24 if a whole day is, and less if only today is. */
function countKnownHours(
  app: Reading,
  { teamId, keyId, period }: { teamId: number; keyId: number; period: Period },
): number[] {
  const selection = { teamId, period, keyIds: [keyId], models: null };
  // A day without usage is known by hour, too.
  const unused = knownDays(app, selection).filter(
    ([, cost, requests, rows]) => cost === 0n && !requests && rows === 0n,
  );
  const split = listSplitDays(app, { ...selection, dimension: "weekday_hour", accountId: null });
  const now = usageNow(app.clock);
  const known = WEEKDAYS.map(() => 0);
  for (const day of [...split, ...unused.map(([date]) => date)]) {
    const weekday = daysBetween(mondayOf(day), day);
    const hours = day === toDay(now) ? now.getUTCHours() + 1 : day < addDays(toDay(now), 1) ? HOURS.length : 0;
    known[weekday] = Math.max(known[weekday] ?? 0, hours);
  }
  return known;
}
