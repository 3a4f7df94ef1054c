import { addDays, type Day } from "@orwatch/domain/day";

const WEEKS = 8;
/** Fewer same weekdays than this say nothing of what is usual. */
const LEAST_KNOWN = 3;

/** Cost by day of one key; a day without an entry is unknown. Not whole: it goes on, or a gap leaves its share unknown. */
export type CostByDay = ReadonlyMap<Day, { cost: bigint; isWhole: boolean }>;

/** What some keys spent on a day, beside what they usually spend on its weekday. Nano-dollars. */
export interface SpendAndUsual {
  spent: bigint;
  /** Doubled, so that the mean of two stays whole. */
  doubledUsual: bigint;
  /** The keys that are in both. */
  keyIds: number[];
}

/**
 * What some keys spent on a day, and what they usually spend on that weekday: the median of the same weekday in the 8 weeks
 * before, of the weeks in which all of them are known. Keys with fewer than 3 known such days are left out of both. Pure.
 * @returns `null` when too little is known
 */
export function compareWithUsual(keys: ReadonlyMap<number, CostByDay>, day: Day): SpendAndUsual | null {
  const before = sameWeekdaysBefore(day);
  const old = [...keys].filter(([, days]) => before.filter((date) => days.get(date)?.isWhole).length >= LEAST_KNOWN);
  const costs = old.map(([, days]) => days);
  if (!costs.some((days) => days.has(day))) return null;
  const sums = before.filter((date) => costs.every((days) => days.get(date)?.isWhole)).map((date) => sum(costs, date));
  if (sums.length < LEAST_KNOWN) return null;
  return { spent: sum(costs, day), doubledUsual: doubledMedian(sums), keyIds: old.map(([id]) => id) };
}

/** The last response: one evaluation asks for the same day or two, thousands of times. */
const remembered = new Map<Day, Day[]>();

/** The days that the usual of `day` is made of, latest first. */
export function sameWeekdaysBefore(day: Day): Day[] {
  let days = remembered.get(day);
  if (!days) {
    days = Array.from({ length: WEEKS }, (_, week) => addDays(day, -7 * (week + 1)));
    if (remembered.size > 2) remembered.clear();
    remembered.set(day, days);
  }
  return days;
}

const sum = (keys: CostByDay[], day: Day): bigint =>
  keys.reduce((total, days) => total + (days.get(day)?.cost ?? 0n), 0n);

/** Twice the median: whole also where that is the mean of two. */
export function doubledMedian(values: readonly bigint[]): bigint {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] as bigint;
  return sorted.length % 2 === 1 ? 2n * upper : upper + (sorted[half - 1] as bigint);
}
