import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { loadFixture } from "@orwatch/db/fixture";
import { migrateDatabase } from "@orwatch/db/migrate";
import { type AnyMessage, message } from "@orwatch/messages/message";
import { parseStoredMessage } from "@orwatch/messages/parse";
import { MIGRATIONS_FOLDER, SCHEMA_FILE } from "@orwatch/server/platform/installation";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";

/** The last version that stored sentences. */
const LAST_WITH_SENTENCES = "20261130025121_pending_syncs";
const legacy = (text: string) => message("legacy_text", { text });

const SYNC_ERRORS: [string, AnyMessage][] = [
  ["OpenRouter cannot be reached.", message("openrouter_unreachable", {})],
  ["OpenRouter has a fault of its own (status 502).", message("openrouter_server_error", { status: 502 })],
  ["OpenRouter answered with status 418.", message("openrouter_unexpected_status", { status: 418 })],
  ["OpenRouter did not answer for 20 s.", message("openrouter_no_response", { seconds: 20 })],
  [
    "OpenRouter cannot be reached: the proxy answered with status 407; check HTTPS_PROXY and HTTP_PROXY.",
    message("openrouter_proxy_status", { status: 407 }),
  ],
  [
    "A web page came instead of an answer of OpenRouter's API (status 200); the administrator of this server should check OPENROUTER_API_URL.",
    message("openrouter_web_page", { status: 200 }),
  ],
  [
    "OpenRouter left credits_usage, model out of its usage data.",
    message("openrouter_fields_missing", { fields: ["credits_usage", "model"] }),
  ],
  [
    "OpenRouter answered for 2026-02-01 when asked for 2026-03-01 to 2026-03-10; nothing was changed.",
    message("openrouter_wrong_range", { answered: "2026-02-01", from: "2026-03-01", through: "2026-03-10" }),
  ],
  [
    "OpenRouter's usage data for 2026-03-09 is larger than a key can use in a day.",
    message("openrouter_usage_too_large", { day: "2026-03-09" }),
  ],
  [
    "OpenRouter's totals and models disagree for 2026-03-08, 2026-03-09; those days keep what they had.",
    message("openrouter_totals_disagree", { days: ["2026-03-08", "2026-03-09"], more: 0 }),
  ],
  [
    "OpenRouter's answer is dated 1 day back; no usage was taken from it.",
    message("openrouter_wrong_date", { amount: 1, unit: "day", direction: "behind" }),
  ],
  [
    "OpenRouter's answer is dated 12 hours ahead; no usage was taken from it.",
    message("openrouter_wrong_date", { amount: 12, unit: "hour", direction: "ahead" }),
  ],
  [
    "Credits: OpenRouter took too long.",
    message("credits_unavailable", { cause: message("openrouter_request_timeout", {}) }),
  ],
  ["Credits: something else.", message("credits_unavailable", { cause: legacy("something else.") })],
  [
    "This key cannot be decrypted: ENCRYPTION_KEY is not the one it was stored under. Have that set again, or add the key once more: its history stays.",
    message("key_undecryptable", {}),
  ],
  // Amounts were rounded, and three days may stand for more.
  ...[
    "OpenRouter now reports $1.00 less than before for 2026-03-08. What was stored stays until OpenRouter confirms it.",
    "OpenRouter's totals and models disagree for 2026-03-07, 2026-03-08, 2026-03-09; those days keep what they had.",
    "OpenRouter has a fault of its own (status abc).",
    "OpenRouter cannot be reached. OpenRouter took too long.",
    "{}",
    "it's “quoted”; --",
  ].map((text): [string, AnyMessage] => [text, legacy(text)]),
];

const STATUSES: [string, AnyMessage][] = [
  [
    "OpenRouter refused it at 2026-03-10 12:00 UTC. If it does so again, it counts as invalid.",
    message("key_rejected_once", { at: "2026-03-10T12:00:00.000Z" }),
  ],
  [
    "OpenRouter refuses it since 2026-03-10 12:00 UTC: it was deleted there.",
    message("key_rejected_since", { since: "2026-03-10T12:00:00.000Z", cause: "deleted" }),
  ],
  [
    "OpenRouter refuses it since 2026-03-10 12:00 UTC: it was deleted, disabled or has expired.",
    message("key_rejected_since", { since: "2026-03-10T12:00:00.000Z", cause: "unknown" }),
  ],
  ["Sees 1 key of its account; 1 watched here.", message("account_keys_watched", { keys: 1, watched: 1 })],
  ["Sees 241 keys of its account; 12 watched here.", message("account_keys_watched", { keys: 241, watched: 12 })],
  [
    "Not checked yet: OpenRouter has a fault of its own (status 503). The next sync tries again.",
    message("key_not_checked", { cause: message("openrouter_server_error", { status: 503 }) }),
  ],
  [
    "Not checked yet: OpenRouter said so. The next sync tries again.",
    message("key_not_checked", { cause: legacy("OpenRouter said so.") }),
  ],
];

const JOB_ERRORS: [string, AnyMessage][] = [
  ["The server stopped while it ran; the next run takes over.", message("job_interrupted", {})],
  ["The server stopped while it ran; the next start makes it up.", message("job_interrupted", {})],
  ["It broke; the server's log says why. The next run tries again.", message("job_failed", {})],
  [
    "The server's disk is full, so nothing was changed. Reading goes on; who runs the server has to make room.",
    message("disk_full", {}),
  ],
  [
    "BACKUP_DIR cannot be written to; give the server's user the right to, or choose another folder.",
    message("backup_folder_not_writable", { folder: "BACKUP_DIR" }),
  ],
  ...["The disk of BACKUP_DIR has 1.5 MB free and a copy of the database needs 2.1 MB; make room, then try again."].map(
    (text): [string, AnyMessage] => [text, legacy(text)],
  ),
];

let folder: string;
let db: Database.Database;
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "orwatch-sentences-"));
  const file = path.join(folder, "app.db");
  loadFixture(LAST_WITH_SENTENCES, file);
  const before = new Database(file);
  const addKey = before.prepare(
    "INSERT INTO api_keys (user_id, name, key_encrypted, key_hash, label, last_sync_error, status_message) VALUES (2, 'x', '-', ?, '-', ?, ?)",
  );
  for (const [text] of SYNC_ERRORS) addKey.run(`sync ${text}`, text, null);
  for (const [text] of STATUSES) addKey.run(`status ${text}`, null, text);
  const addRun = before.prepare(
    "INSERT INTO job_runs (job, started_at, outcome, counts, error) VALUES (?, '2026-03-10T01:00:00.000+00:00', 'failed', '{}', ?)",
  );
  for (const [text] of JOB_ERRORS) addRun.run(text, text);
  before.close();
  await migrateDatabase({
    file,
    schemaFile: SCHEMA_FILE,
    migrationsFolder: MIGRATIONS_FOLDER,
    backupFolder: path.join(folder, "backups"),
  });
  db = new Database(file, { readonly: true });
});
afterAll(() => {
  db.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const read = (sql: string, of: string) => db.prepare(sql).pluck().get(of) as string;

test.each(SYNC_ERRORS)("the migration converts the sync error: %s", (text, expected) => {
  const stored = read("SELECT last_sync_error FROM api_keys WHERE key_hash = ?", `sync ${text}`);
  expect(parseStoredMessage(stored)).toEqual(expected);
  expect(JSON.parse(stored).code).toBe(expected.code);
});

test.each(STATUSES)("the migration converts the key status: %s", (text, expected) => {
  const stored = read("SELECT status_message FROM api_keys WHERE key_hash = ?", `status ${text}`);
  expect(parseStoredMessage(stored)).toEqual(expected);
});

test.each(JOB_ERRORS)("the migration converts the job error: %s", (text, expected) => {
  expect(parseStoredMessage(read("SELECT error FROM job_runs WHERE job = ?", text))).toEqual(expected);
});

test("the migration leaves no other sentences", () => {
  expect(db.prepare("SELECT count(*) FROM sqlite_master WHERE name LIKE 'old_%'").pluck().get()).toBe(0);
});
