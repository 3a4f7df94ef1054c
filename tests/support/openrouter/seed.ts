import { addDays, listDays } from "@orwatch/domain/day";
import type { Scope } from "@orwatch/domain/permissions";
import { fillRollUps } from "@orwatch/server/usage/test-support";
import Database from "better-sqlite3";
import type { Caller, Harness } from "../server/harness.ts";

export interface Seeded {
  userId: number;
  teamId: number;
  keyIds: number[];
  rows: number;
}

const DAYS = `
  INSERT OR REPLACE INTO usage_days (api_key_id, date, cost, byok_cost, requests, tokens_input, tokens_output, counted_cost, rows, attributed, exact)
    SELECT api_key_id, date, sum(cost), sum(byok_cost), sum(requests_count), sum(tokens_input), sum(tokens_output),
      coalesce(sum(cost) FILTER (WHERE requests_count IS NOT NULL), 0), count(*), 1, 1
    FROM usage_stats GROUP BY api_key_id, date;
  UPDATE teams SET data_version = data_version + 1;`;

/** Writes usage with its roll-ups straight into the database, for tests that need more than a sync could fetch in time. */
export function seedUsage(
  harness: Harness,
  options: {
    email: string;
    keys: string[];
    models: string[];
    through: string;
    days: number;
    costOf?: (n: number) => number;
  },
): Seeded {
  const { email, models, through, days, costOf = (n) => (n * 7_919) % 4_000_000 } = options;
  const connection = new Database(harness.server.app.config.databaseFile);
  connection.pragma("busy_timeout = 10000");
  try {
    const { userId, teamId } = connection
      .prepare(
        "SELECT u.id AS userId, t.id AS teamId FROM users u JOIN teams t ON t.personal_user_id = u.id WHERE u.email = ?",
      )
      .get(email) as { userId: number; teamId: number };
    const addKey = connection.prepare(
      `INSERT INTO api_keys (team_id, name, key_encrypted, key_hash, label, kind, status) VALUES (?, ?, '-', hex(randomblob(32)), 'sk-or-v1-abc…9f2', 'inference', 'valid') RETURNING id`,
    );
    const keyIds = options.keys.map((name) => (addKey.get(teamId, name) as { id: number }).id);
    const insert = connection.prepare(
      `INSERT INTO usage_stats (api_key_id, date, model, requests_count, tokens_input, tokens_output, cost, byok_cost, created_at,
         reasoning_tokens, cached_tokens, byok_requests, upstream_cost, cache_saving, data_discount, web_search_cost)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, '2026-03-10T11:00:00.000+00:00', ?, ?, ?, ?, ?, ?, ?)`,
    );
    let rows = 0;
    connection.transaction(() => {
      for (const date of listDays(addDays(through, 1 - days), through))
        for (const keyId of keyIds)
          for (const model of models) {
            const n = rows++;
            // Every fifth row comes from counters.
            const counts = n % 5 === 4 ? [null, null, null] : [1 + (n % 90), 1000 + n, n % 700];
            // Of some rows no detail is known, of others not all.
            const details =
              n % 5 === 4 || n % 7 === 3
                ? Array(7).fill(null)
                : [n % 50, n % 90, n % 2, n % 11 === 0 ? null : n * 9, -(n % 700), -(n % 3), 0];
            insert.run(keyId, date, model, ...counts, costOf(n), n % 3, ...details);
          }
      connection.exec(DAYS);
      fillRollUps(connection);
    })();
    return { userId, teamId, keyIds, rows };
  } finally {
    connection.close();
  }
}

/** Issues an API token of the user, for `callerOf`. */
export async function issueToken(
  user: Caller,
  name = "test",
  options: { scopes?: Scope[]; expires_at?: string } = {},
): Promise<{ id: number; token: string }> {
  const issued = await user.post("/api/tokens", { name, ...options });
  if (issued.status !== 201) throw new Error(`no token: ${issued.text}`);
  return issued.body;
}
