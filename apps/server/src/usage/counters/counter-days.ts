import { addDays, type Day, untilToday } from "@orwatch/domain/day";
import type { UsageRow } from "../../openrouter/schema.ts";
import { type CounterBook, type Ledger, type Polled, type StoredRow, UNATTRIBUTED } from "../ledger/ledger.ts";
import {
  applyPoll,
  type CounterBaseline,
  type CounterState,
  type DayOfAnalytics,
  type Poll,
  residuals,
} from "./counters.ts";
import { followRestatements } from "./restatement.ts";

/** A counter after a poll: the days whose baselines have changed, and its previous value. */
export interface Counter {
  touched: Set<Day>;
  polledDay: Day | null;
  /** All-time amount at the last poll; `null` before the first. */
  usage: bigint | null;
  before: Polled;
}

/**
 * @param input.isSkippedAtZero stores only the poll for a counter that was never above 0: most keys never use BYOK
 */
export function recordPoll(
  counters: CounterBook,
  input: { polled: Polled; poll: Poll | null; isSkippedAtZero?: boolean },
): Counter {
  const { polled, poll } = input;
  const touched = new Set<Day>();
  if (!poll || (polled.day !== null && poll.day < polled.day))
    return { touched, polledDay: polled.day, usage: polled.usage, before: polled };
  const isNothing = input.isSkippedAtZero && poll.usage === 0n && (polled.usage ?? 0n) === 0n;
  if (!isNothing) {
    for (const row of applyPoll(readCounterState(counters, polled), poll)) {
      counters.putBaseline(row);
      touched.add(row.date);
    }
    if (polled.day !== null) touched.add(polled.day);
  }
  counters.putPolled({ day: poll.day, usage: poll.usage });
  return { touched, polledDay: poll.day, usage: poll.usage, before: polled };
}

/** A poll with a future date was dated wrongly and does not count. */
export const withoutFuture = (polled: Polled, today: Day): Polled =>
  polled.day !== null && untilToday(polled.day, today) === null ? { ...polled, day: null, usage: null } : polled;

function readCounterState(counters: CounterBook, polled: Polled): CounterState {
  const { day, usage } = polled;
  if (day === null || usage === null) return { polled: null, today: null, yesterday: null };
  const rows = new Map(counters.readBaselines(addDays(day, -1), day).map((row) => [row.date, row]));
  // A counter at 0 has no row: its day began at 0.
  const atZero: CounterBaseline | null =
    usage === 0n ? { date: day, usage: 0n, spent: 0n, exact: false, since: null } : null;
  return {
    polled: { day, usage },
    today: rows.get(day) ?? atZero,
    yesterday: rows.get(addDays(day, -1)) ?? null,
  };
}

type AmountOf = (row: Pick<UsageRow, "cost" | "byokCost">) => bigint;
export const costOf: AmountOf = ({ cost }) => cost;
export const byokOf: AmountOf = ({ byokCost }) => byokCost;

/** Amounts of a counter on the days of a range, and the part that analytics does not include. */
export function settleCounter(
  ledger: Ledger,
  input: {
    counters: CounterBook;
    counter: Counter;
    amountOf: AmountOf;
    from: Day;
    through: Day;
    answered: Map<Day, Map<string, UsageRow>>;
    stored: Map<Day, Map<string, StoredRow>>;
  },
): { baselines: Map<Day, CounterBaseline>; amounts: Map<Day, bigint> } {
  const asPolled = input.counters.readBaselines(input.from, input.through);
  const isUnused = asPolled.length === 0 && (input.counter.usage ?? 0n) === 0n;
  if (isUnused) return { baselines: new Map(), amounts: new Map() };
  const sums = sumsOfAnalytics(input.answered, input.stored, input.amountOf);
  const baselines = correctRestated(ledger, { ...input, baselines: asPolled, sums });
  return { baselines: new Map(baselines.map((row) => [row.date, row])), amounts: residuals(baselines, sums) };
}

/** The baselines adjusted to restatements of analytics; see `followRestatements`. */
function correctRestated(
  ledger: Ledger,
  input: {
    counters: CounterBook;
    counter: Counter;
    amountOf: AmountOf;
    baselines: CounterBaseline[];
    answered: Map<Day, Map<string, UsageRow>>;
    sums: Map<Day, DayOfAnalytics>;
    stored: Map<Day, Map<string, StoredRow>>;
  },
): CounterBaseline[] {
  const { counters, baselines, answered } = input;
  const { polledDay, before } = input.counter;
  if (polledDay === null || before.day === null) return baselines;
  const open = before.day;
  const closed = new Set(ledger.readAttributed([...answered.keys()]).filter((day) => day < open));
  if (closed.size === 0 && before.restated === 0n) return baselines;
  const sumsBefore = sumsOfAnalytics(new Map(), input.stored, input.amountOf);
  const { rows, pending } = followRestatements(
    baselines,
    { before: sumsBefore, after: input.sums, closed, pending: before.restated },
    polledDay,
  );
  for (const row of rows) counters.putBaseline(row);
  if (pending !== before.restated) counters.putRestated(pending);
  const changed = new Map(rows.map((row) => [row.date, row]));
  return baselines.map((row) => changed.get(row.date) ?? row);
}

function sumsOfAnalytics(
  answered: Map<Day, Map<string, UsageRow>>,
  stored: Map<Day, Map<string, StoredRow>>,
  amountOf: AmountOf,
): Map<Day, DayOfAnalytics> {
  const sums = new Map<Day, DayOfAnalytics>();
  for (const [date, rows] of [...stored, ...answered]) {
    let cost = 0n;
    let count = 0;
    for (const [model, row] of rows) {
      if (model === UNATTRIBUTED) continue;
      cost += amountOf(row);
      count += 1;
    }
    sums.set(date, { cost, rows: count });
  }
  return sums;
}
