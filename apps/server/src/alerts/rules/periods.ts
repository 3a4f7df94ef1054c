import { addDays, type Day, startOf, toDay } from "@orwatch/domain/day";
import { FIRST_DAY, type Span } from "../../keys/current.ts";

export interface Period {
  from: Day;
  through: Day;
}

/** A period is evaluated this long after its end, because its last hours are recorded by the first syncs of the next one. */
const LATE_MS = 36 * 3_600_000;

/** The current period, and the previous one while late spend may be recorded. */
export function periodsOf(span: Span, since: Date, now: Date): Period[] {
  const today = toDay(now);
  const from = FIRST_DAY[span](today);
  const current = { from, through: today };
  const ended = startOf(from);
  if (now.getTime() - ended.getTime() >= LATE_MS || since >= ended) return [current];
  const before = addDays(from, -1);
  return [{ from: FIRST_DAY[span](before), through: before }, current];
}
