import { randomBytes } from "node:crypto";
import type { LedgerKey, Sim } from "@orwatch/openrouter-sim";
import { hashKey } from "@orwatch/server/keys/service";
import { createCipher } from "@orwatch/server/secrets/cipher";
import { createTokenSecret, hashToken } from "@orwatch/server/tokens/service";
import { fillRollUps } from "@orwatch/server/usage/test-support";
import Database from "better-sqlite3";
import { addTeam, modelName } from "../support/file.ts";
import { dayBefore, type Visitor } from "./kinds.ts";

const KEYS_OF_A_USER = 10;
const DAYS = 365;
/** Days that the simulator knows of: those an hourly sync asks for. */
const RECENT_DAYS = 5;

/** The registered user's password hash serves them all: hashing a hundred would take longer than it shows. */
export function fillFile(
  input: {
    file: string;
    users: number;
    rows: number;
    encryptionKey: string;
    template: { email: string; password: string };
  },
  sim: Sim,
): { visitors: Visitor[]; rows: number; keys: number } {
  const models = Math.max(1, Math.round(input.rows / (input.users * KEYS_OF_A_USER * DAYS)));
  const db = new Database(input.file);
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = OFF");
  db.pragma("cache_size = -256000");
  const cipher = createCipher({ key: input.encryptionKey, previous: null });
  const names = Array.from({ length: models }, (_, index) => modelName(index));
  const now = new Date().toISOString().replace("Z", "+00:00");
  const addUser = db.prepare(
    `INSERT INTO users (email, password_hash, updated_at) SELECT ?, password_hash, updated_at FROM users WHERE email = ? RETURNING id`,
  );
  const addToken = db.prepare("INSERT INTO api_tokens (team_id, user_id, token_hash, name) VALUES (?, ?, ?, 'load')");
  const addKey = db.prepare(
    `INSERT INTO api_keys (team_id, name, key_encrypted, key_hash, label, kind, status, account, managed_by_id, cover_checked_at,
       last_synced_at, last_validated_at, watermark, month_resynced_on, year_resynced_on, complete_through)
     VALUES (?, ?, ?, ?, 'sk-or-v1-abc...9f2', ?, 'valid', ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
  );
  const today = dayBefore(0);
  let keys = 0;
  const store = (teamId: number, key: LedgerKey, manager: number | null) => {
    keys += 1;
    const keyHash = hashKey(key.secret);
    const encrypted = cipher.encrypt(key.secret, { ownerId: teamId, keyHash });
    const kind = manager === null ? "management" : "inference";
    const row = [
      teamId,
      key.name,
      encrypted,
      keyHash,
      kind,
      key.accountId,
      manager,
      now,
      now,
      now,
      today,
      today,
      today,
      dayBefore(1),
    ];
    return (addKey.get(...row) as { id: number }).id;
  };
  db.exec("BEGIN");
  const visitors = Array.from({ length: input.users }, (_, index): Visitor => {
    const email = `load${index}@example.com`;
    const { id: userId } = addUser.get(email, input.template.email) as { id: number };
    const teamId = addTeam(db, userId);
    const account = sim.ledger.addAccount({ creditsNanos: 10n ** 12n });
    const manager = store(teamId, sim.ledger.addManagementKey(account.id, { name: "manager" }), null);
    const keyIds = Array.from({ length: KEYS_OF_A_USER }, (_, number) => {
      const key = sim.ledger.addKey(account.id, { name: `key ${number}` });
      for (let day = 0; day < RECENT_DAYS; day += 1)
        for (const model of names)
          sim.ledger.spendOnDay(dayBefore(day), key, model, {
            costNanos: BigInt(1_000_003 + 17 * number),
            requests: 1 + number,
            promptTokens: 1000,
            completionTokens: 100,
          });
      return store(teamId, key, manager);
    });
    const apiToken = createTokenSecret();
    addToken.run(teamId, userId, hashToken(apiToken));
    const address = `10.1.${Math.floor(index / 250)}.${1 + (index % 250)}`;
    return { email, password: input.template.password, apiToken, address, keyIds, models: names };
  });
  const { changes } = db
    .prepare(
      `WITH RECURSIVE day(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM day WHERE n < ${DAYS - 1}),
         dates(n, date) AS MATERIALIZED (SELECT n, date(:today, '-' || (${DAYS - 1} - n) || ' days') FROM day)
       INSERT INTO usage_stats (api_key_id, date, model, requests_count, tokens_input, tokens_output, cost, byok_cost, created_at)
       SELECT k.id, d.date, m.value, 1 + (k.id * 7 + d.n * 13 + m.key * 31) % 300, 1000 + (k.id * 17 + d.n * 7919) % 400000,
         (d.n * 104729 + m.key) % 80000, 1 + (k.id * 7919 + d.n * 104729 + m.key * 1299709) % 900000000, 0, :now
       FROM api_keys k CROSS JOIN dates d CROSS JOIN json_each(:models) m WHERE k.kind = 'inference' ORDER BY k.id, d.n`,
    )
    .run({ today, now, models: JSON.stringify(names) });
  db.exec(`
    INSERT INTO usage_days (api_key_id, date, cost, byok_cost, requests, tokens_input, tokens_output, counted_cost, rows, attributed, exact)
      SELECT api_key_id, date, sum(cost), sum(byok_cost), sum(requests_count), sum(tokens_input), sum(tokens_output), sum(cost), count(*), 1, 1
      FROM usage_stats GROUP BY api_key_id, date;
    INSERT INTO job_runs (job, started_at, finished_at, outcome) VALUES ('sync', '2020-01-01T00:00:00.000+00:00', '2020-01-01T00:00:01.000+00:00', 'ok');`);
  fillRollUps(db);
  db.exec("COMMIT");
  db.pragma("wal_checkpoint(TRUNCATE)");
  db.close();
  return { visitors, rows: changes, keys };
}

export const randomSecret = (): string => randomBytes(24).toString("base64url");
