import { addDays, type Day, daysBetween } from "@orwatch/domain/day";
import { message } from "@orwatch/messages/message";
import { inSteps } from "../platform/scheduling/read-scheduler.ts";
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

/** The days of a period in steps, so that a year of many keys, which has millions of rows, does not delay other requests. */
export async function* stepsOf({ from, days }: Period): AsyncGenerator<Period> {
  for await (const { start, end } of inSteps(days, "page"))
    yield { from: addDays(from, start), through: addDays(from, end - 1), days: end - start };
}
