import { createHash } from "node:crypto";
import { addDays, toDay } from "@orwatch/domain/day";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ListedState, needOf, orderDue, windowOf } from "./due.ts";

const HOUR_MS = 3_600_000;
const TODAY = "2026-03-11";
const now = new Date(`${TODAY}T12:00:00Z`);
const early = `000000${"0".repeat(58)}`;
const late = `000017${"0".repeat(58)}`;

const key: ListedState = {
  keyHash: early,
  usageNanos: 100n,
  usageMonthlyNanos: 100n,
  byokNanos: 0n,
  queriedNanos: 100n,
  queriedByokNanos: 0n,
  watermark: TODAY,
  monthResyncedOn: TODAY,
  yearResyncedOn: TODAY,
  lastUsedAt: null,
};
const need = (change: Partial<ListedState>, at = now, intervalMinutes = 60) =>
  needOf({ ...key, ...change }, { now: at, intervalMinutes });

describe("needOf", () => {
  test("requests nothing for a key without spend or without a change of its counters", () => {
    expect(need({ usageNanos: 0n, queriedNanos: null, watermark: null, yearResyncedOn: null })).toBeNull();
    expect(need({})).toBeNull();
  });

  test("requests recent days when a counter changed, in either direction, BYOK included", () => {
    for (const change of [{ usageNanos: 101n }, { usageNanos: 99n }, { byokNanos: 1n }, { queriedNanos: null }])
      expect(need(change)).toEqual({ reach: "recent", isBackfill: false });
  });

  test("requests the whole history first", () => {
    expect(need({ yearResyncedOn: null })).toEqual({ reach: "year", isBackfill: true });
    expect(need({ watermark: null })).toEqual({ reach: "year", isBackfill: true });
  });

  test("requests a month once a day, each key at its own time of day", () => {
    const due = (keyHash: string, change: Partial<ListedState>) => need({ keyHash, ...change })?.reach;
    expect(due(early, { monthResyncedOn: "2026-03-10" })).toBe("month");
    expect(due(late, { monthResyncedOn: "2026-03-10" })).toBeUndefined();
    expect(due(late, { monthResyncedOn: "2026-03-09" })).toBe("month");
  });

  test("requests a year once a week, each key on its own weekday and time of day", () => {
    const hours = Array.from(
      { length: 168 },
      (_, hour) => new Date(Date.parse("2026-03-12T00:30:00Z") + hour * HOUR_MS),
    );
    const dueHours = (keyHash: string) => {
      let yearResyncedOn = TODAY;
      return hours.filter((at) => {
        const day = toDay(at);
        const change = { keyHash, yearResyncedOn, monthResyncedOn: day, watermark: day };
        if (need(change, at)?.reach !== "year") return false;
        yearResyncedOn = day;
        return true;
      });
    };
    const all = Array.from({ length: 60 }, (_, index) =>
      dueHours(createHash("sha256").update(`${index}`).digest("hex")),
    );
    expect(all.filter((times) => times.length !== 1)).toEqual([]);
    const perHour = hours.map((hour) => all.filter(([at]) => at === hour).length);
    expect(Math.max(...perHour)).toBeLessThanOrEqual(4);
  });

  test("requests a year that was missed at its time", () => {
    const week = Array.from({ length: 7 }, (_, days) => addDays(TODAY, -days));
    const isDue = (yearResyncedOn: string) => need({ keyHash: late, yearResyncedOn })?.reach === "year";
    expect(week.map(isDue)).toEqual([...week.map(isDue)].sort());
    expect(isDue(addDays(TODAY, -7))).toBe(true);
  });

  test("does not request the month of a key that was not used in it", () => {
    const idle = { monthResyncedOn: "2026-03-10", usageMonthlyNanos: 0n };
    expect(need(idle)).toBeNull();
    expect(need({ ...idle, lastUsedAt: new Date("2026-02-20T00:00:00Z") })?.reach).toBe("month");
    expect(need({ ...idle, lastUsedAt: new Date("2026-02-01T00:00:00Z") })).toBeNull();
  });

  test("requests every key once a day, even if syncs are rare", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 1440 }),
        fc.stringMatching(/^[0-9a-f]{64}$/),
        (intervalMinutes, keyHash) => {
          let reads = 0;
          for (let minute = 0; minute < 1440; minute += intervalMinutes)
            if (
              need(
                { keyHash, monthResyncedOn: "2026-03-10" },
                new Date(Date.parse(TODAY) + minute * 60_000),
                intervalMinutes,
              )
            )
              reads += 1;
          expect(reads).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe("windowOf", () => {
  test("a window starts at the watermark or three days, a month or a year back, and never earlier", () => {
    expect(windowOf(key, "recent", TODAY)).toEqual({ from: "2026-03-08", through: TODAY });
    expect(windowOf({ watermark: "2026-03-01" }, "recent", TODAY).from).toBe("2026-03-01");
    expect(windowOf(key, "month", TODAY).from).toBe("2026-02-09");
    expect(windowOf(key, "year", TODAY).from).toBe("2025-03-12");
    expect(windowOf({ watermark: "2020-01-01" }, "month", TODAY).from).toBe("2025-03-12");
  });
});

test("orders changed keys before histories, and histories by cost", () => {
  const of = (id: number, change: Partial<ListedState>) => {
    const state = { ...key, ...change };
    const found = needOf(state, { now, intervalMinutes: 60 });
    if (!found) throw new Error("nothing is due");
    return { ...state, id, need: found };
  };
  const unread = Array.from({ length: 12 }, (_, index) =>
    of(index, {
      watermark: null,
      yearResyncedOn: null,
      usageNanos: BigInt(100 + index),
      usageMonthlyNanos: index < 2 ? BigInt(10 - index) : 0n,
    }),
  );
  const due = orderDue([...unread, of(50, { usageNanos: 101n })]);
  expect(due.slice(0, 3).map(({ id, reach }) => [id, reach])).toEqual([
    [50, "recent"],
    [0, "month"],
    [1, "month"],
  ]);
  expect(due.slice(3).map(({ id }) => id)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
});
