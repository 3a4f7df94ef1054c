import { type Day, listDays } from "@orwatch/domain/day";

import type { CounterBaseline, DayOfAnalytics } from "./counters.ts";

/** Analytics before and after a response, for the days that had been answered before and were over by then. */
export interface Restated {
  before: Map<Day, DayOfAnalytics>;
  after: Map<Day, DayOfAnalytics>;
  /** Days answered before that ended before the last poll: what changes on them is late or restated. */
  closed: Set<Day>;
  /** Restated amount that counters had not shown yet at the last booking. */
  pending: bigint;
}

/**
 * Lets the counters' view of past days follow a restatement. All-time usage takes a correction of a past day in as if it had just
 * been spent, so it lands on the day before the next poll: there it would stand as `(unattributed)` beside the corrected day.
 * A day whose counters agreed with analytics goes on agreeing; what that moves is taken out of later days that it landed on.
 * Late data is different: counters had it from the start, and it only fills what was `(unattributed)`.
 * @returns rows that change, and the amount still to be taken out after the next poll
 */
export function followRestatements(
  baselines: CounterBaseline[],
  restated: Restated,
  openDay: Day,
): { rows: CounterBaseline[]; pending: bigint } {
  const rows = new Map(baselines.map((row) => [row.date, { ...row }]));
  const changed = new Set<Day>();
  let moved = 0n;
  const inUnit = new Set<Day>();
  for (const row of rows.values()) {
    const days = daysOf(row, rows);
    if (days === null) continue;
    for (const day of days) inUnit.add(day);
    if (row.date >= openDay || !days.some((day) => restated.closed.has(day))) continue;
    const before = sum(days, restated.before);
    const after = sum(days, restated.after);
    const start = days.length > 1 ? rows.get(days[0] as Day) : undefined;
    const known = row.spent + (start && start !== row ? start.spent : 0n);
    const change = after.cost - before.cost;
    if (change === 0n) continue;
    const missing = 2n * (known - before.cost) > BigInt(before.rows) ? known - before.cost : 0n;
    const stillMissing = change > 0n ? max(missing - change, 0n) : missing;
    const excess = change > 0n ? max(change - missing, 0n) : change;
    const correction = after.cost + stillMissing - known;
    if (excess === 0n && correction === 0n) continue;
    if (row.spent + correction >= 0n) {
      row.spent += correction;
      changed.add(row.date);
    }
    moved += excess;
  }
  // Days that counters never saw: a change there can only show in all-time usage.
  for (const day of restated.closed) {
    if (!inUnit.has(day)) moved += (restated.after.get(day)?.cost ?? 0n) - (restated.before.get(day)?.cost ?? 0n);
  }
  let left = max(moved, 0n) + restated.pending;
  for (const row of [...rows.values()].reverse()) {
    if (left === 0n) break;
    const days = daysOf(row, rows);
    if (days === null || row.date >= openDay) continue;
    const { cost, rows: count } = sum(days, restated.after);
    const start = days.length > 1 ? rows.get(days[0] as Day) : undefined;
    const surplus = row.spent + (start && start !== row ? start.spent : 0n) - cost;
    if (surplus <= 0n || 2n * surplus <= BigInt(count)) continue;
    const taken = [left, surplus, row.spent].reduce(min);
    row.spent -= taken;
    row.usage += taken;
    left -= taken;
    changed.add(row.date);
  }
  return {
    rows: [...changed].map((day) => rows.get(day) as CounterBaseline),
    pending: min(left, max(moved, 0n)),
  };
}

/** The days that a row covers: its own, or all of a lump. `null` for the part of a day that belongs to a lump. */
function daysOf(row: CounterBaseline, rows: Map<Day, CounterBaseline>): Day[] | null {
  if (row.since !== null) return listDays(row.since, row.date);
  if (row.exact) return [row.date];
  for (const other of rows.values()) if (other.since === row.date) return null;
  return [row.date];
}

function sum(days: Day[], analytics: Map<Day, DayOfAnalytics>): DayOfAnalytics {
  let cost = 0n;
  let rows = 0;
  for (const day of days) {
    cost += analytics.get(day)?.cost ?? 0n;
    rows += analytics.get(day)?.rows ?? 0;
  }
  return { cost, rows };
}

const max = (a: bigint, b: bigint) => (a > b ? a : b);
const min = (a: bigint, b: bigint) => (a < b ? a : b);
