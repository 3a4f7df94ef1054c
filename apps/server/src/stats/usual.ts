import { addDays, type Day } from "@orwatch/domain/day";

export const USUAL_WEEKS = 8;
/** Minimum number of known same weekdays. */
export const LEAST_KNOWN = 3;

/** Cost by day of one key. A day without an entry is unknown. `isWhole` is false for today and after a gap. */
export type CostByDay = Pick<ReadonlyMap<Day, { cost: bigint; isWhole: boolean }>, "get" | "has">;

/** Spend of some keys on a day and their usual spend on its weekday, in nano-dollars. */
export interface SpendAndUsual {
  spent: bigint;
  /** Twice the median, so that the mean of two amounts is an integer. */
  doubledUsual: bigint;
  /** The keys included in both. */
  keyIds: number[];
}

/**
 * Spend of some keys on a day, and their usual spend on that weekday: the median of the same weekday in the 8 weeks
 * before, of the weeks in which all of them are known. Keys with fewer than 3 known days are left out. Pure.
 * @returns `null` if there is too little data
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

/** Caches the last result, because an evaluation needs the same one or two days thousands of times. */
const remembered = new Map<Day, Day[]>();

/** The days that the usual spend of `day` is based on, latest first. */
export function sameWeekdaysBefore(day: Day): Day[] {
  let days = remembered.get(day);
  if (!days) {
    days = Array.from({ length: USUAL_WEEKS }, (_, week) => addDays(day, -7 * (week + 1)));
    if (remembered.size > 2) remembered.clear();
    remembered.set(day, days);
  }
  return days;
}

const sum = (keys: CostByDay[], day: Day): bigint =>
  keys.reduce((total, days) => total + (days.get(day)?.cost ?? 0n), 0n);

/** Twice the median, which is always an integer. */
export function doubledMedian(values: readonly bigint[]): bigint {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] as bigint;
  return sorted.length % 2 === 1 ? 2n * upper : upper + (sorted[half - 1] as bigint);
}
