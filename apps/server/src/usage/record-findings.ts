import type { Connection } from "@orwatch/db";
import { type Day, maxDay, minDay, toDay } from "@orwatch/domain/day";
import type { UsageRow } from "../openrouter/schema.ts";
import { addDetails, NO_DETAILS } from "../openrouter/usage-details.ts";
import { byokOf, type Counter, costOf, recordPoll, settleCounter, withoutFuture } from "./counters/counter-days.ts";
import type { CounterBaseline, Poll } from "./counters/counters.ts";
import { createLedger, type Ledger, type NewRow, type StoredRow, toModelName, UNATTRIBUTED } from "./ledger/ledger.ts";
import { readCountedSpend } from "./residuals/counted-spend.ts";
import { growthOf, takeFromResiduals, type Unbooked } from "./residuals/take-from-residuals.ts";

/** Findings of one sync of one key. */
export interface Findings {
  apiKeyId: number;
  teamId: number;
  /** By OpenRouter's clock. */
  now: Date;
  /** Counters, if there was a poll that counts. */
  poll: (Poll & { byok?: Omit<Poll, "day"> | null }) | null;
  /** Complete responses of analytics: the rows of each of `days` are replaced by `rows`. */
  analytics: { days: Day[]; rows: UsageRow[] } | null;
  /** Days before this are not written because of the retention; `null` keeps all. */
  oldestDay: Day | null;
}

/**
 * Records findings: baselines, replaced days, `(unattributed)` and roll-ups. Runs inside the caller's transaction, so that a key
 * is recorded completely or not at all. Idempotent.
 * @returns the number of changed usage rows, and the last day with usage; `null` if the key no longer exists
 */
export function book(
  connection: Connection,
  findings: Findings,
): { rowsWritten: number; lastUsedDay: Day | null } | null {
  const ledger = createLedger(connection, findings);
  const polled = ledger.readPolled();
  if (!polled) return null;
  const { poll } = findings;
  const today = maxDay(toDay(findings.now), poll?.day ?? "");
  const cost = recordPoll(ledger.cost, { polled: withoutFuture(polled.cost, today), poll });
  const byok = recordPoll(ledger.byok, {
    polled: withoutFuture(polled.byok, today),
    poll: poll?.byok ? { day: poll.day, ...poll.byok } : null,
    isSkippedAtZero: true,
  });
  if (poll?.byok?.usage === 0n && polled.byok.day === null) ledger.noteByokNeverUsed();
  const unbooked = readUnbooked(connection, ledger, findings);
  const { rowsWritten, changedFrom } = bookDays(ledger, findings, { cost, byok });
  takeFromResiduals(connection, findings, unbooked);
  if (changedFrom !== null) ledger.noteResidualStale(changedFrom);
  const hasChanged = rowsWritten > 0 || cost.touched.size > 0 || byok.touched.size > 0 || findings.analytics;
  if (hasChanged) ledger.bumpVersion();
  return { rowsWritten, lastUsedDay: ledger.readLastUsedDay() };
}

/** Rows of the days that analytics has not returned for this key before, and how much those of the other days have grown. */
function readUnbooked(connection: Connection, ledger: Ledger, { apiKeyId, analytics }: Findings): Unbooked {
  const firstDays = groupByDay(analytics);
  const growth: Unbooked["growth"] = new Map();
  const known = ledger.readAttributed([...firstDays.keys()]);
  const stored = known.length === 0 ? null : ledger.readUsage(known.reduce(minDay), known.reduce(maxDay));
  for (const day of known) {
    const rows = [...(firstDays.get(day)?.values() ?? [])].flatMap((row) =>
      growthOf(row, stored?.get(day)?.get(row.model)),
    );
    if (rows.length > 0) growth.set(day, new Map(rows.map((row) => [row.model, row])));
    firstDays.delete(day);
  }
  const dates = [...firstDays.keys(), ...growth.keys()].sort();
  const [from, through] = [dates[0], dates.at(-1)];
  if (from === undefined || through === undefined) return { firstDays, growth, counted: [] };
  return { firstDays, growth, counted: readCountedSpend(connection, { keyId: apiKeyId }, { from, through }) };
}

/** @returns the number of changed rows, and the first day with a change */
function bookDays(
  ledger: Ledger,
  findings: Findings,
  input: { cost: Counter; byok: Counter },
): { rowsWritten: number; changedFrom: Day | null } {
  const answered = groupByDay(findings.analytics);
  const all = [...input.cost.touched, ...input.byok.touched, ...answered.keys()];
  if (all.length === 0) return { rowsWritten: 0, changedFrom: null };
  const { from, through } = withWholeLumps(ledger, all.reduce(minDay), all.reduce(maxDay));
  const stored = ledger.readUsage(from, through);
  const range = { from, through, answered, stored };
  const cost = settleCounter(ledger, { ...range, counters: ledger.cost, counter: input.cost, amountOf: costOf });
  const byok = settleCounter(ledger, { ...range, counters: ledger.byok, counter: input.byok, amountOf: byokOf });
  const isFirst = stored.size === 0;
  let rowsWritten = 0;
  let changedFrom: Day | null = null;
  for (const date of new Set([...all, ...cost.baselines.keys(), ...byok.baselines.keys()])) {
    if (findings.oldestDay !== null && date < findings.oldestDay) continue;
    const before = stored.get(date) ?? new Map<string, StoredRow>();
    const unattributed = { cost: cost.amounts.get(date) ?? 0n, byokCost: byok.amounts.get(date) ?? 0n };
    const after = answered.get(date) ?? withoutUnattributed(before);
    if (unattributed.cost > 0n || unattributed.byokCost > 0n) after.set(UNATTRIBUTED, counterRow(date, unattributed));
    const written = isFirst ? ledger.insertDay(date, after) : ledger.replaceDay(date, before, after);
    const baseline = cost.baselines.get(date);
    const byokBaseline = byok.baselines.get(date);
    const starts = [date, baseline?.since ?? date, byokBaseline?.since ?? date];
    if (written > 0) changedFrom = starts.reduce(minDay, changedFrom ?? date);
    rowsWritten += written;
    ledger.putDay({
      date,
      rows: after,
      isAnswered: answered.has(date),
      isKnownByCounters:
        (baseline !== undefined && isKnown(baseline, input.cost.polledDay)) || unattributed.byokCost > 0n,
      isExactByCounters: baseline?.exact ?? false,
      isByokKnownByCounters:
        input.byok.usage === 0n || (byokBaseline !== undefined && isKnown(byokBaseline, input.byok.polledDay)),
    });
  }
  if (isFirst) ledger.rollUp(from, through);
  else ledger.flush();
  return { rowsWritten, changedFrom };
}

/** A partly covered day without spend is unknown, unless the day is still in progress. */
const isKnown = (baseline: CounterBaseline, polledDay: Day | null) =>
  baseline.exact || baseline.spent > 0n || baseline.date === polledDay;

/** Widens the range so that it contains lumps completely, because a lump can only be compared as a whole. */
function withWholeLumps(ledger: Ledger, first: Day, last: Day): { from: Day; through: Day } {
  let from = first;
  let through = last;
  for (;;) {
    const baselines = [ledger.cost, ledger.byok].flatMap((counters) => counters.readBaselines(from, through));
    const starts = baselines.flatMap((row) => (row.since === null ? [] : [row.since]));
    const widerFrom = starts.reduce(minDay, from);
    const widerThrough = baselines.map((row) => row.date).reduce(maxDay, through);
    if (widerFrom === from && widerThrough === through) return { from, through };
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
    const model = toModelName(row.model);
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
  details: addDetails(a.details, b.details),
});

function withoutUnattributed(rows: Map<string, StoredRow>): Map<string, NewRow> {
  const kept = new Map<string, NewRow>(rows);
  kept.delete(UNATTRIBUTED);
  return kept;
}

const counterRow = (date: Day, amounts: { cost: bigint; byokCost: bigint }): NewRow => ({
  date,
  model: UNATTRIBUTED,
  ...amounts,
  requests: null,
  tokensInput: null,
  tokensOutput: null,
  details: NO_DETAILS,
});
