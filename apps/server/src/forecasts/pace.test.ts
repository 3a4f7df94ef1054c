import { addDays, type Day, lastOfMonth, listDays } from "@orwatch/domain/day";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deviation, expectedOn, expectedThrough, forecastMonth, paceOf, squareRoot } from "./pace.ts";
import { runsOut, windowOf } from "./runs-out.ts";

const TODAY = "2026-03-16";
const cost = fc.bigInt({ min: 0n, max: 10n ** 12n });
const history = fc.array(fc.option(cost, { nil: undefined }), { minLength: 28, maxLength: 28 }).map((costs) => {
  const days = new Map<Day, bigint>();
  for (const [index, nanos] of costs.entries()) if (nanos !== undefined) days.set(addDays(TODAY, -1 - index), nanos);
  return days;
});
const steady = (nanos: (day: Day) => bigint, count = 60) =>
  new Map(listDays(addDays(TODAY, -count), addDays(TODAY, -1)).map((day) => [day, nanos(day)]));
const flat = paceOf(
  steady(() => 1000n),
  TODAY,
)!;

describe("pace", () => {
  test("a pace of equal days predicts the same cost without a range", () => {
    expect(expectedOn(flat, TODAY)).toBe(1000n);
    expect(deviation(flat, 30)).toBe(0n);
    expect(
      forecastMonth(
        flat,
        steady(() => 1000n),
        TODAY,
      ),
    ).toEqual({
      spent: 15_000n,
      low: 31_000n,
      middle: 31_000n,
      high: 31_000n,
    });
  });

  test("a pace follows the weekdays", () => {
    const isWeekend = (day: Day) => [0, 6].includes(new Date(day).getUTCDay());
    const pace = paceOf(
      steady((day) => (isWeekend(day) ? 10n : 100n)),
      TODAY,
    )!;
    expect(listDays("2026-03-16", "2026-03-22").map((day) => expectedOn(pace, day))).toEqual([
      100n,
      100n,
      100n,
      100n,
      100n,
      10n,
      10n,
    ]);
  });

  test("a single extreme day barely changes the pace", () => {
    const costs = steady((day) => (day === "2026-03-10" ? 1_000_000n : 100n));
    expect(Number(expectedOn(paceOf(costs, TODAY)!, "2026-03-17"))).toBeLessThan(200);
  });

  test("a pace is unknown with fewer than seven known days", () => {
    expect(
      paceOf(
        steady(() => 5n, 6),
        TODAY,
      ),
    ).toBeNull();
    expect(
      paceOf(
        steady(() => 5n, 7),
        TODAY,
      ),
    ).toMatchObject({ daysKnown: 7 });
    expect(paceOf(new Map(), TODAY)).toBeNull();
  });

  test("a pace scales with the amounts, up to rounding", () => {
    fc.assert(
      fc.property(history, (costs) => {
        const pace = paceOf(costs, TODAY);
        const large = paceOf(new Map([...costs].map(([day, nanos]) => [day, nanos * 1000n])), TODAY);
        expect(large === null).toBe(pace === null);
        if (!pace || !large) return;
        const days = { today: TODAY, last: "2026-03-31", spentToday: 0n };
        const off = expectedThrough(large, days).middle - expectedThrough(pace, days).middle * 1000n;
        expect(off > -100_000n && off < 100_000n).toBe(true);
      }),
    );
  });

  test("a month-end forecast has a range around its middle that is never below the spend so far", () => {
    fc.assert(
      fc.property(history, cost, (costs, today) => {
        const pace = paceOf(costs, TODAY);
        if (!pace) return;
        const month = forecastMonth(pace, new Map([...costs, [TODAY, today]]), TODAY);
        expect(month.spent <= month.low && month.low <= month.middle && month.middle <= month.high).toBe(true);
      }),
    );
  });
});

test("integer square root is the largest whole number whose square fits", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n }), (value) => {
      const root = squareRoot(value);
      expect(root * root <= value && (root + 1n) * (root + 1n) > value).toBe(true);
    }),
  );
  expect(squareRoot(-4n)).toBe(0n);
});

describe("runsOut", () => {
  const ask = (left: bigint, reset: "daily" | "weekly" | "monthly" | null = null, limit = left, pace = flat) =>
    runsOut(pace, { today: TODAY, left, limit, reset, spentToday: 0n });

  test("an amount runs out on the day by which it is spent", () => {
    expect(ask(1000n)).toEqual({
      verdict: "runs_out",
      on: TODAY,
      earliest: TODAY,
      latest: TODAY,
      next: null,
    });
    expect(ask(10_000n)).toMatchObject({ on: "2026-03-25" });
    expect(ask(10_001n)).toMatchObject({ on: "2026-03-26" });
    expect(runsOut(flat, { today: TODAY, left: 1000n, limit: 0n, reset: null, spentToday: 1000n })).toMatchObject({
      on: "2026-03-17",
    });
  });

  test("an amount never runs out if it resets first or nothing is spent, and is used up if nothing remains", () => {
    expect(ask(1001n, "daily")).toEqual({ verdict: "never", on: null, earliest: null, latest: null, next: null });
    expect(ask(7001n, "weekly").verdict).toBe("never");
    expect(ask(31_001n, "monthly").verdict).toBe("never");
    expect(
      ask(
        500n,
        null,
        500n,
        paceOf(
          steady(() => 0n),
          TODAY,
        )!,
      ).verdict,
    ).toBe("never");
    expect(ask(0n).verdict).toBe("used_up");
    expect(ask(-5n, "daily").verdict).toBe("used_up");
    expect(ask(10n ** 9n).verdict).toBe("not_within_a_year");
    expect(runsOut(null, { today: TODAY, left: 1n, limit: 1n, reset: null, spentToday: 0n }).verdict).toBe("unknown");
  });

  test("a limit that resets first reports the first later window in which it runs out", () => {
    // The week of 23 March has seven days of 1000; the rest of this window lasts until its reset.
    expect(ask(100_000n, "weekly", 6500n)).toEqual({
      verdict: "never",
      on: null,
      earliest: null,
      latest: null,
      next: { start: "2026-03-23", end: "2026-03-29", on: "2026-03-29" },
    });
    expect(ask(30_500n, "monthly", 30_500n)).toMatchObject({
      verdict: "never",
      next: { start: "2026-05-01", end: "2026-05-31", on: "2026-05-31" },
    });
    expect(ask(1001n, "daily", 1000n).next).toEqual({ start: "2026-03-17", end: "2026-03-17", on: "2026-03-17" });
  });

  test("the day an amount runs out is unknown when the remaining amount is unknown", () => {
    expect(runsOut(flat, { today: TODAY, left: null, limit: 5n, reset: "daily", spentToday: 0n }).verdict).toBe(
      "unknown",
    );
  });

  test("windows are UTC days, weeks from Monday and calendar months", () => {
    expect(windowOf("daily", "2026-03-16")).toEqual({ start: "2026-03-16", end: "2026-03-16" });
    expect(windowOf("weekly", "2026-03-18")).toEqual({ start: "2026-03-16", end: "2026-03-22" });
    expect(windowOf("monthly", "2024-02-10")).toEqual({ start: "2024-02-01", end: "2024-02-29" });
    expect(windowOf("monthly", "2026-12-31")).toEqual({ start: "2026-12-01", end: "2026-12-31" });
  });

  test("more remaining never runs out earlier, and the earliest day is never after the latest", () => {
    fc.assert(
      fc.property(history, cost, cost, fc.constantFrom("daily", "weekly", "monthly", null), (costs, a, b, reset) => {
        const pace = paceOf(costs, TODAY);
        const [less, more] = a < b ? [a, b] : [b, a];
        const one = runsOut(pace, { today: TODAY, left: less, limit: less, reset, spentToday: 0n });
        const two = runsOut(pace, { today: TODAY, left: more, limit: more, reset, spentToday: 0n });
        if (one.on && two.on) expect(one.on <= two.on).toBe(true);
        if (two.on && less > 0n && pace) expect(one.on).not.toBeNull();
        for (const { on, earliest, latest } of [one, two]) {
          if (on) expect(earliest && earliest <= on).toBe(true);
          if (on && latest) expect(on <= latest).toBe(true);
        }
      }),
    );
  });
});

test("lastOfMonth returns the last day of a month", () => {
  expect(["2026-01-31", "2026-02-01", "2024-02-10", "2026-12-31"].map(lastOfMonth)).toEqual([
    "2026-01-31",
    "2026-02-28",
    "2024-02-29",
    "2026-12-31",
  ]);
});
