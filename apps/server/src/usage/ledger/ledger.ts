import type { Connection } from "@orwatch/db";
import type { Day } from "@orwatch/domain/day";
import type { UsageRow } from "../../openrouter/schema.ts";
import { areSameDetails, fillDetails } from "../../openrouter/usage-details.ts";
import { storedInstant } from "../../platform/clock.ts";
import type { CounterBaseline } from "../counters/counters.ts";
import { bumpDataVersion } from "../data-version.ts";
import { noteKeyChanged } from "../residuals/residual-progress.ts";
import { toDetails, toDetailValues, toNumber } from "./detail-columns.ts";
import { statementsOf, type UsageColumns } from "./ledger-statements.ts";
import { createRollUps } from "./roll-ups.ts";

/** Model name of spend that is known from counters but not included in analytics. */
export const UNATTRIBUTED = "(unattributed)";

/** The stored name of a model. A response must not use the reserved name. */
export const toModelName = (model: string): string => (model === "" || model === UNATTRIBUTED ? "(unknown)" : model);

/** A usage row to store. Counts are `null` if it is only known from counters. */
export type NewRow = Omit<UsageRow, "requests" | "tokensInput" | "tokensOutput"> & {
  requests: number | null;
  tokensInput: number | null;
  tokensOutput: number | null;
};

/** A row of usage_stats as stored. */
export interface StoredRow extends NewRow {
  id: number;
}

interface PolledColumns {
  polled_day: string | null;
  polled_nanos: bigint | null;
  restated_nanos: bigint;
  polled_byok_day: string | null;
  polled_byok_nanos: bigint | null;
  restated_byok_nanos: bigint;
}

export type Ledger = ReturnType<typeof createLedger>;

/** Day and all-time amount of the last poll of a counter, and the restated amount that it does not include yet. */
export interface Polled {
  day: Day | null;
  usage: bigint | null;
  restated: bigint;
}

/** The counters of one key, of credits or of BYOK, within a transaction. */
export type CounterBook = Ledger["cost"];

/** Reads and writes the usage of a key within a transaction, and updates the roll-ups. */
export function createLedger(connection: Connection, owner: { apiKeyId: number; teamId: number; now: Date }) {
  const statements = statementsOf(connection);
  const { apiKeyId, teamId } = owner;
  const createdAt = storedInstant(owner.now);
  const rollUps = createRollUps(connection, owner);

  function insert(date: Day, row: NewRow) {
    const { model, requests, tokensInput, tokensOutput, cost, byokCost } = row;
    const details = toDetailValues(row.details);
    const amounts = [requests, tokensInput, tokensOutput, cost, byokCost];
    statements.insert.run(apiKeyId, date, model, ...amounts, createdAt, ...details);
  }

  const counters = ({ putPolled, putRestated, baselines, putBaseline }: (typeof statements)["cost"]) => ({
    putPolled: (polled: { day: Day; usage: bigint }) => void putPolled.run(polled.day, polled.usage, apiKeyId),
    putRestated: (nanos: bigint) => void putRestated.run(nanos, apiKeyId),
    readBaselines(from: Day, through: Day): CounterBaseline[] {
      const rows = baselines.all({ id: apiKeyId, from, through }) as (Omit<CounterBaseline, "exact"> & {
        exact: bigint;
      })[];
      return rows.map((row) => ({ ...row, exact: row.exact !== 0n }));
    },
    putBaseline: (row: CounterBaseline) =>
      void putBaseline.run(apiKeyId, row.date, row.usage, row.spent, row.exact ? 1 : 0, row.since),
  });

  return {
    /** The last polls; `null` if the key no longer exists. */
    readPolled(): { cost: Polled; byok: Polled } | null {
      const row = statements.polled.get(apiKeyId, teamId) as PolledColumns | undefined;
      return row
        ? {
            cost: { day: row.polled_day, usage: row.polled_nanos, restated: row.restated_nanos },
            byok: { day: row.polled_byok_day, usage: row.polled_byok_nanos, restated: row.restated_byok_nanos },
          }
        : null;
    },
    cost: counters(statements.cost),
    byok: counters(statements.byok),
    /** Marks the BYOK cost of every day so far as 0. */
    noteByokNeverUsed: () => void statements.byokNeverUsed.run(apiKeyId),
    /** The `days` that analytics has returned before. */
    readAttributed: (days: Day[]): Day[] =>
      (statements.attributed.all(apiKeyId, JSON.stringify(days)) as { date: Day }[]).map(({ date }) => date),
    readUsage(from: Day, through: Day): Map<Day, Map<string, StoredRow>> {
      const days = new Map<Day, Map<string, StoredRow>>();
      for (const row of statements.usage.all(apiKeyId, from, through) as UsageColumns[]) {
        let models = days.get(row.date);
        if (!models) {
          models = new Map();
          days.set(row.date, models);
        }
        models.set(row.model, toStoredRow(row));
      }
      return days;
    },

    /**
     * Writes only differences, so that existing rows keep their IDs. Known details are kept as long as the amounts of their row are
     * unchanged, because not every response contains them. Returns the number of changed rows.
     */
    replaceDay(date: Day, before: Map<string, StoredRow>, after: Map<string, NewRow>): number {
      let changed = 0;
      for (const [model, old] of before) {
        if (after.has(model)) continue;
        statements.remove.run(old.id);
        rollUps.note(date, old, -1);
        changed += 1;
      }
      for (const [model, answered] of after) {
        const old = before.get(model);
        const hasSameAmounts = old !== undefined && areSameAmounts(old, answered);
        const row = hasSameAmounts ? { ...answered, details: fillDetails(answered.details, old.details) } : answered;
        if (hasSameAmounts && areSameDetails(old.details, row.details)) continue;
        if (old) {
          const { requests, tokensInput, tokensOutput, cost, byokCost } = row;
          const amounts = [requests, tokensInput, tokensOutput, cost, byokCost];
          statements.update.run(...amounts, ...toDetailValues(row.details), old.id);
          rollUps.note(date, old, -1);
        } else insert(date, row);
        rollUps.note(date, row, 1);
        changed += 1;
      }
      return changed;
    },

    /** Inserts rows of a day in a range without rows. Call `rollUp` for the range afterwards. Returns the number of rows. */
    insertDay(date: Day, rows: Map<string, NewRow>): number {
      for (const row of rows.values()) insert(date, row);
      return rows.size;
    },
    /** Adds a range without earlier rows to the roll-ups by model and by month. */
    rollUp: rollUps.addRange,

    putDay(day: {
      date: Day;
      rows: Map<string, NewRow>;
      isAnswered: boolean;
      isKnownByCounters: boolean;
      isExactByCounters: boolean;
      isByokKnownByCounters: boolean;
    }) {
      const before = statements.dayBefore.get(apiKeyId, day.date) as
        | { attributed: bigint; byok_known: bigint }
        | undefined;
      const isAttributed = day.isAnswered || before?.attributed === 1n;
      if (!isAttributed && !day.isKnownByCounters) {
        statements.dropDay.run(apiKeyId, day.date);
        return;
      }
      const sum = sumDay(day.rows, isAttributed);
      statements.putDay.run(
        apiKeyId,
        day.date,
        sum.cost,
        sum.byokCost,
        sum.requests,
        sum.tokensInput,
        sum.tokensOutput,
        sum.countedCost,
        day.rows.size,
        isAttributed ? 1 : 0,
        day.isExactByCounters || (isAttributed && day.date < owner.now.toISOString().slice(0, 10)) ? 1 : 0,
        isAttributed || day.isByokKnownByCounters || before?.byok_known === 1n ? 1 : 0,
      );
    },

    /** Applies the changes to the roll-ups by model and by month. */
    flush: rollUps.flush,
    /** Marks the residuals of the key's account for recalculation from a day on. */
    noteResidualStale: (from: Day) => noteKeyChanged(connection, apiKeyId, from),
    readLastUsedDay: () => (statements.lastUsedDay.get(apiKeyId) as { day: Day | null }).day,
    bumpVersion: () => bumpDataVersion(connection, teamId),
  };
}

const toStoredRow = (row: UsageColumns): StoredRow => ({
  id: Number(row.id),
  date: row.date,
  model: row.model,
  requests: toNumber(row.requests_count),
  tokensInput: toNumber(row.tokens_input),
  tokensOutput: toNumber(row.tokens_output),
  cost: row.cost,
  byokCost: row.byok_cost,
  details: toDetails(row),
});

const areSameAmounts = (a: NewRow, b: NewRow) =>
  a.cost === b.cost &&
  a.byokCost === b.byokCost &&
  a.requests === b.requests &&
  a.tokensInput === b.tokensInput &&
  a.tokensOutput === b.tokensOutput;

function sumDay(rows: Map<string, NewRow>, isAttributed: boolean) {
  let [cost, byokCost, countedCost] = [0n, 0n, 0n];
  let [requests, tokensInput, tokensOutput] = [0, 0, 0];
  let isCounted = isAttributed;
  for (const row of rows.values()) {
    cost += row.cost;
    byokCost += row.byokCost;
    if (row.requests === null) continue;
    isCounted = true;
    countedCost += row.cost;
    requests += row.requests;
    tokensInput += row.tokensInput ?? 0;
    tokensOutput += row.tokensOutput ?? 0;
  }
  return {
    cost,
    byokCost,
    countedCost,
    requests: isCounted ? requests : null,
    tokensInput: isCounted ? tokensInput : null,
    tokensOutput: isCounted ? tokensOutput : null,
  };
}
