import fs from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { dumpDatabase, FIXTURES, listWithoutFixture, loadFixture } from "@orwatch/db/fixture";
import { migrateDatabase } from "@orwatch/db/migrate";
import { readTotals } from "@orwatch/db/restore";
import { message } from "@orwatch/messages/message";
import { parseStoredMessage } from "@orwatch/messages/parse";
import { parseConfig } from "@orwatch/server/config";
import { MIGRATIONS_FOLDER, SCHEMA_FILE } from "@orwatch/server/platform/installation";
import { createLog } from "@orwatch/server/platform/log";
import { startServer } from "@orwatch/server/start";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { listDefects } from "../support/checks/integrity.ts";
import { callerOf, PASSWORD, request } from "../support/server/harness.ts";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), "orwatch-upgrade-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const VERSIONS = fs
  .readdirSync(FIXTURES)
  .filter((name) => name.endsWith(".sql"))
  .map((name) => name.slice(0, -4))
  .sort();

/** Every row of every table except the migration history, as text: what an upgrade must keep. */
function rowsOf(file: string): Record<string, unknown[]> {
  const db = new Database(file, { readonly: true });
  try {
    const tables = db
      .prepare(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> '_prisma_migrations'",
      )
      .pluck()
      .all() as string[];
    return Object.fromEntries(
      tables.map((name) => [name, db.prepare(`SELECT * FROM "${name}" ORDER BY 1, 2`).safeIntegers(true).all()]),
    );
  } finally {
    db.close();
  }
}

const totalsOf = (file: string) => {
  const db = new Database(file, { readonly: true });
  try {
    expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
    return { totals: readTotals(db), defects: listDefects(db) };
  } finally {
    db.close();
  }
};

const start = (file: string) =>
  startServer(
    parseConfig({
      DATABASE_URL: `file:${file}`,
      BACKUP_DIR: path.join(folder, "backups"),
      ENCRYPTION_KEY: "a-key-for-tests-of-more-than-32-characters",
      OPENROUTER_API_URL: "http://127.0.0.1:9",
      PORT: "0",
    }),
    { log: createLog({ level: "debug", write: () => {} }), withJobs: false },
  );

test("every version of the schema has a fixture", () => {
  expect(listWithoutFixture(MIGRATIONS_FOLDER)).toEqual([]);
  expect(VERSIONS.length).toBe(fs.readdirSync(MIGRATIONS_FOLDER).length - 1);
});

test("a fixture contains its whole database", () => {
  const version = VERSIONS.at(-1) as string;
  const file = path.join(folder, "app.db");
  loadFixture(version, file);
  expect(dumpDatabase(file)).toBe(fs.readFileSync(path.join(FIXTURES, `${version}.sql`), "utf8"));
});

test.each(VERSIONS)("a database of %s is migrated and its owner sees the same data", async (version) => {
  const file = path.join(folder, "app.db");
  loadFixture(version, file);
  const before = { ...totalsOf(file), rows: rowsOf(file) };
  // Since then one that a management key listed is among them.
  const discovered = version >= "20261130063000" ? [{ name: "evals", last_sync_error: null }] : [];
  expect(before.totals).toMatchObject({
    users: 2,
    keys: 3 + discovered.length,
    usageRows: 5,
    costNanos: 9_007_208_103_086_714n,
  });
  expect(before.defects).toEqual([]);
  const server = await start(file);
  try {
    expect(totalsOf(file)).toEqual({ totals: before.totals, defects: [] });
    const after = rowsOf(file);
    for (const [table, rows] of Object.entries(before.rows))
      for (const [index, row] of rows.entries())
        expect(after[RENAMED[table] ?? table]?.[index], `${table} ${index}`).toMatchObject(
          comparable(table, row as Record<string, unknown>),
        );
    const [shared] = before.rows.share_links ? ((after.share_links ?? []) as { scope: string }[]) : [];
    if (shared)
      expect(JSON.parse(shared.scope)).toEqual({
        kind: "dashboard",
        days: 30,
        api_key_ids: null,
        shows_key_names: false,
      });
    const login = await request(`${server.url}/api/auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email: "ada@example.com", password: PASSWORD }),
    });
    expect(login.status).toBe(200);
    const ada = callerOf(() => server.url, login.body.access_token);
    const range = "start_date=2026-01-01&end_date=2026-03-10";
    expect((await ada.get(`/api/stats/dashboard?${range}`)).body.summary).toMatchObject({
      total_cost: "9007201.103086713",
      total_requests: 130,
    });
    expect((await ada.get(`/api/usage?${range}`)).body).toHaveLength(4);
    expect((await ada.get("/api/keys")).body.items).toMatchObject([
      ...discovered,
      { name: "production", last_sync_error: null },
      { name: "manager", last_sync_error: null },
    ]);
    expect(after.openrouter_accounts).toMatchObject([{ team_id: 1n, name: "manager", management_key_id: 1n }]);
    expect(after.api_keys).toMatchObject(
      [{ account_id: 1n }, { account_id: 1n }, { account_id: null }, {}].slice(0, 3 + discovered.length),
    );
    const token = callerOf(() => server.url, `or_api_${"fixture0".repeat(8)}`);
    expect((await token.get(`/api/v1/stats?${range}`)).body.summary.total_cost).toBe("9007201.103086713");
  } finally {
    await server.stop();
  }
  const copies = fs.existsSync(path.join(folder, "backups")) ? fs.readdirSync(path.join(folder, "backups")) : [];
  expect(copies).toHaveLength(version === VERSIONS.at(-1) ? 0 : 1);
});

/** Columns that change at every start. Sentences become messages: see stored-sentences.test.ts and stored-notifications.test.ts. */
const CHANGED = [
  "last_sync_error",
  "status_message",
  "data_version",
  "title",
  "items",
  "last_error",
  "off_reason",
  "detail",
];

/** Tables and columns that have another name since. */
const RENAMED: Record<string, string> = {
  openings: "counter_baselines",
  byok_openings: "byok_counter_baselines",
  notices: "notifications",
  stop_tokens: "unsubscribe_tokens",
  refusals: "rejections",
  first_refused_at: "first_rejected_at",
  told_in_id: "summary_id",
  notice_id: "notification_id",
  recovered_at: "resolved_at",
  rules_made_at: "default_rules_created_at",
};

/** Columns that are in another table since there are teams, or in the JSON of another column. */
const MOVED: Record<string, string[]> = {
  alert_settings: ["max_per_day", "default_rules_created_at", "rules_made_at"],
  notices: ["read_at"],
  notifications: ["read_at"],
  share_links: ["days", "keys", "shows_key_names"],
};

/** Tables whose rows belonged to a user before there were teams. */
const OF_TEAMS = [
  "api_keys",
  "openrouter_accounts",
  "usage_models",
  "api_tokens",
  "channels",
  "notices",
  "notifications",
  "alert_rules",
  "forecasts",
  "breakdown_values",
];

function comparable(table: string, row: Record<string, unknown>): Record<string, unknown> {
  const isOfUser = OF_TEAMS.includes(table) && !("team_id" in row);
  return Object.fromEntries(
    Object.entries(row)
      .filter(([column]) => !CHANGED.includes(column) && !MOVED[table]?.includes(column))
      .map(([column, value]) => [isOfUser && column === "user_id" ? "team_id" : (RENAMED[column] ?? column), value]),
  );
}

test("every user of an earlier version owns a personal team with the same ID and their settings", async () => {
  const file = path.join(folder, "app.db");
  loadFixture(BEFORE_TEAMS, file);
  const before = new Database(file);
  before.exec(`UPDATE alert_settings SET max_per_day = 7;
    UPDATE notifications SET read_at = '2026-03-10T09:00:00.000+00:00' WHERE id IN (1, 40);
    INSERT INTO notifications (id, user_id, kind, title, created_at) VALUES (50, 2, 'account', '{}', '2026-03-10T09:00:00.000+00:00');
    INSERT INTO users (id, email, password_hash, updated_at) VALUES (9, 'gone@example.com', '-', '');
    INSERT INTO api_keys (id, user_id, name, key_hash, label) VALUES (90, 9, 'gone', 'gone', '-');
    DELETE FROM users WHERE id = 9`);
  before.close();
  await migrateDatabase({ file, schemaFile: SCHEMA_FILE, migrationsFolder: MIGRATIONS_FOLDER, backupFolder: folder });
  const after = rowsOf(file);
  expect(after.teams).toMatchObject([
    { id: 1n, name: "ada@example.com", personal_user_id: 1n, data_version: 7n, max_per_day: 7n },
    { id: 2n, name: "grace@example.com", personal_user_id: 2n, data_version: 3n, max_per_day: 20n },
  ]);
  expect(after.teams?.map((team) => (team as Record<string, unknown>).default_rules_created_at)).toEqual([
    "2026-03-01T08:00:00.000+00:00",
    null,
  ]);
  expect(after.memberships).toMatchObject([
    { team_id: 1n, user_id: 1n, role: "owner" },
    { team_id: 2n, user_id: 2n, role: "owner" },
  ]);
  const at = "2026-03-10T09:00:00.000+00:00";
  expect(after.notification_reads).toEqual([1n, 40n].map((id) => ({ notification_id: id, user_id: 1n, read_at: at })));
  const recipients = (after.notifications as { id: bigint; user_id: bigint | null }[]).map((row) => [
    row.id,
    row.user_id,
  ]);
  expect(recipients).toEqual([
    [1n, null],
    [2n, null],
    [40n, null],
    [41n, null],
    [50n, 2n],
  ]);
  const db = new Database(file);
  const add = (sql: string) => db.prepare(`${sql} RETURNING id`).pluck().get();
  expect(add("INSERT INTO users (email, password_hash, updated_at) VALUES ('new@example.com', '-', '')")).toBe(10);
  expect(add("INSERT INTO teams (name, created_at) VALUES ('new', '')")).toBe(10);
  expect(add("INSERT INTO api_keys (team_id, name, key_hash, label) VALUES (10, 'new', 'new', '-')")).toBe(91);
  db.close();
});

const BEFORE_TEAMS = VERSIONS[VERSIONS.findIndex((version) => version.endsWith("_teams")) - 1] as string;

test("renamed values keep their meaning", async () => {
  const file = path.join(folder, "app.db");
  loadFixture("20261130070000_notification_messages", file);
  const before = new Database(file);
  before.exec(`
    INSERT INTO audit_events (user_id, at, kind, actor, last_at) VALUES (1, '2026', 'log_in_failed', 'stranger', '2026');
    INSERT INTO audit_events (id, user_id, at, kind, actor, detail, last_at) VALUES
      (11, 1, '', 'key_added', 'owner', '{"api_key_id":2,"name":"Shop","label":"sk-or-v1-abc…9f2"}', ''),
      (12, 1, '', 'sessions_ended', 'owner', '{"ended":3}', ''),
      (13, 1, '', 'sessions_ended', 'administrator', '{}', ''),
      (14, 1, '', 'user_switched_off', 'owner', '{"user_id":2,"email":"bea@example.com"}', ''),
      (15, 1, '', 'job_started', 'owner', '{"job":"sync"}', ''),
      (16, 1, '', 'job_started', 'owner', '{"job":"a job of another version"}', '');
    INSERT INTO job_runs (id, job, started_at, outcome, counts) VALUES
      (100, 'alerts', '2026', 'ok', '{"users":3,"told":2}'), (101, 'cleanup', '2026', 'ok', '{"notices":7}'), (102, 'sync', '2026', 'ok', '{}');
    INSERT INTO notices (id, user_id, kind, title, created_at, told_in_id) VALUES (100, 1, 'summary', '', '2026', NULL), (101, 1, 'alert', '', '2026', 100)`);
  before.close();
  const server = await start(file);
  try {
    const { reader } = server.app.db;
    const read = (sql: string) => reader.prepare(sql).pluck().all();
    expect(read("SELECT actor FROM audit_events WHERE kind = 'log_in_failed'")).toEqual(["anonymous"]);
    const messages = read("SELECT message FROM audit_events WHERE id > 10 ORDER BY id") as string[];
    expect(messages.map((text) => parseStoredMessage(text))).toEqual([
      message("event_key_added", {
        api_token: null,
        api_key_id: 2,
        name: "Shop",
        label: "sk-or-v1-abc…9f2",
      }),
      message("event_sessions_ended", { ended: 3 }),
      message("event_sessions_ended", { ended: null }),
      message("event_user_switched_off", { user_id: 2, email: "bea@example.com" }),
      message("event_job_started", { job: "sync" }),
      message("legacy_text", { text: "job started" }),
    ]);
    const counts = read("SELECT counts FROM job_runs WHERE id >= 100 ORDER BY id") as string[];
    expect(counts.map((text) => JSON.parse(text))).toEqual([
      { users: 3, notifications_sent: 2 },
      { notifications: 7 },
      {},
    ]);
    expect(read("SELECT summary_id FROM notifications WHERE id >= 100 ORDER BY id")).toEqual([null, 100]);
  } finally {
    await server.stop();
  }
});
