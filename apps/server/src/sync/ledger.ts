import type { Db } from "@orwatch/db";
import type { Day } from "../day.ts";
import type { UsageRow } from "../openrouter/schema.ts";
import type { Opening } from "./counters.ts";

type Connection = Parameters<Parameters<Db["write"]>[0]>[0];

/** A usage row to be; counts are `null` where only counters know of it. */
export type NewRow = Omit<UsageRow, "requests" | "tokensInput" | "tokensOutput"> & {
  requests: number | null;
  tokensInput: number | null;
  tokensOutput: number | null;
};

/** A row of usage_stats as stored. */
export interface StoredRow extends NewRow {
  id: number;
}

interface UsageColumns {
  id: bigint;
  date: string;
  model: string;
  requests_count: bigint | null;
  tokens_input: bigint | null;
  tokens_output: bigint | null;
  cost: bigint;
  byok_cost: bigint;
}

/** Change of one row of the roll-up by model. */
interface Delta {
  cost: bigint;
  byokCost: bigint;
  requests: number;
  tokensInput: number;
  tokensOutput: number;
  countedCost: bigint;
  countedRows: number;
  rows: number;
}

const prepared = new WeakMap<Connection, ReturnType<typeof prepare>>();

function prepare(connection: Connection) {
  const statement = (sql: string) => connection.prepare(sql).safeIntegers(true);
  return {
    polled: statement("SELECT polled_day, polled_nanos, restated_nanos FROM api_keys WHERE id = ? AND user_id = ?"),
    putPolled: statement("UPDATE api_keys SET polled_day = ?, polled_nanos = ? WHERE id = ?"),
    putRestated: statement("UPDATE api_keys SET restated_nanos = ? WHERE id = ?"),
    attributed: statement(
      "SELECT date FROM usage_days WHERE api_key_id = ? AND attributed AND date IN (SELECT value FROM json_each(?))",
    ),
    // The second arm finds lumps that end after the range but began in it.
    openings:
      statement(`SELECT date, usage, spent, exact, since FROM openings WHERE api_key_id = :id AND date BETWEEN :from AND :through
      UNION ALL SELECT date, usage, spent, exact, since FROM openings WHERE api_key_id = :id AND date > :through AND since <= :through
      ORDER BY date`),
    putOpening: statement(`INSERT INTO openings (api_key_id, date, usage, spent, exact, since) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET usage = excluded.usage, spent = excluded.spent, exact = excluded.exact, since = excluded.since`),
    usage:
      statement(`SELECT id, date, model, requests_count, tokens_input, tokens_output, cost, byok_cost FROM usage_stats
      WHERE api_key_id = ? AND date BETWEEN ? AND ?`),
    insert: statement(`INSERT INTO usage_stats
      (api_key_id, date, model, requests_count, tokens_input, tokens_output, cost, byok_cost, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    update: statement(
      `UPDATE usage_stats SET requests_count = ?, tokens_input = ?, tokens_output = ?, cost = ?, byok_cost = ? WHERE id = ?`,
    ),
    remove: statement("DELETE FROM usage_stats WHERE id = ?"),
    wasAttributed: statement("SELECT attributed FROM usage_days WHERE api_key_id = ? AND date = ?"),
    putDay: statement(`INSERT INTO usage_days
      (api_key_id, date, cost, byok_cost, requests, tokens_input, tokens_output, counted_cost, rows, attributed, exact)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET cost = excluded.cost, byok_cost = excluded.byok_cost, requests = excluded.requests,
        tokens_input = excluded.tokens_input, tokens_output = excluded.tokens_output, counted_cost = excluded.counted_cost,
        rows = excluded.rows, attributed = excluded.attributed, exact = excluded.exact`),
    dropDay: statement("DELETE FROM usage_days WHERE api_key_id = ? AND date = ?"),
    addToModel: statement(`INSERT INTO usage_models
      (user_id, date, model, cost, byok_cost, requests, tokens_input, tokens_output, counted_cost, counted_rows, rows)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET cost = cost + excluded.cost, byok_cost = byok_cost + excluded.byok_cost,
        requests = requests + excluded.requests, tokens_input = tokens_input + excluded.tokens_input,
        tokens_output = tokens_output + excluded.tokens_output, counted_cost = counted_cost + excluded.counted_cost,
        counted_rows = counted_rows + excluded.counted_rows, rows = rows + excluded.rows`),
    dropModel: statement("DELETE FROM usage_models WHERE user_id = ? AND date = ? AND model = ? AND rows = 0"),
    lastUsedDay: statement(
      "SELECT max(date) AS day FROM usage_days WHERE api_key_id = ? AND (cost > 0 OR requests > 0)",
    ),
    bumpVersion: statement("UPDATE users SET data_version = data_version + 1 WHERE id = ?"),
  };
}

export type Ledger = ReturnType<typeof createLedger>;

/** Reads and writes of one key's usage within a transaction; the roll-ups follow every change. */
export function createLedger(connection: Connection, owner: { apiKeyId: number; userId: number; now: Date }) {
  let sql = prepared.get(connection);
  if (!sql) {
    sql = prepare(connection);
    prepared.set(connection, sql);
  }
  const statements = sql;
  const { apiKeyId, userId } = owner;
  const createdAt = owner.now.toISOString().replace("Z", "+00:00");
  const deltas = new Map<Day, Map<string, Delta>>();

  function note(date: Day, row: NewRow, sign: 1 | -1) {
    let models = deltas.get(date);
    if (!models) {
      models = new Map();
      deltas.set(date, models);
    }
    let delta = models.get(row.model);
    if (!delta) {
      delta = {
        cost: 0n,
        byokCost: 0n,
        requests: 0,
        tokensInput: 0,
        tokensOutput: 0,
        countedCost: 0n,
        countedRows: 0,
        rows: 0,
      };
      models.set(row.model, delta);
    }
    const isCounted = row.requests !== null;
    delta.cost += sign === 1 ? row.cost : -row.cost;
    delta.byokCost += sign === 1 ? row.byokCost : -row.byokCost;
    delta.requests += sign * (row.requests ?? 0);
    delta.tokensInput += sign * (row.tokensInput ?? 0);
    delta.tokensOutput += sign * (row.tokensOutput ?? 0);
    if (isCounted) delta.countedCost += sign === 1 ? row.cost : -row.cost;
    delta.countedRows += isCounted ? sign : 0;
    delta.rows += sign;
  }

  return {
    /** Day and usage of the last poll; `null` when the key is gone. */
    readPolled(): { day: Day | null; usage: bigint | null; restated: bigint } | null {
      const row = statements.polled.get(apiKeyId, userId) as
        | { polled_day: string | null; polled_nanos: bigint | null; restated_nanos: bigint }
        | undefined;
      return row ? { day: row.polled_day, usage: row.polled_nanos, restated: row.restated_nanos } : null;
    },
    putRestated: (nanos: bigint) => void statements.putRestated.run(nanos, apiKeyId),
    /** Those of `days` that analytics has answered for before. */
    readAttributed: (days: Day[]): Day[] =>
      (statements.attributed.all(apiKeyId, JSON.stringify(days)) as { date: Day }[]).map(({ date }) => date),
    putPolled: (polled: { day: Day; usage: bigint }) =>
      void statements.putPolled.run(polled.day, polled.usage, apiKeyId),

    readOpenings(from: Day, through: Day): Opening[] {
      const rows = statements.openings.all({ id: apiKeyId, from, through }) as (Omit<Opening, "exact"> & {
        exact: bigint;
      })[];
      return rows.map((row) => ({ ...row, exact: row.exact !== 0n }));
    },
    putOpening: (row: Opening) =>
      void statements.putOpening.run(apiKeyId, row.date, row.usage, row.spent, row.exact ? 1 : 0, row.since),

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

    /** Writes only what differs; rows that stay keep their ids. Returns how many rows changed. */
    replaceDay(date: Day, before: Map<string, StoredRow>, after: Map<string, NewRow>): number {
      let changed = 0;
      for (const [model, old] of before) {
        if (after.has(model)) continue;
        statements.remove.run(old.id);
        note(date, old, -1);
        changed += 1;
      }
      for (const [model, row] of after) {
        const old = before.get(model);
        if (old && isSame(old, row)) continue;
        const { requests, tokensInput, tokensOutput, cost, byokCost } = row;
        if (old) {
          statements.update.run(requests, tokensInput, tokensOutput, cost, byokCost, old.id);
          note(date, old, -1);
        } else {
          statements.insert.run(apiKeyId, date, model, requests, tokensInput, tokensOutput, cost, byokCost, createdAt);
        }
        note(date, row, 1);
        changed += 1;
      }
      return changed;
    },

    putDay(day: {
      date: Day;
      rows: Map<string, NewRow>;
      isAnswered: boolean;
      isKnownByCounters: boolean;
      isExactByCounters: boolean;
    }) {
      const isAttributed =
        day.isAnswered ||
        (statements.wasAttributed.get(apiKeyId, day.date) as { attributed: bigint } | undefined)?.attributed === 1n;
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
      );
    },

    /** Carries the changes into the roll-up by model. */
    flush() {
      for (const [date, models] of deltas) {
        for (const [model, delta] of models) {
          const { cost, byokCost, requests, tokensInput, tokensOutput, countedCost, countedRows, rows } = delta;
          statements.addToModel.run(
            userId,
            date,
            model,
            cost,
            byokCost,
            requests,
            tokensInput,
            tokensOutput,
            countedCost,
            countedRows,
            rows,
          );
          if (rows < 0) statements.dropModel.run(userId, date, model);
        }
      }
      deltas.clear();
    },
    readLastUsedDay: () => (statements.lastUsedDay.get(apiKeyId) as { day: Day | null }).day,
    bumpVersion: () => void statements.bumpVersion.run(userId),
  };
}

const toNumber = (value: bigint | null) => (value === null ? null : Number(value));

const toStoredRow = (row: UsageColumns): StoredRow => ({
  id: Number(row.id),
  date: row.date,
  model: row.model,
  requests: toNumber(row.requests_count),
  tokensInput: toNumber(row.tokens_input),
  tokensOutput: toNumber(row.tokens_output),
  cost: row.cost,
  byokCost: row.byok_cost,
});

const isSame = (a: NewRow, b: NewRow) =>
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
