import { addDays, listDays } from "@orwatch/domain/day";
import { fillRollUps } from "@orwatch/server/usage/test-support";
import type Database from "better-sqlite3";
import { addUser, modelName, randomFrom, TODAY } from "./file.ts";

export const MEASURED = { keys: 10, models: 40, days: 365 };
const OTHERS = { keys: 5, models: 10, days: 365 };

const DAYS = `
  INSERT INTO usage_days (api_key_id, date, cost, byok_cost, requests, tokens_input, tokens_output, counted_cost, rows, attributed, exact)
    SELECT api_key_id, date, sum(cost), sum(byok_cost), sum(requests_count), sum(tokens_input), sum(tokens_output),
      coalesce(sum(cost) FILTER (WHERE requests_count IS NOT NULL), 0), count(*), 1, date < '${TODAY}'
    FROM usage_stats GROUP BY api_key_id, date;`;

/**
 * About `rows` rows of usage: one user with 10 keys × 40 models × 365 days, the rest by users with 5 keys × 10 models. Rows lie in
 * the order in which a year of daily syncs writes them: a key's days are scattered over the whole table.
 */
export function fill(
  connection: Database.Database,
  rows: number,
): { userId: number; teamId: number; keyIds: number[]; rows: number } {
  const measuredRows = MEASURED.keys * MEASURED.models * MEASURED.days;
  const others = Math.max(0, Math.round((rows - measuredRows) / (OTHERS.keys * OTHERS.models * OTHERS.days)));
  const half = Math.floor(others / 2);
  const crowd = (count: number) =>
    Array.from({ length: count }, () => ({ ...addUser(connection, OTHERS.keys), ...OTHERS }));
  const before = crowd(half);
  const measured = { ...addUser(connection, MEASURED.keys), ...MEASURED };
  const users = [...before, measured, ...crowd(others - half)];
  const random = randomFrom(7);
  const insert = connection.prepare(
    `INSERT INTO usage_stats (api_key_id, date, model, requests_count, tokens_input, tokens_output, cost, byok_cost,
       reasoning_tokens, cached_tokens, byok_requests, upstream_cost, cache_saving, data_discount, web_search_cost)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, 0)`,
  );
  let written = 0;
  for (const date of listDays(addDays(TODAY, 1 - MEASURED.days), TODAY)) {
    for (const { keyIds, models } of users) {
      for (const keyId of keyIds) {
        for (let model = 0; model < models; model += 1) {
          const requests = 1 + Math.floor(random() * 300);
          const tokens = requests * Math.floor(200 + random() * 4000);
          const cost = Math.floor(random() ** 4 * 3e9);
          const amounts = [requests, tokens, Math.floor(tokens / 5), cost, cost % 1000];
          const details = [
            Math.floor(tokens / 12),
            Math.floor(tokens / 2),
            cost,
            -Math.floor(cost / 7),
            -Math.floor(cost / 100),
          ];
          insert.run(keyId, date, modelName(model), ...amounts, ...details);
          written += 1;
        }
      }
    }
  }
  connection.exec(DAYS);
  fillRollUps(connection);
  return { userId: measured.userId, teamId: measured.teamId, keyIds: measured.keyIds, rows: written };
}
