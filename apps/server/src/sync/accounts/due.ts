import type { ApiKey } from "@orwatch/db";
import { addDays, type Day, daysBetween, maxDay, minDay, toDay, untilToday } from "@orwatch/domain/day";
import { HISTORY_DAYS, type Reach, type Window } from "../analytics/plan.ts";

/** State of a listed key that these decisions depend on. */
export type ListedState = Pick<
  ApiKey,
  | "keyHash"
  | "usageNanos"
  | "usageMonthlyNanos"
  | "byokNanos"
  | "queriedNanos"
  | "queriedByokNanos"
  | "watermark"
  | "monthResyncedOn"
  | "yearResyncedOn"
  | "lastUsedAt"
>;

/** An analytics query that a key needs. */
interface Need {
  reach: Reach;
  /** The history has not been read yet. Keys whose counters changed go first. */
  isBackfill: boolean;
}

const RECENT_DAYS = 3;
const MONTH_DAYS = 31;
const WEEK_DAYS = 7;
const DAY_MINUTES = 1440;

/**
 * Which analytics query a listed key needs now; `null` for none (pure). If its counters have not changed since the last complete
 * response, there is nothing new. Restatements that do not change them are found by queries of 31 days, once a day, and of the
 * whole history, once a week, each key at its own weekday and time of day.
 * @param input.now by OpenRouter's clock
 * @param input.intervalMinutes between two syncs
 */
export function needOf(key: ListedState, input: { now: Date; intervalMinutes: number }): Need | null {
  const isUncounted = key.usageNanos === 0n && (key.byokNanos ?? 0n) === 0n;
  // Requests that cost nothing are not counted. `queriedNanos` is set if the total of the account names some.
  if (isUncounted && key.yearResyncedOn === null && key.queriedNanos === null) return null;
  const today = toDay(input.now);
  const yearOn = untilToday(key.yearResyncedOn, today);
  if (yearOn === null || untilToday(key.watermark, today) === null) return { reach: "year", isBackfill: true };
  const isTime = minuteOfDay(input.now) >= slotMinute(key.keyHash, input.intervalMinutes);
  const isDue = (last: Day | null, days: number) =>
    last === null || daysBetween(last, today) > days || (isTime && daysBetween(last, today) === days);
  if (yearOn < lastWeekly(key.keyHash, { today, isTime })) return { reach: "year", isBackfill: false };
  const isMonthDue = isDue(untilToday(key.monthResyncedOn, today), 1);
  if (hasMoved(key)) return { reach: isMonthDue ? "month" : "recent", isBackfill: false };
  return isMonthDue && isUsedLately(key, today) ? { reach: "month", isBackfill: false } : null;
}

/** Whether counters have changed since the last complete response of analytics. */
const hasMoved = (key: ListedState): boolean =>
  key.usageNanos === null || key.queriedNanos !== key.usageNanos || key.queriedByokNanos !== key.byokNanos;

const isUsedLately = (key: ListedState, today: Day): boolean =>
  (key.usageMonthlyNanos ?? 1n) > 0n ||
  (key.lastUsedAt !== null && toDay(key.lastUsedAt) > addDays(today, -MONTH_DAYS));

const minuteOfDay = (now: Date) => Math.floor((now.getTime() % 86_400_000) / 60_000);

/** Minute of the day from which the wider query of a key is due, spread over the syncs of a day. */
function slotMinute(keyHash: string, intervalMinutes: number): number {
  const runs = Math.max(1, Math.floor(DAY_MINUTES / intervalMinutes));
  return (Number.parseInt(keyHash.slice(0, 6), 16) % runs) * intervalMinutes;
}

/**
 * The last day on which the whole history of a key was due. All keys of an account are read for the first time on one day, so
 * the weekday depends on the key.
 */
function lastWeekly(keyHash: string, { today, isTime }: { today: Day; isTime: boolean }): Day {
  const weekday = Number.parseInt(keyHash.slice(6, 12), 16) % WEEK_DAYS;
  const daysAgo = (daysBetween(EPOCH, today) - weekday) % WEEK_DAYS;
  return addDays(today, daysAgo === 0 && !isTime ? -WEEK_DAYS : -daysAgo);
}

const EPOCH: Day = "1970-01-01";

/** The days to request (pure). */
export function windowOf(key: Pick<ListedState, "watermark">, reach: Reach, today: Day): Window {
  const oldest = addDays(today, 1 - HISTORY_DAYS);
  if (reach === "year") return { from: oldest, through: today };
  const recent = minDay(untilToday(key.watermark, today) ?? today, addDays(today, -RECENT_DAYS));
  const from = reach === "month" ? minDay(recent, addDays(today, 1 - MONTH_DAYS)) : recent;
  return { from: maxDay(from, oldest), through: today };
}

/** Keys with their queries, in order. */
export interface DueKey extends Need {
  id: number;
}

/**
 * The order of queries (pure): changed keys first, then the last month of keys without history, most expensive first, so that
 * the dashboard is soon correct, then their whole history.
 */
export function orderDue(keys: readonly (ListedState & { id: number; need: Need })[]): DueKey[] {
  const by = (amount: (key: ListedState) => bigint | null) => (a: ListedState, b: ListedState) =>
    Number((amount(b) ?? 0n) - (amount(a) ?? 0n));
  const due = (key: { id: number }, need: Need): DueKey => ({ id: key.id, ...need });
  const moved = keys.filter(({ need }) => !need.isBackfill).sort(by((key) => key.usageMonthlyNanos));
  const unread = keys.filter(({ need }) => need.isBackfill);
  const recent = unread
    .filter((key) => key.watermark === null && (key.usageMonthlyNanos ?? 0n) > 0n)
    .sort(by((key) => key.usageMonthlyNanos));
  return [
    ...moved.map((key) => due(key, key.need)),
    // For few keys, the year is read almost as fast as the month.
    ...(unread.length > FEW ? recent.map((key) => due(key, { reach: "month", isBackfill: true })) : []),
    ...[...unread].sort(by((key) => key.usageNanos)).map((key) => due(key, key.need)),
  ];
}
const FEW = 10;
