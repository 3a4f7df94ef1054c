import { addDays, type Day, daysBetween, firstOfMonth, lastOfMonth, mondayOf } from "@orwatch/domain/day";

/** Named periods. Those of the current week, month and quarter end today. */
export const PERIODS = [
  "today",
  "yesterday",
  "this_week",
  "last_week",
  "this_month",
  "last_month",
  "this_quarter",
] as const;
export type PeriodName = (typeof PERIODS)[number];

/** Days in UTC, both included. */
export interface DayRange {
  start_date: Day;
  end_date: Day;
}

export const lengthOf = ({ start_date, end_date }: DayRange): number => daysBetween(start_date, end_date) + 1;

const monthBefore = (day: Day): Day => firstOfMonth(addDays(firstOfMonth(day), -1));

function quarterOf(day: Day): Day {
  const month = Number(day.slice(5, 7));
  return `${day.slice(0, 5)}${String(month - ((month - 1) % 3)).padStart(2, "0")}-01`;
}

/** First day of a period. */
const START: Record<PeriodName, (today: Day) => Day> = {
  today: (today) => today,
  yesterday: (today) => addDays(today, -1),
  this_week: mondayOf,
  last_week: (today) => addDays(mondayOf(today), -7),
  this_month: firstOfMonth,
  last_month: monthBefore,
  this_quarter: quarterOf,
};

export function daysOfPeriod(name: PeriodName, today: Day): DayRange {
  const start_date = START[name](today);
  if (name === "yesterday") return { start_date, end_date: start_date };
  if (name === "last_week") return { start_date, end_date: addDays(start_date, 6) };
  return { start_date, end_date: name === "last_month" ? lastOfMonth(start_date) : today };
}

/** First day of the period before one that starts on a day: the week, month or quarter before, or as many days. */
function startBefore(start: Day, { name, days }: { name: PeriodName | undefined; days: number }): Day {
  if (name === "this_week" || name === "last_week") return addDays(start, -7);
  if (name === "this_month" || name === "last_month") return monthBefore(start);
  return name === "this_quarter" ? quarterOf(addDays(start, -1)) : addDays(start, -days);
}

export interface Comparison {
  /** Complete days of the period. */
  current: DayRange;
  before: DayRange;
  /** Of today there are no complete days: the hours until now are compared. */
  isByHour: boolean;
}

/** What is compared with what: complete days only, as many in both periods. */
export function comparePeriods(
  range: DayRange,
  { name, today }: { name?: PeriodName | undefined; today: Day },
): Comparison {
  const isOpen = range.end_date >= today;
  const last = isOpen ? addDays(today, -1) : range.end_date;
  if (last < range.start_date) {
    const before = addDays(range.start_date, -lengthOf(range));
    return { current: range, before: { start_date: before, end_date: addDays(range.start_date, -1) }, isByHour: true };
  }
  const current = { start_date: range.start_date, end_date: last };
  const start_date = startBefore(range.start_date, { name, days: lengthOf(current) });
  const end = addDays(start_date, lengthOf(current) - 1);
  // A whole month is compared with a whole month, however long, and no day counts in both.
  const isWhole = !isOpen || end >= range.start_date;
  return { current, before: { start_date, end_date: isWhole ? addDays(range.start_date, -1) : end }, isByHour: false };
}
