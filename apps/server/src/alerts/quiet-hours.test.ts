import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deliverableAt, localMinute } from "./quiet-hours.ts";

const silence = (quietFrom: number | null, quietTo: number | null, timeZone = "UTC") => ({
  quietFrom,
  quietTo,
  timeZone,
  snoozedUntil: null,
});
const at = (text: string) => new Date(text);

describe("quiet hours", () => {
  test("a message is sent at once outside quiet hours, and when there are none", () => {
    const now = at("2026-03-10T12:00:30Z");
    for (const one of [silence(null, null), silence(22 * 60, null), silence(300, 300), silence(22 * 60, 7 * 60)])
      expect(deliverableAt(one, now)).toEqual(now);
  });

  test("a message of quiet hours is sent at their end, over midnight and within a day", () => {
    expect(deliverableAt(silence(1320, 420), at("2026-03-10T22:00:00Z"))).toEqual(at("2026-03-11T07:00:00Z"));
    expect(deliverableAt(silence(1320, 420), at("2026-03-11T06:59:59Z"))).toEqual(at("2026-03-11T07:00:00Z"));
    expect(deliverableAt(silence(60, 120), at("2026-03-11T01:30:00Z"))).toEqual(at("2026-03-11T02:00:00Z"));
  });

  test("quiet hours follow the local time, also when clocks change for daylight saving", () => {
    const rome = silence(1320, 420, "Europe/Rome");
    expect(deliverableAt(rome, at("2026-03-28T22:00:00Z"))).toEqual(at("2026-03-29T05:00:00Z"));
    expect(deliverableAt(rome, at("2026-10-24T21:00:00Z"))).toEqual(at("2026-10-25T06:00:00Z"));
  });

  test("a message of a snooze is sent after it, and after the quiet hours in which it ends", () => {
    const snoozedUntil = at("2026-03-10T23:00:00Z");
    const now = at("2026-03-10T12:00:00Z");
    expect(deliverableAt({ ...silence(null, null), snoozedUntil }, now)).toEqual(snoozedUntil);
    expect(deliverableAt({ ...silence(1320, 420), snoozedUntil }, now)).toEqual(at("2026-03-11T07:00:00Z"));
    expect(deliverableAt({ ...silence(null, null), snoozedUntil: now }, at("2026-03-10T13:00:00Z"))).toEqual(
      at("2026-03-10T13:00:00Z"),
    );
  });

  test("a message is never sent earlier, within quiet hours, or more than a day and an hour later", () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    const zone = fc.constantFrom("UTC", "Europe/Rome", "Asia/Kathmandu", "America/St_Johns", "Pacific/Chatham");
    const instant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });
    fc.assert(
      fc.property(minute, minute, zone, instant, (from, to, timeZone, ms) => {
        const now = new Date(ms);
        const then = deliverableAt(silence(from, to, timeZone), now);
        expect(then >= now).toBe(true);
        expect(then.getTime() - ms).toBeLessThanOrEqual(25 * 3_600_000);
        const wall = localMinute(then, timeZone);
        const isQuiet = from < to ? wall >= from && wall < to : from > to && (wall >= from || wall < to);
        // An end that the clocks leap over is nearly met.
        if (isQuiet) expect(Math.abs(wall - to)).toBeLessThanOrEqual(60);
      }),
      { numRuns: 500 },
    );
  });
});
