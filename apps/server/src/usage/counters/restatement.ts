import { type Day, listDays } from "@orwatch/domain/day";
import { maxNanos, minNanos } from "@orwatch/domain/money";

import type { CounterBaseline, DayOfAnalytics } from "./counters.ts";

/** Analytics before and after a response, for finished days that had been returned before. */
interface Restated {
  before: Map<Day, DayOfAnalytics>;
  after: Map<Day, DayOfAnalytics>;
  /** Earlier returned days that ended before the last poll. Changes on them are late or restated. */
  closed: Set<Day>;
  /** Restated amount that counters had not shown yet at the last booking. */
  pending: bigint;
}

/**
 * Adjusts the counters of past days to a restatement. All-time usage includes a correction of a past day as if it had just
 * been spent, so it would appear as `(unattributed)` on the day before the next poll, in addition to the corrected day.
 * A day whose counters matched analytics keeps matching, and the difference is removed from the later days on which it appeared.
 * Late data is different: counters included it from the start, and it only replaces `(unattributed)`.
 * @returns the changed rows, and the amount still to be removed after the next poll
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
    const stillMissing = change > 0n ? maxNanos(missing - change, 0n) : missing;
    const excess = change > 0n ? maxNanos(change - missing, 0n) : change;
    const correction = after.cost + stillMissing - known;
    if (excess === 0n && correction === 0n) continue;
    if (row.spent + correction >= 0n) {
      row.spent += correction;
      changed.add(row.date);
    }
    moved += excess;
  }
  // Days without counters: a change on them only appears in all-time usage.
  for (const day of restated.closed) {
    if (!inUnit.has(day)) moved += (restated.after.get(day)?.cost ?? 0n) - (restated.before.get(day)?.cost ?? 0n);
  }
  let left = maxNanos(moved, 0n) + restated.pending;
  for (const row of [...rows.values()].reverse()) {
    if (left === 0n) break;
    const days = daysOf(row, rows);
    if (days === null || row.date >= openDay) continue;
    const { cost, rows: count } = sum(days, restated.after);
    const start = days.length > 1 ? rows.get(days[0] as Day) : undefined;
    const surplus = row.spent + (start && start !== row ? start.spent : 0n) - cost;
    if (surplus <= 0n || 2n * surplus <= BigInt(count)) continue;
    const taken = [left, surplus, row.spent].reduce(minNanos);
    row.spent -= taken;
    row.usage += taken;
    left -= taken;
    changed.add(row.date);
  }
  return {
    rows: [...changed].map((day) => rows.get(day) as CounterBaseline),
    pending: minNanos(left, maxNanos(moved, 0n)),
  };
}

/** The days that a row covers: its own, or all days of a lump. `null` for a partial day that belongs to a lump. */
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
