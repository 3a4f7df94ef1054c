import { addDays, type Day, firstOfMonth, lastOfMonth } from "@orwatch/domain/day";
import { expectedThrough, type Pace, type Range } from "./pace.ts";

/** Forecast of the current month: spend so far plus the expected rest. Amounts in nano-dollars. Pure. */
export function foretellMonth(pace: Pace, costs: ReadonlyMap<Day, bigint>, today: Day): Range & { spent: bigint } {
  let spent = 0n;
  for (let day = firstOfMonth(today); day <= today; day = addDays(day, 1)) spent += costs.get(day) ?? 0n;
  const rest = expectedThrough(pace, { today, last: lastOfMonth(today), spentToday: costs.get(today) ?? 0n });
  return { spent, low: spent + rest.low, middle: spent + rest.middle, high: spent + rest.high };
}
