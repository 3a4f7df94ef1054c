import { addDays, type Day, daysBetween, firstOfMonth, lastOfMonth, minDay } from "@orwatch/domain/day";
import type { Period } from "./period.ts";

interface Span {
  from: Day;
  through: Day;
}

/** A period as whole months and single days. */
export interface MonthsAndDays {
  /** First days of the first and the last month; `null` if there are only single days. */
  months: Span | null;
  /** Days beside the months. */
  added: Span[];
  /** Days of the months that are not in the period. */
  subtracted: Span[];
}

/**
 * Divides a period so that few days are left beside the months: a month of which more than half is in the period is taken as a whole, and
 * its other days are subtracted. Days after `today` have hardly any usage and count as none.
 */
export function divideByMonth({ from, through }: Pick<Period, "from" | "through">, today: Day): MonthsAndDays {
  const added: Span[] = [];
  const subtracted: Span[] = [];
  const months: Day[] = [];
  for (let month = firstOfMonth(from); month <= through; month = addDays(lastOfMonth(month), 1)) {
    const end = lastOfMonth(month);
    const used = { from: month < from ? from : month, through: minDay(end, through) };
    const others = [
      { from: month, through: addDays(used.from, -1) },
      { from: addDays(used.through, 1), through: end },
    ].filter((span) => span.from <= span.through);
    if (others.reduce((sum, span) => sum + daysUntil(today, span), 0) < daysUntil(today, used)) {
      months.push(month);
      subtracted.push(...others);
    } else added.push(used);
  }
  const [first, last] = [months[0], months.at(-1)];
  return { months: first && last ? { from: first, through: last } : null, added, subtracted };
}

const daysUntil = (today: Day, { from, through }: Span) => Math.max(0, daysBetween(from, minDay(through, today)) + 1);
