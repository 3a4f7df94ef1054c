import { addDays, type Day, firstOfMonth, listDays, mondayOf } from "@orwatch/domain/day";
import { maxNanos, minNanos } from "@orwatch/domain/money";

/** Counters of one key at one poll, in nano-dollars. */
export interface Poll {
  /** The UTC day of the response. */
  day: Day;
  usage: bigint;
  daily: bigint;
  weekly: bigint | null;
  monthly: bigint | null;
}

/** One day of one key according to its counters: a row of `counter_baselines`, or of `byok_counter_baselines` for BYOK. Amounts in nano-dollars. */
export interface CounterBaseline {
  date: Day;
  /** All-time usage when the day began. */
  usage: bigint;
  /** Known spend of this day. */
  spent: bigint;
  /** True if the counters at the start and end of the day are known. */
  exact: boolean;
  /** For a lump: the first of the days over which `spent` is distributed in an unknown way. */
  since: Day | null;
}

/** State of a key's counters: the last poll that counted, with the row of its day and of the day before. */
export interface CounterState {
  polled: { day: Day; usage: bigint } | null;
  /** Row of `polled.day`. */
  today: CounterBaseline | null;
  /** Row of the day before `polled.day`. */
  yesterday: CounterBaseline | null;
}

/** Maximum difference of two amounts that are rounded separately. */
const ROUNDING_NANOS = 2n;

/**
 * Rows of `counter_baselines` to write after a poll. `baseline(d) = usage − usage_daily` is the spend before d, so a day is
 * known if the baseline of the next one is. Spend between two polls more than a day apart is one lump on its last day.
 * A counter that decreased starts a new baseline, so that costs are never negative.
 */
export function applyPoll(state: CounterState, poll: Poll): CounterBaseline[] {
  const baseline = poll.usage - poll.daily;
  const fresh: CounterBaseline = { date: poll.day, usage: baseline, spent: poll.daily, exact: false, since: null };
  const { polled, today } = state;
  if (!polled || !today) return [fresh];
  if (poll.day < polled.day) return [];
  const least = polled.usage - ROUNDING_NANOS;
  const wentBack = poll.usage < least || (poll.day > polled.day && baseline < least);
  if (wentBack) return [fresh];
  if (poll.day === polled.day) return [...correctYesterday(state, today, baseline), fresh];
  return [...closeGap(today, polled, poll, baseline), fresh];
}

/** A later baseline of the same day adds late spend to the day before, if that day ended with this baseline. */
function correctYesterday(state: CounterState, today: CounterBaseline, baseline: bigint): CounterBaseline[] {
  const { yesterday } = state;
  if (!yesterday || baseline === today.usage) return [];
  const wasJoined = yesterday.usage + yesterday.spent === today.usage;
  const spent = baseline - yesterday.usage;
  return wasJoined && spent >= 0n ? [{ ...yesterday, spent }] : [];
}

function closeGap(
  today: CounterBaseline,
  polled: { day: Day; usage: bigint },
  poll: Poll,
  baseline: bigint,
): CounterBaseline[] {
  const edges = [...edgesBetween(polled, poll), { day: poll.day, usage: baseline }];
  const rows: CounterBaseline[] = [];
  let from = { day: polled.day, usage: today.usage, known: maxNanos(polled.usage, today.usage) };
  for (const edge of edges) {
    rows.push(...closeInterval(from, edge));
    from = { ...edge, known: edge.usage };
  }
  return rows;
}

/** Mondays and firsts of a month within the gap whose baselines the weekly and monthly counters give. */
function edgesBetween(polled: { day: Day; usage: bigint }, poll: Poll): { day: Day; usage: bigint }[] {
  const candidates = [
    { day: firstOfMonth(poll.day), usage: poll.monthly === null ? null : poll.usage - poll.monthly },
    { day: mondayOf(poll.day), usage: poll.weekly === null ? null : poll.usage - poll.weekly },
  ].sort((a, b) => (a.day < b.day ? -1 : 1));
  const edges: { day: Day; usage: bigint }[] = [];
  let least = polled.usage;
  for (const { day, usage } of candidates) {
    const isInside = day > polled.day && day < poll.day && edges.at(-1)?.day !== day;
    // A baseline that would make an amount negative is inconsistent and not used.
    if (!isInside || usage === null || usage < least - ROUNDING_NANOS || usage > poll.usage - poll.daily) continue;
    least = maxNanos(least, usage);
    edges.push({ day, usage: least });
  }
  return edges;
}

/** Rows for the days from one known baseline to the next; `known` is the usage at the last poll before the gap. */
function closeInterval(
  from: { day: Day; usage: bigint; known: bigint },
  to: { day: Day; usage: bigint },
): CounterBaseline[] {
  const lastDay = addDays(to.day, -1);
  const total = maxNanos(to.usage - from.usage, 0n);
  if (lastDay === from.day) return [{ date: from.day, usage: from.usage, spent: total, exact: true, since: null }];
  const before = minNanos(from.known - from.usage, total);
  const lump = total - before;
  if (lump === 0n) {
    return listDays(from.day, lastDay).map((date, index) => ({
      date,
      usage: index === 0 ? from.usage : to.usage,
      spent: index === 0 ? before : 0n,
      exact: true,
      since: null,
    }));
  }
  const rows: CounterBaseline[] = [
    { date: lastDay, usage: from.usage + before, spent: lump, exact: false, since: from.day },
  ];
  if (before > 0n) rows.unshift({ date: from.day, usage: from.usage, spent: before, exact: false, since: null });
  return rows;
}

/** Amount from analytics on a day, credits or BYOK: the sum and number of its rows. */
export interface DayOfAnalytics {
  cost: bigint;
  rows: number;
}

/**
 * The `(unattributed)` amounts of the days of `baselines`: spend that counters include and analytics does not, if that
 * is more than rounding (0.5 nano per row). A lump is compared with all of its days at once, and the rest is assigned to its last day.
 * @param baselines rows by day; a lump also needs the row of its `since` day, if there is one
 * @returns an amount for each day of `counter_baselines`, 0 if nothing is left
 */
export function residuals(baselines: CounterBaseline[], analytics: Map<Day, DayOfAnalytics>): Map<Day, bigint> {
  const byDate = new Map(baselines.map((row) => [row.date, row]));
  const result = new Map<Day, bigint>(baselines.map((row) => [row.date, 0n]));
  const partOfLump = new Set(baselines.flatMap((row) => (row.since === null ? [] : [row.since])));
  for (const row of baselines) {
    if (row.since !== null) {
      const first = byDate.get(row.since);
      const start = first && first.date !== row.date && !first.exact && first.since === null ? first : null;
      const days = listDays(row.since, row.date);
      const left = leftOver(row.spent + (start?.spent ?? 0n), days, analytics);
      const early = start ? minNanos(left, leftOver(start.spent, [start.date], analytics)) : 0n;
      if (start) result.set(start.date, early);
      result.set(row.date, left - early);
    } else if (row.exact || !partOfLump.has(row.date)) {
      result.set(row.date, leftOver(row.spent, [row.date], analytics));
    }
  }
  return result;
}

function leftOver(known: bigint, days: Day[], analytics: Map<Day, DayOfAnalytics>): bigint {
  let cost = 0n;
  let rows = 0;
  for (const day of days) {
    cost += analytics.get(day)?.cost ?? 0n;
    rows += analytics.get(day)?.rows ?? 0;
  }
  const left = known - cost;
  return 2n * left > BigInt(rows) && left > 0n ? left : 0n;
}
