import type { Day } from "@orwatch/domain/day";
import { describe, expect, test } from "vitest";
import type { CounterBaseline, DayOfAnalytics } from "./counters.ts";
import { followRestatements } from "./restatement.ts";

const exact = (date: Day, spent: bigint): CounterBaseline => ({ date, usage: 0n, spent, exact: true, since: null });
const costs = (days: Record<Day, bigint>) =>
  new Map<Day, DayOfAnalytics>(Object.entries(days).map(([day, cost]) => [day, { cost, rows: 1 }]));

const follow = (input: {
  baselines: CounterBaseline[];
  before: Record<Day, bigint>;
  after: Record<Day, bigint>;
  pending?: bigint;
}) => {
  const { rows, pending } = followRestatements(
    input.baselines,
    {
      before: costs(input.before),
      after: costs(input.after),
      closed: new Set(Object.keys(input.before)),
      pending: input.pending ?? 0n,
    },
    "2026-03-20",
  );
  return { spent: Object.fromEntries(rows.map((row) => [row.date, row.spent])), pending };
};

describe("followRestatements", () => {
  test("a day that matched its counters matches them after increases and decreases", () => {
    const baselines = [exact("2026-03-11", 100n)];
    expect(follow({ baselines, before: { "2026-03-11": 100n }, after: { "2026-03-11": 130n } }).spent).toEqual({
      "2026-03-11": 130n,
    });
    expect(follow({ baselines, before: { "2026-03-11": 100n }, after: { "2026-03-11": 70n } }).spent).toEqual({
      "2026-03-11": 70n,
    });
  });

  test("late data only fills in what counters had from the start", () => {
    const baselines = [exact("2026-03-11", 100n)];
    expect(follow({ baselines, before: { "2026-03-11": 40n }, after: { "2026-03-11": 90n } })).toEqual({
      spent: {},
      pending: 0n,
    });
  });

  test("moves a correction recorded on a later day to its own day", () => {
    const baselines = [exact("2026-03-11", 100n), exact("2026-03-18", 80n)];
    const before = { "2026-03-11": 100n, "2026-03-18": 50n };
    expect(follow({ baselines, before, after: { "2026-03-11": 130n, "2026-03-18": 50n } })).toEqual({
      spent: { "2026-03-11": 130n, "2026-03-18": 50n },
      pending: 0n,
    });
  });

  test("waits one poll for a correction that counters do not show yet", () => {
    const baselines = [exact("2026-03-11", 100n), exact("2026-03-18", 50n)];
    const before = { "2026-03-11": 100n, "2026-03-18": 50n };
    const after = { "2026-03-11": 130n, "2026-03-18": 50n };
    expect(follow({ baselines, before, after }).pending).toBe(30n);
    expect(follow({ baselines, before: after, after, pending: 30n }).pending).toBe(0n);
    const shown = [exact("2026-03-11", 130n), exact("2026-03-18", 80n)];
    expect(follow({ baselines: shown, before: after, after, pending: 30n })).toEqual({
      spent: { "2026-03-18": 50n },
      pending: 0n,
    });
  });

  test("finds a change before the first poll in later days, too", () => {
    const baselines = [exact("2026-03-18", 80n)];
    const before = { "2026-03-01": 10n, "2026-03-18": 50n };
    expect(follow({ baselines, before, after: { "2026-03-01": 40n, "2026-03-18": 50n } }).spent).toEqual({
      "2026-03-18": 50n,
    });
  });

  test("a lump of several days is restated as a whole", () => {
    const baselines: CounterBaseline[] = [
      { date: "2026-03-11", usage: 0n, spent: 10n, exact: false, since: null },
      { date: "2026-03-14", usage: 10n, spent: 90n, exact: false, since: "2026-03-11" },
    ];
    const before = { "2026-03-11": 60n, "2026-03-12": 40n };
    expect(follow({ baselines, before, after: { "2026-03-11": 60n, "2026-03-12": 65n } }).spent).toEqual({
      "2026-03-14": 115n,
    });
  });
});
