import type { Connection } from "@orwatch/db";
import { addDays, type Day } from "@orwatch/domain/day";
import type { App } from "../app.ts";
import { bumpDataVersion } from "./data-version.ts";
import { MONTH, NAMED_SUMS, SUBTRACTED } from "./ledger/roll-ups.ts";

/** Rows removed per transaction (about 20 ms), so that other writes do not wait long. */
const ROWS_A_TURN = 5_000;
const REST_MS = 5;

/**
 * Removes all usage before `oldest`, a few days of one team at a time: each day is removed for all keys and sums at once.
 * Stops at the next safe point when the server stops.
 * @returns the number of removed usage rows
 */
export async function removeUsage(app: App, oldest: Day): Promise<number> {
  const teams = app.db.reader.prepare("SELECT id FROM teams ORDER BY id").pluck().all() as number[];
  let removed = 0;
  for (const teamId of teams) {
    let isDone = false;
    while (!isDone && !app.stopping.aborted) {
      const turn = await app.db.write((connection) => removeTurn(connection, { teamId, oldest }));
      removed += turn.rows;
      isDone = turn.isDone;
      if (!isDone) await app.clock.sleep(REST_MS, app.stopping);
    }
  }
  return removed;
}

function removeTurn(connection: Connection, input: { teamId: number; oldest: Day }): { rows: number; isDone: boolean } {
  const days = connection.prepare(DAYS).safeIntegers(false).all(input) as { date: Day; rows: number }[];
  let [rows, taken] = [0, 0];
  for (const day of days) {
    if (taken > 0 && rows + day.rows > ROWS_A_TURN) break;
    rows += day.rows;
    taken += 1;
  }
  const isDone = taken === days.length;
  const before = isDone ? input.oldest : addDays(days[taken - 1]?.date as Day, 1);
  let changes = 0;
  connection.prepare(SUBTRACT_FROM_MONTHS).run({ teamId: input.teamId, before });
  for (const [table, sql] of Object.entries(REMOVALS)) {
    const count = Number(connection.prepare(sql).run({ teamId: input.teamId, before }).changes);
    if (table === "usage_stats") changes = count;
  }
  if (taken > 0) bumpDataVersion(connection, input.teamId);
  return { rows: changes, isDone };
}

const DAYS = `SELECT d.date, sum(d.rows) AS rows FROM api_keys k JOIN usage_days d ON d.api_key_id = k.id AND d.date < :oldest
  WHERE k.team_id = :teamId GROUP BY d.date ORDER BY d.date`;

const KEYS = "(SELECT id FROM api_keys WHERE team_id = :teamId)";
const ofKeys = (table: string) => `DELETE FROM ${table} WHERE api_key_id IN ${KEYS} AND date < :before`;

const SUBTRACT_FROM_MONTHS = `UPDATE usage_months AS m SET ${SUBTRACTED} FROM (
    SELECT s.api_key_id, ${MONTH} AS month, s.model, ${NAMED_SUMS} FROM usage_stats s
    WHERE s.api_key_id IN ${KEYS} AND s.date < :before GROUP BY 1, 2, 3
  ) s WHERE m.api_key_id = s.api_key_id AND m.month = s.month AND m.model = s.model`;

const REMOVALS = {
  usage_stats: ofKeys("usage_stats"),
  usage_days: ofKeys("usage_days"),
  counter_baselines: ofKeys("counter_baselines"),
  byok_counter_baselines: ofKeys("byok_counter_baselines"),
  usage_months: `DELETE FROM usage_months WHERE api_key_id IN ${KEYS} AND month < :before AND rows = 0`,
  usage_models: "DELETE FROM usage_models WHERE team_id = :teamId AND date < :before",
};
