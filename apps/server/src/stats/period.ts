import { addDays, type Day, daysBetween, minDay } from "@orwatch/domain/day";
import { message } from "@orwatch/messages/message";
import { AppError } from "../rpc/app-error.ts";

export interface Period {
  from: Day;
  through: Day;
  days: number;
}

const MAX_DAYS = 366;

/**
 * The days from `from` to `through`, inclusive.
 * @throws BAD_REQUEST if they are reversed or more than 366
 */
export function periodOf(from: Day, through: Day): Period {
  const days = daysBetween(from, through) + 1;
  if (days < 1) throw new AppError("BAD_REQUEST", message("range_reversed", { from, through }));
  if (days > MAX_DAYS) throw new AppError("BAD_REQUEST", message("range_too_long", { days, limit: MAX_DAYS }));
  return { from, through, days };
}

/** The last `days` days, including today. */
export const lastDays = (days: number, today: Day): Period => ({
  from: addDays(today, 1 - days),
  through: today,
  days,
});

/** The same number of days immediately before. */
export const previousPeriod = ({ from, days }: Period): Period => ({
  from: addDays(from, -days),
  through: addDays(from, -1),
  days,
});

/** A year of many keys has millions of rows. They are read a few days at a time, so that other requests are not delayed. */
const DAYS_A_STEP = 10;

/** The days of a period in steps. */
export function stepsOf({ from, through }: Period): Period[] {
  const steps: Period[] = [];
  for (let first = from; first <= through; first = addDays(first, DAYS_A_STEP)) {
    const last = minDay(through, addDays(first, DAYS_A_STEP - 1));
    steps.push({ from: first, through: last, days: daysBetween(first, last) + 1 });
  }
  return steps;
}
