import { addDays, listDays } from "@orwatch/domain/day";
import { createTokenSecret, hashToken } from "@orwatch/server/tokens/service";
import { fillRollUps } from "@orwatch/server/usage/test-support";
import type Database from "better-sqlite3";
import { addUser, modelName, randomFrom, TODAY } from "./file.ts";

const SHAPE = { keys: 10, models: 30, days: 365 };

/** Users with 10 keys × 30 models × 365 days each, and an API token for every one of them. */
export function fillUsers(connection: Database.Database, count: number): { tokens: string[]; rows: number } {
  const users = Array.from({ length: count }, () => addUser(connection, SHAPE.keys));
  const addToken = connection.prepare(
    "INSERT INTO api_tokens (team_id, user_id, token_hash, name, last_used_at) VALUES (?, ?, ?, 'bench', ?)",
  );
  const tokens = users.map(({ userId, teamId }) => {
    const token = createTokenSecret();
    addToken.run(teamId, userId, hashToken(token), new Date().toISOString());
    return token;
  });
  const random = randomFrom(11);
  const insert = connection.prepare(
    `INSERT INTO usage_stats (api_key_id, date, model, requests_count, tokens_input, tokens_output, cost, byok_cost)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  let rows = 0;
  for (const date of listDays(addDays(TODAY, 1 - SHAPE.days), TODAY))
    for (const { keyIds } of users)
      for (const keyId of keyIds)
        for (let model = 0; model < SHAPE.models; model += 1) {
          const requests = 1 + Math.floor(random() * 300);
          const tokens = requests * Math.floor(200 + random() * 4000);
          insert.run(
            keyId,
            date,
            modelName(model),
            requests,
            tokens,
            Math.floor(tokens / 5),
            Math.floor(random() ** 4 * 3e9),
            0,
          );
          rows += 1;
        }
  connection.exec(`
    INSERT INTO usage_days (api_key_id, date, cost, byok_cost, requests, tokens_input, tokens_output, counted_cost, rows, attributed, exact)
      SELECT api_key_id, date, sum(cost), sum(byok_cost), sum(requests_count), sum(tokens_input), sum(tokens_output), sum(cost), count(*), 1, 1
      FROM usage_stats GROUP BY api_key_id, date;`);
  fillRollUps(connection);
  connection.exec("ANALYZE");
  return { tokens, rows };
}
