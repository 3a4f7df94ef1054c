import type { Connection } from "@orwatch/db";
import { DETAIL_COLUMNS, type DetailColumns } from "./detail-columns.ts";

/** A row of `usage`. */
export interface UsageColumns extends DetailColumns {
  id: bigint;
  date: string;
  model: string;
  requests_count: bigint | null;
  tokens_input: bigint | null;
  tokens_output: bigint | null;
  cost: bigint;
  byok_cost: bigint;
}

const DETAILS = DETAIL_COLUMNS.join(", ");
const DETAIL_VALUES = DETAIL_COLUMNS.map(() => "?").join(", ");

const toStatement = (connection: Connection, sql: string) => connection.prepare(sql).safeIntegers(true);

/** Credits and BYOK are recorded separately in the same way: each has its baselines, last poll and restated amount. */
function counterStatements(input: {
  table: "counter_baselines" | "byok_counter_baselines";
  suffix: "" | "_byok";
  statement: (sql: string) => ReturnType<typeof toStatement>;
}) {
  const { table, suffix, statement } = input;
  const columns = "date, usage, spent, exact, since";
  return {
    putPolled: statement(`UPDATE api_keys SET polled${suffix}_day = ?, polled${suffix}_nanos = ? WHERE id = ?`),
    putRestated: statement(`UPDATE api_keys SET restated${suffix}_nanos = ? WHERE id = ?`),
    // The second condition finds lumps that began in the range and end after it.
    baselines: statement(`SELECT ${columns} FROM ${table} WHERE api_key_id = :id AND date BETWEEN :from AND :through
      UNION ALL SELECT ${columns} FROM ${table} WHERE api_key_id = :id AND date > :through AND since <= :through
      ORDER BY date`),
    putBaseline: statement(`INSERT INTO ${table} (api_key_id, ${columns}) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET usage = excluded.usage, spent = excluded.spent, exact = excluded.exact, since = excluded.since`),
  };
}

/** The ledger's statements on a connection; integers come as bigint. */
export function statementsOf(connection: Connection) {
  const statement = (sql: string) => toStatement(connection, sql);
  return {
    polled:
      statement(`SELECT polled_day, polled_nanos, restated_nanos, polled_byok_day, polled_byok_nanos, restated_byok_nanos
      FROM api_keys WHERE id = ? AND team_id = ?`),
    attributed: statement(
      "SELECT date FROM usage_days WHERE api_key_id = ? AND attributed AND date IN (SELECT value FROM json_each(?))",
    ),
    cost: counterStatements({ table: "counter_baselines", suffix: "", statement }),
    byok: counterStatements({ table: "byok_counter_baselines", suffix: "_byok", statement }),
    usage:
      statement(`SELECT id, date, model, requests_count, tokens_input, tokens_output, cost, byok_cost, ${DETAILS} FROM usage_stats
      WHERE api_key_id = ? AND date BETWEEN ? AND ?`),
    insert: statement(`INSERT INTO usage_stats
      (api_key_id, date, model, requests_count, tokens_input, tokens_output, cost, byok_cost, created_at, ${DETAILS})
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ${DETAIL_VALUES})`),
    update: statement(
      `UPDATE usage_stats SET requests_count = ?, tokens_input = ?, tokens_output = ?, cost = ?, byok_cost = ?,
         ${DETAIL_COLUMNS.map((column) => `${column} = ?`).join(", ")} WHERE id = ?`,
    ),
    remove: statement("DELETE FROM usage_stats WHERE id = ?"),
    dayBefore: statement("SELECT attributed, byok_known FROM usage_days WHERE api_key_id = ? AND date = ?"),
    byokNeverUsed: statement("UPDATE usage_days SET byok_known = 1 WHERE api_key_id = ? AND NOT byok_known"),
    putDay: statement(`INSERT INTO usage_days
      (api_key_id, date, cost, byok_cost, requests, tokens_input, tokens_output, counted_cost, rows, attributed, exact, byok_known)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET cost = excluded.cost, byok_cost = excluded.byok_cost, requests = excluded.requests,
        tokens_input = excluded.tokens_input, tokens_output = excluded.tokens_output, counted_cost = excluded.counted_cost,
        rows = excluded.rows, attributed = excluded.attributed, exact = excluded.exact, byok_known = excluded.byok_known`),
    dropDay: statement("DELETE FROM usage_days WHERE api_key_id = ? AND date = ?"),
    lastUsedDay: statement(
      "SELECT max(date) AS day FROM usage_days WHERE api_key_id = ? AND (cost > 0 OR requests > 0 OR byok_cost > 0)",
    ),
  };
}
