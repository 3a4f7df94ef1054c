import type { Db } from "@orwatch/db";

export type Connection = Parameters<Parameters<Db["write"]>[0]>[0];

/** A row of `usage`. */
export interface UsageColumns {
  id: bigint;
  date: string;
  model: string;
  requests_count: bigint | null;
  tokens_input: bigint | null;
  tokens_output: bigint | null;
  cost: bigint;
  byok_cost: bigint;
}

const prepared = new WeakMap<Connection, ReturnType<typeof prepare>>();

const addToModels = (rows: string) => `INSERT INTO usage_models
  (user_id, date, model, cost, byok_cost, requests, tokens_input, tokens_output, counted_cost, counted_rows, rows) ${rows}
  ON CONFLICT DO UPDATE SET cost = cost + excluded.cost, byok_cost = byok_cost + excluded.byok_cost,
    requests = requests + excluded.requests, tokens_input = tokens_input + excluded.tokens_input,
    tokens_output = tokens_output + excluded.tokens_output, counted_cost = counted_cost + excluded.counted_cost,
    counted_rows = counted_rows + excluded.counted_rows, rows = rows + excluded.rows`;

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
    addToModel: statement(addToModels("VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")),
    addRowsToModels: statement(
      addToModels(`SELECT :userId, date, model, cost, byok_cost, coalesce(requests_count, 0), coalesce(tokens_input, 0),
        coalesce(tokens_output, 0), iif(requests_count IS NULL, 0, cost), requests_count IS NOT NULL, 1
      FROM usage_stats WHERE api_key_id = :id AND date BETWEEN :from AND :through`),
    ),
    dropModel: statement("DELETE FROM usage_models WHERE user_id = ? AND date = ? AND model = ? AND rows = 0"),
    lastUsedDay: statement(
      "SELECT max(date) AS day FROM usage_days WHERE api_key_id = ? AND (cost > 0 OR requests > 0)",
    ),
    bumpVersion: statement("UPDATE users SET data_version = data_version + 1 WHERE id = ?"),
  };
}

/** The ledger's statements, prepared once for a connection; integers come as bigint. */
export function statementsOf(connection: Connection) {
  let statements = prepared.get(connection);
  if (!statements) {
    statements = prepare(connection);
    prepared.set(connection, statements);
  }
  return statements;
}
