import { addDays, type Day, daysBetween } from "@orwatch/domain/day";
import { TRPCError } from "@trpc/server";

export interface Period {
  from: Day;
  through: Day;
  days: number;
}

const MAX_DAYS = 366;

/**
 * The days from `from` to `through`, both included.
 * @throws BAD_REQUEST when they are the wrong way round or more than 366
 */
export function periodOf(from: Day, through: Day): Period {
  const days = daysBetween(from, through) + 1;
  if (days < 1)
    throw new TRPCError({
      code: "BAD_REQUEST",
      message: `start_date ${from} is after end_date ${through}; swap them.`,
    });
  if (days > MAX_DAYS)
    throw new TRPCError({
      code: "BAD_REQUEST",
      message: `${from} to ${through} is ${days} days; ask for at most ${MAX_DAYS} at a time.`,
    });
  return { from, through, days };
}

/** The last `days` days, today included. */
export const lastDays = (days: number, today: Day): Period => ({
  from: addDays(today, 1 - days),
  through: today,
  days,
});

/** As many days, right before. */
export const previousPeriod = ({ from, days }: Period): Period => ({
  from: addDays(from, -days),
  through: addDays(from, -1),
  days,
});
