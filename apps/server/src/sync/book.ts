import type { Db } from "@orwatch/db";
import { addDays, type Day, maxDay, minDay } from "@orwatch/domain/day";
import type { UsageRow } from "../openrouter/schema.ts";
import { applyPoll, type CounterState, type DayOfAnalytics, type Opening, type Poll, residuals } from "./counters.ts";
import { createLedger, type Ledger, type NewRow, type StoredRow } from "./ledger.ts";
import { followRestatements } from "./restatement.ts";

type Connection = Parameters<Parameters<Db["write"]>[0]>[0];

/** Model of what counters know and analytics does not show. */
export const UNATTRIBUTED = "(unattributed)";

/** What one sync of one key has learnt. */
export interface Findings {
  apiKeyId: number;
  userId: number;
  now: Date;
  /** Counters, when there was a poll that counts. */
  poll: Poll | null;
  /** Complete answers of analytics: each of `days` is replaced whole by its `rows`. */
  analytics: { days: Day[]; rows: UsageRow[] } | null;
  /** Days before this are never written: retention has removed them. `null` keeps all. */
  oldestDay: Day | null;
}

/**
 * Books findings: openings, the replaced days, `(unattributed)`, the roll-ups. Runs inside the caller's transaction, so that a key
 * is either wholly booked or not at all, and doing it twice changes nothing.
 * @returns how many usage rows changed, and the last day on which anything was used; `null` when the key is gone
 */
export function book(
  connection: Connection,
  findings: Findings,
): { rowsWritten: number; lastUsedDay: Day | null } | null {
  const ledger = createLedger(connection, findings);
  const polled = ledger.readPolled();
  if (!polled) return null;
  const touched = new Set<Day>();
  let polledDay = polled.day;
  const before = { polledDay: polled.day, restated: polled.restated };
  if (findings.poll && (polled.day === null || findings.poll.day >= polled.day)) {
    for (const row of applyPoll(readCounterState(ledger, polled), findings.poll)) {
      ledger.putOpening(row);
      touched.add(row.date);
    }
    if (polled.day !== null) touched.add(polled.day);
    polledDay = findings.poll.day;
    ledger.putPolled({ day: findings.poll.day, usage: findings.poll.usage });
  }
  const rowsWritten = bookDays(ledger, findings, { touched, polledDay, before });
  if (rowsWritten > 0 || touched.size > 0 || findings.analytics) ledger.bumpVersion();
  return { rowsWritten, lastUsedDay: ledger.readLastUsedDay() };
}

function readCounterState(ledger: Ledger, polled: { day: Day | null; usage: bigint | null }): CounterState {
  if (polled.day === null || polled.usage === null) return { polled: null, today: null, yesterday: null };
  const rows = new Map(ledger.readOpenings(addDays(polled.day, -1), polled.day).map((row) => [row.date, row]));
  return {
    polled: { day: polled.day, usage: polled.usage },
    today: rows.get(polled.day) ?? null,
    yesterday: rows.get(addDays(polled.day, -1)) ?? null,
  };
}

function bookDays(
  ledger: Ledger,
  findings: Findings,
  input: { touched: Set<Day>; polledDay: Day | null; before: { polledDay: Day | null; restated: bigint } },
): number {
  const answered = groupByDay(findings.analytics);
  const all = [...input.touched, ...answered.keys()];
  if (all.length === 0) return 0;
  const { from, through, openings: asPolled } = withWholeLumps(ledger, all.reduce(minDay), all.reduce(maxDay));
  const stored = ledger.readUsage(from, through);
  const sums = sumsOfAnalytics(answered, stored);
  const openings = correctRestated(ledger, { ...input, openings: asPolled, answered, sums, stored });
  const amounts = residuals(openings, sums);
  const openingOf = new Map(openings.map((row) => [row.date, row]));
  const isFirst = stored.size === 0;
  let rowsWritten = 0;
  for (const date of new Set([...all, ...openingOf.keys()])) {
    if (findings.oldestDay !== null && date < findings.oldestDay) continue;
    const before = stored.get(date) ?? new Map<string, StoredRow>();
    const unattributed = amounts.get(date) ?? 0n;
    const after = answered.get(date) ?? withoutUnattributed(before);
    if (unattributed > 0n) after.set(UNATTRIBUTED, counterRow(date, unattributed));
    rowsWritten += isFirst ? ledger.insertDay(date, after) : ledger.replaceDay(date, before, after);
    const opening = openingOf.get(date);
    ledger.putDay({
      date,
      rows: after,
      isAnswered: answered.has(date),
      isKnownByCounters: opening !== undefined && isKnown(opening, input.polledDay),
      isExactByCounters: opening?.exact ?? false,
    });
  }
  if (isFirst) ledger.rollUp(from, through);
  else ledger.flush();
  return rowsWritten;
}

/** The openings after what analytics has restated; see `followRestatements`. */
function correctRestated(
  ledger: Ledger,
  input: {
    polledDay: Day | null;
    before: { polledDay: Day | null; restated: bigint };
    openings: Opening[];
    answered: Map<Day, Map<string, UsageRow>>;
    sums: Map<Day, DayOfAnalytics>;
    stored: Map<Day, Map<string, StoredRow>>;
  },
): Opening[] {
  const { polledDay, before, openings, answered } = input;
  if (polledDay === null || before.polledDay === null) return openings;
  const open = before.polledDay;
  const closed = new Set(ledger.readAttributed([...answered.keys()]).filter((day) => day < open));
  if (closed.size === 0 && before.restated === 0n) return openings;
  const { rows, pending } = followRestatements(
    openings,
    { before: sumsOfAnalytics(new Map(), input.stored), after: input.sums, closed, pending: before.restated },
    polledDay,
  );
  for (const row of rows) ledger.putOpening(row);
  if (pending !== before.restated) ledger.putRestated(pending);
  const changed = new Map(rows.map((row) => [row.date, row]));
  return openings.map((row) => changed.get(row.date) ?? row);
}

/** A part of a day with nothing spent says nothing of the rest of that day, unless the day is still going on. */
const isKnown = (opening: Opening, polledDay: Day | null) =>
  opening.exact || opening.spent > 0n || opening.date === polledDay;

/** The range widened until no lump reaches over its ends: a lump is only comparable whole. */
function withWholeLumps(ledger: Ledger, first: Day, last: Day): { from: Day; through: Day; openings: Opening[] } {
  let from = first;
  let through = last;
  for (;;) {
    const openings = ledger.readOpenings(from, through);
    const starts = openings.flatMap((row) => (row.since === null ? [] : [row.since]));
    const widerFrom = starts.reduce(minDay, from);
    const widerThrough = openings.map((row) => row.date).reduce(maxDay, through);
    if (widerFrom === from && widerThrough === through) return { from, through, openings };
    from = widerFrom;
    through = widerThrough;
  }
}

function groupByDay(analytics: Findings["analytics"]): Map<Day, Map<string, UsageRow>> {
  const days = new Map<Day, Map<string, UsageRow>>();
  if (!analytics) return days;
  for (const day of analytics.days) days.set(day, new Map());
  for (const row of analytics.rows) {
    const models = days.get(row.date);
    if (!models) continue;
    const model = row.model === "" || row.model === UNATTRIBUTED ? "(unknown)" : row.model;
    const same = models.get(model);
    models.set(model, same ? addRows(same, row) : model === row.model ? row : { ...row, model });
  }
  return days;
}

const addRows = (a: UsageRow, b: UsageRow): UsageRow => ({
  ...a,
  cost: a.cost + b.cost,
  byokCost: a.byokCost + b.byokCost,
  requests: a.requests + b.requests,
  tokensInput: a.tokensInput + b.tokensInput,
  tokensOutput: a.tokensOutput + b.tokensOutput,
});

function sumsOfAnalytics(
  answered: Map<Day, Map<string, UsageRow>>,
  stored: Map<Day, Map<string, StoredRow>>,
): Map<Day, DayOfAnalytics> {
  const sums = new Map<Day, DayOfAnalytics>();
  for (const [date, rows] of [...stored, ...answered]) {
    let cost = 0n;
    let count = 0;
    for (const [model, row] of rows) {
      if (model === UNATTRIBUTED) continue;
      cost += row.cost;
      count += 1;
    }
    sums.set(date, { cost, rows: count });
  }
  return sums;
}

function withoutUnattributed(rows: Map<string, StoredRow>): Map<string, NewRow> {
  const kept = new Map<string, NewRow>(rows);
  kept.delete(UNATTRIBUTED);
  return kept;
}

const counterRow = (date: Day, cost: bigint): NewRow => ({
  date,
  model: UNATTRIBUTED,
  cost,
  byokCost: 0n,
  requests: null,
  tokensInput: null,
  tokensOutput: null,
});
