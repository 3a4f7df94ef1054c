import { addDays, type Day, daysBetween, maxDay, minDay, untilToday } from "@orwatch/domain/day";

/** Days to request from analytics, inclusive. */
export interface Window {
  from: Day;
  through: Day;
}

/** How far back analytics has daily data. */
export const HISTORY_DAYS = 365;
/** Late and restated days are usually within these days. Others are found by the wider queries. */
const RECENT_DAYS = 3;
const MONTH_DAYS = 31;
const WEEK_DAYS = 7;

/** What has been requested before; `null` if never. */
interface Progress {
  watermark: Day | null;
  monthResyncedOn: Day | null;
  yearResyncedOn: Day | null;
}

export type Reach = "recent" | "month" | "year";

/**
 * The window of a sync: everything the first time, then from the watermark or three days back, whichever is earlier; 31 days
 * once a day and 365 once a week, so that restatements are found.
 */
export function planWindow(progress: Progress, today: Day): Window & { reach: Reach } {
  const oldest = addDays(today, 1 - HISTORY_DAYS);
  const watermark = untilToday(progress.watermark, today);
  const monthResyncedOn = untilToday(progress.monthResyncedOn, today);
  const yearResyncedOn = untilToday(progress.yearResyncedOn, today);
  if (watermark === null || yearResyncedOn === null || daysBetween(yearResyncedOn, today) >= WEEK_DAYS)
    return { from: oldest, through: today, reach: "year" };
  const recent = minDay(watermark, addDays(today, -RECENT_DAYS));
  const month = addDays(today, 1 - MONTH_DAYS);
  const isMonthDue = monthResyncedOn === null || daysBetween(monthResyncedOn, today) >= 1;
  const from = isMonthDue ? minDay(recent, month) : recent;
  return { from: maxDay(from, oldest), through: today, reach: isMonthDue ? "month" : "recent" };
}

/** The two halves of a window that was too large for one response, the newer one first; `null` if it is a single day. */
export function halve(window: Window): [Window, Window] | null {
  const length = daysBetween(window.from, window.through) + 1;
  if (length < 2) return null;
  const middle = addDays(window.from, Math.floor(length / 2) - 1);
  return [
    { from: addDays(middle, 1), through: window.through },
    { from: window.from, through: middle },
  ];
}
