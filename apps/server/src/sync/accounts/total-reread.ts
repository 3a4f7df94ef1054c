import { addDays, type Day, daysBetween, maxDay } from "@orwatch/domain/day";
import { HISTORY_DAYS, type Window } from "../analytics/plan.ts";

const MONTH_DAYS = 31;
const DAY_MINUTES = 1440;
/** The reread takes this many days, so that it ends before the next one is due. */
const SPREAD_DAYS = 6;

/** A part of the weekly reread of an account's total. */
export interface Part extends Window {
  /** First day that is then read; `null` if this is the last part. */
  rereadFrom: Day | null;
}

/**
 * The next part of the weekly reread of an account's total (pure). A year of many keys takes far more requests than an hour may
 * have, so that each sync rereads a few days, from the newest to the oldest.
 * @param input.rereadFrom first day that was read again so far; `null` if no reread is under way
 * @param input.startsNow a reread begins; the query of the last month is its first part
 * @returns `null` if there is nothing to reread
 */
export function nextPart(input: {
  rereadFrom: Day | null;
  startsNow: boolean;
  today: Day;
  intervalMinutes: number;
}): Part | null {
  const { today } = input;
  const oldest = addDays(today, 1 - HISTORY_DAYS);
  const rereadFrom = input.startsNow ? addDays(today, 1 - MONTH_DAYS) : input.rereadFrom;
  if (rereadFrom === null || rereadFrom <= oldest) return null;
  const runs = Math.max(1, Math.floor(DAY_MINUTES / input.intervalMinutes)) * SPREAD_DAYS;
  const days = Math.ceil((HISTORY_DAYS - MONTH_DAYS) / runs);
  const through = addDays(rereadFrom, -1);
  const from = maxDay(oldest, addDays(rereadFrom, -days));
  return { from, through, rereadFrom: daysBetween(oldest, from) === 0 ? null : from };
}
