import { addDays, type Day, daysBetween, firstOfMonth, listDays, mondayOf } from "@orwatch/domain/day";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isUnsettled } from "../../keys/current.ts";
import { applyPoll, type CounterBaseline, type CounterState, type Poll, residuals } from "./counters.ts";

const START = "2026-03-11";
const EMPTY: CounterState = { polled: null, today: null, yesterday: null };

/** Spend by hour since the start; the counters at an hour. */
function pollAt(hourly: bigint[], base: bigint, hour: number): Poll {
  const day = addDays(START, Math.floor(hour / 24));
  const since = (from: Day) => {
    const firstHour = Math.max(0, daysBetween(START, from) * 24);
    return hourly.slice(firstHour, hour + 1).reduce((a, b) => a + b, 0n);
  };
  return {
    day,
    usage: base + since(START),
    daily: since(day),
    weekly: since(mondayOf(day)),
    monthly: since(firstOfMonth(day)),
  };
}

/** Replays polls as the database would store them. */
function replay(polls: Poll[]): Map<Day, CounterBaseline> {
  const rows = new Map<Day, CounterBaseline>();
  let state = EMPTY;
  for (const poll of polls) {
    for (const row of applyPoll(state, poll)) rows.set(row.date, row);
    if (state.polled && poll.day < state.polled.day) continue;
    const [today, yesterday] = [rows.get(poll.day) ?? null, rows.get(addDays(poll.day, -1)) ?? null];
    state = { polled: { day: poll.day, usage: poll.usage }, today, yesterday };
  }
  return rows;
}

describe("applyPoll", () => {
  test("applyPoll records all spend between the first and last poll, and exact days equal the ledger", () => {
    let tried = 0;
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant(0n), fc.bigInt(1n, 10n ** 12n)), { minLength: 24 * 40, maxLength: 24 * 40 }),
        fc.uniqueArray(fc.nat(24 * 40 - 1), { minLength: 1, maxLength: 25, size: "max" }),
        fc.bigInt(0n, 10n ** 15n),
        (hourly, hours, base) => {
          tried += 1;
          const sorted = hours.sort((a, b) => a - b);
          const rows = replay(sorted.map((hour) => pollAt(hourly, base, hour)));
          const firstDay = Math.floor((sorted[0] as number) / 24) * 24;
          const polledThrough = sorted.at(-1) as number;
          const truth = hourly.slice(firstDay, polledThrough + 1).reduce((a, b) => a + b, 0n);
          expect([...rows.values()].reduce((sum, row) => sum + row.spent, 0n)).toBe(truth);
          for (const row of rows.values()) {
            expect(row.spent >= 0n).toBe(true);
            if (!row.exact) continue;
            const from = daysBetween(START, row.date) * 24;
            expect(row.spent).toBe(hourly.slice(from, from + 24).reduce((a, b) => a + b, 0n));
          }
        },
      ),
      { numRuns: 300 },
    );
    process.stdout.write(`counters: ${tried} histories of polls\n`);
  });

  test("a day polled at its start and at the start of the next day is exact", () => {
    const rows = replay([
      { day: "2026-03-11", usage: 100n, daily: 10n, weekly: 40n, monthly: 60n },
      { day: "2026-03-12", usage: 130n, daily: 5n, weekly: 70n, monthly: 90n },
    ]);
    expect(rows.get("2026-03-11")).toEqual({ date: "2026-03-11", usage: 90n, spent: 35n, exact: true, since: null });
    expect(rows.get("2026-03-12")).toMatchObject({ usage: 125n, spent: 5n, exact: false });
  });

  test("applyPoll ignores an inconsistent baseline rather than recording a negative amount", () => {
    const rows = replay([
      { day: "2026-03-11", usage: 100n, daily: 10n, weekly: null, monthly: null },
      { day: "2026-03-18", usage: 120n, daily: 0n, weekly: 90n, monthly: 500n },
    ]);
    expect([...rows.values()].every((row) => row.spent >= 0n)).toBe(true);
    expect(rows.get("2026-03-17")).toMatchObject({ spent: 20n, since: "2026-03-11" });
  });

  test("applyPoll ignores a response of an earlier day than the last", () => {
    const state: CounterState = {
      polled: { day: "2026-03-12", usage: 10n },
      today: { date: "2026-03-12", usage: 8n, spent: 2n, exact: false, since: null },
      yesterday: null,
    };
    expect(applyPoll(state, { day: "2026-03-11", usage: 9n, daily: 9n, weekly: 9n, monthly: 9n })).toEqual([]);
  });

  test("a counter that decreases by a nano-dollar of rounding starts no new baseline", () => {
    const rows = replay([
      { day: "2026-03-11", usage: 100n, daily: 10n, weekly: 40n, monthly: 60n },
      { day: "2026-03-12", usage: 99n, daily: 0n, weekly: 39n, monthly: 59n },
    ]);
    expect(rows.get("2026-03-11")).toMatchObject({ exact: true, spent: 9n });
  });

  test("a new baseline keeps the known cost of the day before", () => {
    const rows = replay([
      { day: "2026-03-11", usage: 100n, daily: 10n, weekly: 40n, monthly: 60n },
      { day: "2026-03-12", usage: 3n, daily: 1n, weekly: 3n, monthly: 3n },
    ]);
    expect(rows.get("2026-03-11")).toMatchObject({ spent: 10n, exact: false });
    expect(rows.get("2026-03-12")).toMatchObject({ usage: 2n, spent: 1n });
  });
});

test("counters are unsettled for two minutes after midnight UTC", () => {
  expect(isUnsettled(new Date("2026-03-11T00:01:59.999Z"))).toBe(true);
  expect(isUnsettled(new Date("2026-03-11T00:02:00Z"))).toBe(false);
  expect(isUnsettled(new Date("2026-03-10T23:59:59Z"))).toBe(false);
});

describe("residuals", () => {
  const day = (date: Day, spent: bigint): CounterBaseline => ({ date, usage: 0n, spent, exact: true, since: null });

  test("a difference of more than half a nano-dollar a row is unattributed, a smaller one is rounding", () => {
    const of = (spent: bigint) =>
      residuals([day("2026-03-11", spent)], new Map([["2026-03-11", { cost: 100n, rows: 4 }]])).get("2026-03-11");
    expect(of(102n)).toBe(0n);
    expect(of(103n)).toBe(3n);
    expect(of(50n)).toBe(0n);
  });

  test("a lump is compared with all its days, and the rest is recorded on its known days", () => {
    const start: CounterBaseline = { date: "2026-03-11", usage: 0n, spent: 10n, exact: false, since: null };
    const lump: CounterBaseline = { date: "2026-03-14", usage: 10n, spent: 90n, exact: false, since: "2026-03-11" };
    const left = (analytics: Record<Day, bigint>) =>
      Object.fromEntries(
        residuals([start, lump], new Map(Object.entries(analytics).map(([date, cost]) => [date, { cost, rows: 1 }]))),
      );
    expect(left({})).toEqual({ "2026-03-11": 10n, "2026-03-14": 90n });
    expect(left({ "2026-03-11": 30n, "2026-03-12": 70n })).toEqual({ "2026-03-11": 0n, "2026-03-14": 0n });
    expect(left({ "2026-03-12": 40n })).toEqual({ "2026-03-11": 10n, "2026-03-14": 50n });
    expect(left({ "2026-03-12": 95n })).toEqual({ "2026-03-11": 5n, "2026-03-14": 0n });
  });

  test("residuals and rows of analytics together equal the counters up to rounding", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.bigInt(0n, 1000n), fc.bigInt(0n, 1000n), fc.nat(3)), { minLength: 1, maxLength: 20 }),
        (days) => {
          const dates = listDays(START, addDays(START, days.length - 1));
          const baselines = days.map(([spent], n) => day(dates[n] as Day, spent));
          const analytics = new Map(days.map(([, cost, rows], n) => [dates[n] as Day, { cost, rows }]));
          const left = residuals(baselines, analytics);
          for (const [n, [spent, cost, rows]] of days.entries()) {
            const total = cost + (left.get(dates[n] as Day) ?? 0n);
            expect(2n * (spent - total) <= BigInt(rows)).toBe(true);
            expect(total === cost || total === spent).toBe(true);
          }
        },
      ),
    );
  });
});
