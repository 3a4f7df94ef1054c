import type { Connection } from "@orwatch/db";
import type { Day } from "@orwatch/domain/day";
import type { Message } from "@orwatch/messages/message";
import { storeMessage } from "@orwatch/messages/parse";
import { storedInstant } from "../../platform/clock.ts";
import { bumpDataVersion } from "../data-version.ts";
import { UNATTRIBUTED } from "../ledger/ledger.ts";
import { checkDay, type DayTotals, groupRows, sumOf } from "./check.ts";
import {
  type Amounts,
  type BreakdownOwner,
  type BreakdownRow,
  DIMENSION_IDS,
  type Dimension,
  dayNumberOf,
} from "./dimensions.ts";

interface Answered {
  owner: BreakdownOwner;
  teamId: number;
  dimension: Dimension;
  /** Days for which the response is complete. */
  days: readonly Day[];
  rows: readonly BreakdownRow[];
  /** When the stored usage was read. A response has more of this hour and later ones, which can be left out. */
  openHour: { day: Day; hour: number } | null;
}

interface StoredDays {
  rowsWritten: number;
  /** Days with more usage in the response than is stored. */
  rejected: Day[];
  /** Days with stored usage but without rows in the response. */
  empty: Day[];
}

/**
 * Replaces the breakdown of whole days, inside the caller's transaction, if it fits the stored usage of these days. Days without
 * usage from analytics, rejected days and empty days are not changed.
 */
export function storeDays(connection: Connection, answered: Answered): StoredDays {
  const { owner, teamId, dimension } = answered;
  const stored: StoredDays = { rowsWritten: 0, rejected: [], empty: [] };
  const totals = readTotals(connection, owner, answered.days);
  if (totals.size === 0) return stored;
  const ownerId = ensureOwner(connection, owner);
  // It was deleted in the meantime.
  if (ownerId === null) return stored;
  const byDay = groupRows(answered.rows, ({ date }) => date);
  const writer = writerOf(connection, { ownerId, teamId, dimension });
  for (const [day, total] of totals) {
    const rows = byDay.get(day) ?? [];
    if (rows.length === 0) {
      const used = [...total].filter(([, amounts]) => isUse(amounts)).map(([model]) => model);
      if (used.length === 0) writer.remove(day);
      // Spend that is known from counters only is in no breakdown.
      else if (used.every((model) => model === UNATTRIBUTED))
        writer.put(day, { rows, isWhole: false, total: sumOf([...total.values()]) });
      else stored.empty.push(day);
      continue;
    }
    const { openHour } = answered;
    const checked =
      checkDay(rows, total) ??
      (openHour?.day === day
        ? checkDay(
            rows.filter(({ hour }) => hour !== null && hour < openHour.hour),
            total,
          )
        : null);
    if (checked === null) stored.rejected.push(day);
    else stored.rowsWritten += writer.put(day, { ...checked, total: sumOf([...total.values()]) });
  }
  if (stored.rowsWritten > 0) bumpDataVersion(connection, teamId);
  return stored;
}

const isUse = ({ cost, byokCost, requests }: Amounts): boolean => cost !== 0n || byokCost !== 0n || requests > 0;

/** Stored usage by day and model, of days that were read from analytics. */
function readTotals(connection: Connection, owner: BreakdownOwner, days: readonly Day[]): Map<Day, DayTotals> {
  const [sql, id] = "apiKeyId" in owner ? [TOTALS_OF_KEY, owner.apiKeyId] : [TOTALS_OF_ACCOUNT, owner.accountId];
  const rows = connection
    .prepare(sql)
    .safeIntegers(true)
    .all({ id, days: JSON.stringify(days) }) as {
    date: Day;
    model: string | null;
    cost: bigint;
    byok: bigint;
    requests: bigint;
    input: bigint;
    output: bigint;
  }[];
  const totals = new Map<Day, Map<string, Amounts>>();
  for (const { date, model, cost, byok, requests, input, output } of rows) {
    const models = totals.get(date) ?? new Map<string, Amounts>();
    totals.set(date, models);
    // A day without usage has a row without a model.
    if (model === null) continue;
    models.set(model, {
      cost,
      byokCost: byok,
      requests: Number(requests),
      tokensInput: Number(input),
      tokensOutput: Number(output),
    });
  }
  return totals;
}

const SUMS = `coalesce(sum(s.cost), 0) AS cost, coalesce(sum(s.byok_cost), 0) AS byok, coalesce(sum(s.requests_count), 0) AS requests,
  coalesce(sum(s.tokens_input), 0) AS input, coalesce(sum(s.tokens_output), 0) AS output`;

const TOTALS_OF_KEY = `SELECT d.date, s.model, ${SUMS}
  FROM usage_days d LEFT JOIN usage_stats s ON s.api_key_id = d.api_key_id AND s.date = d.date
  WHERE d.api_key_id = :id AND d.attributed AND d.date IN (SELECT value FROM json_each(:days)) GROUP BY 1, 2`;

/** Days on which the total of the account is known, including usage that belongs to no key. */
const TOTALS_OF_ACCOUNT = `SELECT d.date, s.model, ${SUMS}
  FROM api_keys r JOIN usage_days d ON d.api_key_id = r.id AND d.date IN (SELECT value FROM json_each(:days))
  LEFT JOIN (api_keys k CROSS JOIN usage_stats s ON s.api_key_id = k.id) ON k.account_id = :id AND k.kind IN ('inference', 'residual') AND s.date = d.date
  WHERE r.account_id = :id AND r.kind = 'residual' AND r.source = 'unknown' GROUP BY 1, 2`;

/** @returns `null` if the key or account was deleted */
function ensureOwner(connection: Connection, owner: BreakdownOwner): number | null {
  const [column, table, id] =
    "apiKeyId" in owner
      ? ["api_key_id", "api_keys", owner.apiKeyId]
      : ["account_id", "openrouter_accounts", owner.accountId];
  connection.prepare(`INSERT OR IGNORE INTO breakdown_owners (${column}) SELECT id FROM ${table} WHERE id = ?`).run(id);
  const found = connection
    .prepare(`SELECT id FROM breakdown_owners WHERE ${column} = ?`)
    .pluck()
    .safeIntegers(false)
    .get(id);
  return (found as number | undefined) ?? null;
}

function writerOf(
  connection: Connection,
  { ownerId, teamId, dimension }: { ownerId: number; teamId: number; dimension: Dimension },
) {
  const number = DIMENSION_IDS[dimension];
  const clear = connection.prepare(
    "DELETE FROM breakdowns WHERE owner_id = ? AND dimension = ? AND hour BETWEEN ? AND ?",
  );
  const insert =
    connection.prepare(`INSERT INTO breakdowns (owner_id, dimension, hour, value_id, model_id, cost, byok_cost, requests,
    tokens_input, tokens_output, latency_p50, latency_p95, throughput_p50, throughput_p95) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const putDay = connection.prepare(`INSERT OR REPLACE INTO breakdown_days
    (owner_id, dimension, day, cost, byok_cost, requests, tokens_input, tokens_output, rows, is_whole) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const nameOf = namesOf(connection, teamId);
  const dropDay = connection.prepare("DELETE FROM breakdown_days WHERE owner_id = ? AND dimension = ? AND day = ?");
  const remove = (date: Day): void => {
    const day = dayNumberOf(date);
    if (dropDay.run(ownerId, number, day).changes > 0) clear.run(ownerId, number, day * 24, day * 24 + 23);
  };
  const put = (
    date: Day,
    { rows, isWhole, total }: { rows: readonly BreakdownRow[]; isWhole: boolean; total: Amounts },
  ): number => {
    const day = dayNumberOf(date);
    clear.run(ownerId, number, day * 24, day * 24 + 23);
    for (const row of rows)
      insert.run(
        ownerId,
        number,
        day * 24 + (row.hour ?? 0),
        row.value === null ? 0 : nameOf(number, row.value),
        nameOf(DIMENSION_IDS.model, row.model),
        row.cost,
        row.byokCost,
        row.requests,
        row.tokensInput,
        row.tokensOutput,
        row.latencyP50,
        row.latencyP95,
        row.throughputP50,
        row.throughputP95,
      );
    const { cost, byokCost, requests, tokensInput, tokensOutput } = total;
    putDay.run(ownerId, number, day, cost, byokCost, requests, tokensInput, tokensOutput, rows.length, isWhole ? 1 : 0);
    return rows.length;
  };
  return { put, remove };
}

/** Returns the ids of names and inserts new ones. */
function namesOf(connection: Connection, teamId: number) {
  const find = connection
    .prepare("SELECT id FROM breakdown_values WHERE team_id = ? AND dimension = ? AND text = ?")
    .pluck()
    .safeIntegers(false);
  const add = connection.prepare("INSERT INTO breakdown_values (team_id, dimension, text) VALUES (?, ?, ?)");
  const known = new Map<string, number>();
  return (dimension: number, text: string): number => {
    const key = `${dimension}\n${text}`;
    const id =
      known.get(key) ??
      (find.get(teamId, dimension, text) as number | undefined) ??
      Number(add.run(teamId, dimension, text).lastInsertRowid);
    known.set(key, id);
    return id;
  };
}

/** Stores the time and result of a request for a breakdown, inside the caller's transaction. */
export function noteAsked(
  connection: Connection,
  input: { owner: BreakdownOwner; dimension: Dimension; at: Date; problem: Message | null },
): void {
  const ownerId = ensureOwner(connection, input.owner);
  if (ownerId === null) return;
  connection
    .prepare("INSERT OR REPLACE INTO breakdown_progress (owner_id, dimension, asked_at, problem) VALUES (?, ?, ?, ?)")
    .run(
      ownerId,
      DIMENSION_IDS[input.dimension],
      storedInstant(input.at),
      input.problem && storeMessage(input.problem),
    );
}
