import { MAX_SNOOZE_HOURS } from "./schema.ts";

/** When a user gets no notifications. Minutes after midnight in `timeZone` (an IANA name). */
export interface QuietTimes {
  quietFrom: number | null;
  quietTo: number | null;
  timeZone: string;
  snoozedUntil: Date | null;
}

const DAY_MINUTES = 1440;
const MINUTE_MS = 60_000;

/** Whether a snooze is active. One that ends later than the longest possible snooze was set before the clock was set back. */
export const isSnoozed = (until: Date | null, now: Date): boolean =>
  until !== null && until > now && until.getTime() - now.getTime() <= MAX_SNOOZE_HOURS * 60 * MINUTE_MS;

/** When a snooze of some hours ends; `null` for 0 hours: none. */
export const snoozeEnd = (now: Date, hours: number): Date | null =>
  hours === 0 ? null : new Date(now.getTime() + hours * 60 * MINUTE_MS);

/** The earliest instant from `now` on that is neither snoozed nor in quiet hours. */
export function deliverableAt(times: QuietTimes, now: Date): Date {
  const { snoozedUntil } = times;
  return endOfQuiet(times, snoozedUntil !== null && isSnoozed(snoozedUntil, now) ? snoozedUntil : now);
}

/** Quiet hours are [from, to) of local time, over midnight when `to` is earlier; equal ends mean none. */
function endOfQuiet({ quietFrom: from, quietTo: to, timeZone }: QuietTimes, at: Date): Date {
  if (from === null || to === null || from === to) return at;
  const minute = localMinute(at, timeZone);
  const isQuiet = from < to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!isQuiet) return at;
  const start = at.getTime() - (at.getTime() % MINUTE_MS);
  const end = new Date(start + ((to - minute + DAY_MINUTES) % DAY_MINUTES) * MINUTE_MS);
  // Local time jumps where daylight saving time begins or ends.
  const late = ((localMinute(end, timeZone) - to + DAY_MINUTES * 1.5) % DAY_MINUTES) - DAY_MINUTES / 2;
  const corrected = new Date(end.getTime() - late * MINUTE_MS);
  return corrected > at ? corrected : end;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Minutes after midnight in local time. @throws RangeError for an unknown time zone */
export function localMinute(at: Date, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    if (formats.size < 1000) formats.set(timeZone, format);
  }
  const [hours = 0, minutes = 0] = format.format(at).split(":").map(Number);
  return hours * 60 + minutes;
}
