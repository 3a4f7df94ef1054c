import { MAX_SNOOZE_HOURS } from "./schema.ts";

/** When somebody wants no messages. Minutes after midnight in `timeZone` (an IANA name). */
export interface Silence {
  quietFrom: number | null;
  quietTo: number | null;
  timeZone: string;
  snoozedUntil: Date | null;
}

const DAY_MINUTES = 1440;
const MINUTE_MS = 60_000;

/** Whether a snooze goes on; one that ends later than the longest there is stems from before the clock was set back. Pure. */
export const isSnoozed = (until: Date | null, now: Date): boolean =>
  until !== null && until > now && until.getTime() - now.getTime() <= MAX_SNOOZE_HOURS * 60 * MINUTE_MS;

/** The earliest instant from `now` on that is neither snoozed nor in quiet hours. Pure. */
export function deliverableAt(silence: Silence, now: Date): Date {
  const { snoozedUntil } = silence;
  return endOfQuiet(silence, snoozedUntil !== null && isSnoozed(snoozedUntil, now) ? snoozedUntil : now);
}

/** Quiet hours are [from, to) of the wall clock, over midnight when `to` is the earlier; the same twice is none. */
function endOfQuiet({ quietFrom: from, quietTo: to, timeZone }: Silence, at: Date): Date {
  if (from === null || to === null || from === to) return at;
  const minute = wallMinute(at, timeZone);
  const isQuiet = from < to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!isQuiet) return at;
  const start = at.getTime() - (at.getTime() % MINUTE_MS);
  const end = new Date(start + ((to - minute + DAY_MINUTES) % DAY_MINUTES) * MINUTE_MS);
  // Where clocks are put forward or back in the night, the wall shows another minute there.
  const late = ((wallMinute(end, timeZone) - to + DAY_MINUTES * 1.5) % DAY_MINUTES) - DAY_MINUTES / 2;
  const corrected = new Date(end.getTime() - late * MINUTE_MS);
  return corrected > at ? corrected : end;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Minutes after midnight that a clock on the wall shows there. @throws RangeError for a zone that does not exist */
export function wallMinute(at: Date, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    if (formats.size < 1000) formats.set(timeZone, format);
  }
  const [hours = 0, minutes = 0] = format.format(at).split(":").map(Number);
  return hours * 60 + minutes;
}
