import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import {
  addDays,
  daysBetween,
  firstOfMonth,
  isDay,
  lastOfMonth,
  listDays,
  maxDay,
  minDay,
  mondayOf,
  nextReset,
  startOf,
  toDay,
} from "./day.ts";

let tried = 0;
afterAll(() => void process.stdout.write(`day: ${tried} days tried in ${process.env.TZ}\n`));

const instants = fc
  .date({ min: new Date("1971-01-01T00:00:00Z"), max: new Date("2120-01-01T00:00:00Z"), noInvalidDate: true })
  .map((date) => {
    tried += 1;
    return date;
  });
const days = instants.map((instant) => toDay(instant));
const counts = fc.integer({ min: -5000, max: 5000 });

test("the day of an instant is its UTC day in any machine time zone", () => {
  expect(process.env.TZ).toBe("Asia/Kathmandu");
  fc.assert(
    fc.property(instants, (instant) => {
      const day = toDay(instant);
      expect(day).toBe(
        [instant.getUTCFullYear(), instant.getUTCMonth() + 1, instant.getUTCDate()]
          .map((part) => String(part).padStart(2, "0"))
          .join("-"),
      );
      const into = instant.getTime() - startOf(day).getTime();
      expect(into >= 0 && into < 86_400_000).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test("adding days is reversible, composable and consistent with the distance", () => {
  fc.assert(
    fc.property(days, counts, counts, (day, a, b) => {
      expect(addDays(addDays(day, a), b)).toBe(addDays(day, a + b));
      expect(daysBetween(day, addDays(day, a))).toBe(a);
      expect(addDays(day, a) < day).toBe(a < 0);
    }),
    { numRuns: 2000 },
  );
});

test("a list of days has every day once, in order, including both ends", () => {
  fc.assert(
    fc.property(days, fc.integer({ min: -3, max: 400 }), (from, length) => {
      const expected = Array.from({ length: Math.max(0, length + 1) }, (_, index) => addDays(from, index));
      expect(listDays(from, addDays(from, length))).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});

test("a week starts on Monday, a month on the 1st, and both include the day", () => {
  fc.assert(
    fc.property(days, (day) => {
      const monday = mondayOf(day);
      expect(startOf(monday).getUTCDay()).toBe(1);
      expect(daysBetween(monday, day) >= 0 && daysBetween(monday, day) <= 6).toBe(true);
      const first = firstOfMonth(day);
      expect(first.slice(0, 7)).toBe(day.slice(0, 7));
      expect(startOf(first).getUTCDate()).toBe(1);
      expect(minDay(first, day)).toBe(first);
      expect(maxDay(first, day)).toBe(day);
    }),
    { numRuns: 2000 },
  );
});

test("Sunday belongs to the week before Monday", () => {
  expect(mondayOf("2026-03-08")).toBe("2026-03-02");
  expect(mondayOf("2026-03-09")).toBe("2026-03-09");
});

test("handles days across a leap day and the end of a year", () => {
  expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
  expect(addDays("2026-02-28", 1)).toBe("2026-03-01");
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(daysBetween("2028-01-01", "2029-01-01")).toBe(366);
});

test.each([
  ["2026-02-30"],
  ["2026-13-01"],
  ["2026-00-10"],
  ["2027-02-29"],
  ["2026-1-1"],
  ["2026-01-01T00:00:00Z"],
  [" 2026-01-01"],
  ["20260101"],
  [""],
  ["٢٠٢٦-٠١-٠١"],
])("rejects %s", (text) => {
  expect(isDay(text)).toBe(false);
});

test("a month ends the day before the next one starts", () => {
  fc.assert(
    fc.property(days, (day) => {
      const last = lastOfMonth(day);
      expect(last.slice(0, 7)).toBe(day.slice(0, 7));
      expect(addDays(last, 1)).toBe(firstOfMonth(addDays(last, 1)));
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ["daily", "2026-12-31T23:59:59.999Z", "2027-01-01T00:00:00.000Z"],
  ["weekly", "2026-03-08T12:00:00.000Z", "2026-03-09T00:00:00.000Z"],
  ["weekly", "2026-03-09T00:00:00.000Z", "2026-03-16T00:00:00.000Z"],
  ["monthly", "2026-12-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z"],
  ["monthly", "2028-02-29T10:00:00.000Z", "2028-03-01T00:00:00.000Z"],
])("a %s limit at %s resets at %s", (reset, now, at) => {
  expect(nextReset({ reset, now: new Date(now) })?.toISOString()).toBe(at);
});

test.each([null, "yearly"])("a limit that resets %s has no next reset", (reset) => {
  expect(nextReset({ reset, now: new Date("2026-03-08T12:00:00Z") })).toBeNull();
});

test("accepts every day", () => {
  fc.assert(fc.property(days, isDay), { numRuns: 1000 });
});
