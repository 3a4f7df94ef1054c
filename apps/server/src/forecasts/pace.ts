import { addDays, type Day, daysBetween, firstOfMonth, lastOfMonth, startOf } from "@orwatch/domain/day";
import { divideHalfUp, maxNanos, minNanos } from "@orwatch/domain/money";

/** Days before today on which the pace is based. */
export const PACE_DAYS = 28;
/** Minimum number of known days. */
const LEAST_KNOWN = 7;
/** Weeks from the last to the fourth last. */
const WEEK_WEIGHTS = [4n, 3n, 2n, 1n];
const WEIGHTS = 10n;

/** Pace of spending: expected cost of the next days and its deviation. Amounts in nano-dollars. */
export interface Pace {
  /** Number of known days among the 28. */
  daysKnown: number;
  /** Sum of each weekday over the four weeks, Sunday first; `level / total` of it is four days at today's level. */
  byWeekday: bigint[];
  total: bigint;
  level: bigint;
  /** Variance of a day around its weekday, and of a week around the others. */
  dayVariance: bigint;
  weekVariance: bigint;
}

/**
 * Pace of the 28 days before `today`. Days that cost more than 1.5 times the third most expensive day count as that much, so that one outlier does not set the pace.
 * Newer weeks weigh more. Unknown days count as the known ones of their weekday. Pure.
 * @returns `null` if there is too little data
 */
export function paceOf(costs: ReadonlyMap<Day, bigint>, today: Day): Pace | null {
  const known = Array.from({ length: PACE_DAYS }, (_, index) => costs.get(addDays(today, -1 - index)));
  const values = known.filter((cost) => cost !== undefined);
  if (values.length < LEAST_KNOWN) return null;
  const capped = capOf(values);
  const filled = fill(known.map((cost) => (cost === undefined ? undefined : minNanos(maxNanos(cost, 0n), capped))));
  const weeks = WEEK_WEIGHTS.map((_, week) => sum(filled.slice(7 * week, 7 * week + 7)));
  const total = sum(weeks);
  const level = sum(weeks.map((week, index) => week * (WEEK_WEIGHTS[index] as bigint)));
  const byWeekday = Array.from({ length: 7 }, () => 0n);
  for (const [index, cost] of filled.entries()) {
    const weekday = weekdayOf(addDays(today, -1 - index));
    byWeekday[weekday] = (byWeekday[weekday] as bigint) + cost;
  }
  const pace = { daysKnown: values.length, byWeekday, total, level, dayVariance: 0n, weekVariance: 0n };
  const residuals = filled.map((cost, index) => cost - expected(pace, weekdayOf(addDays(today, -1 - index))));
  return {
    ...pace,
    dayVariance: sum(residuals.map((residual) => residual * residual)) / 21n,
    weekVariance: sum(weeks.map((week) => (4n * week - total) ** 2n)) / 48n,
  };
}

function capOf(values: bigint[]): bigint {
  const third = [...values].sort((a, b) => (a < b ? 1 : a > b ? -1 : 0))[2] ?? 0n;
  return third > 0n ? (third * 3n) / 2n : (values.reduce(maxNanos, 0n) as bigint);
}

/** Fills unknown days with the mean of the known days of the same weekday, or of all known days. */
function fill(days: (bigint | undefined)[]): bigint[] {
  const mean = (values: (bigint | undefined)[]) => {
    const known = values.filter((cost) => cost !== undefined);
    return known.length === 0 ? null : divideHalfUp(sum(known), BigInt(known.length));
  };
  const all = mean(days) ?? 0n;
  return days.map((cost, index) => cost ?? mean(days.filter((_, other) => other % 7 === index % 7)) ?? all);
}

const expected = (pace: Pick<Pace, "byWeekday" | "total" | "level">, weekday: number): bigint =>
  pace.total === 0n ? 0n : divideHalfUp((pace.byWeekday[weekday] as bigint) * pace.level, WEIGHTS * pace.total);

/** Expected cost of a day. */
export const expectedOn = (pace: Pace, day: Day): bigint => expected(pace, weekdayOf(day));

interface Range {
  low: bigint;
  middle: bigint;
  high: bigint;
}

/**
 * Expected spend of the days from `today` through `last`, in addition to today's spend so far. The range is meant to hold in
 * about 8 of 10 cases: 1.28 deviations of days and of the level of weeks.
 */
export function expectedThrough(pace: Pace, input: { today: Day; last: Day; spentToday: bigint }): Range {
  const { today, last, spentToday } = input;
  let middle = maxNanos(expectedOn(pace, today) - spentToday, 0n);
  for (let day = addDays(today, 1); day <= last; day = addDays(day, 1)) middle += expectedOn(pace, day);
  const off = deviation(pace, daysBetween(today, last) + 1);
  return { low: maxNanos(middle - off, 0n), middle, high: middle + off };
}

/** 1.28 standard deviations of the cost of `days` days: from the variance of days and of the weekly level. */
export function deviation(pace: Pace, days: number): bigint {
  const n = BigInt(days);
  const variance = (pace.dayVariance * n * (28n + n)) / 28n + (pace.weekVariance * n * n) / 49n;
  return (squareRoot(variance) * 128n) / 100n;
}

/** Integer square root. */
export function squareRoot(value: bigint): bigint {
  if (value < 2n) return value < 0n ? 0n : value;
  let guess = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}

const weekdayOf = (day: Day): number => startOf(day).getUTCDay();
const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);

/** Forecast of the current month: spend so far plus the expected rest. Amounts in nano-dollars. Pure. */
export function forecastMonth(pace: Pace, costs: ReadonlyMap<Day, bigint>, today: Day): Range & { spent: bigint } {
  let spent = 0n;
  for (let day = firstOfMonth(today); day <= today; day = addDays(day, 1)) spent += costs.get(day) ?? 0n;
  const rest = expectedThrough(pace, { today, last: lastOfMonth(today), spentToday: costs.get(today) ?? 0n });
  return { spent, low: spent + rest.low, middle: spent + rest.middle, high: spent + rest.high };
}
