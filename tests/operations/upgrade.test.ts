import fs from "node:fs";
import path from "node:path";
import { dumpDatabase, FIXTURES, listWithoutFixture, loadFixture } from "@orwatch/db/fixture";
import { readTotals } from "@orwatch/db/restore";
import { message } from "@orwatch/messages/message";
import { parseStoredMessage } from "@orwatch/messages/parse";
import { parseConfig } from "@orwatch/server/config";
import { MIGRATIONS_FOLDER } from "@orwatch/server/platform/installation";
import { createLog } from "@orwatch/server/platform/log";
import { startServer } from "@orwatch/server/start";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { listDefects } from "../support/checks/integrity.ts";
import { callerOf, PASSWORD, request } from "../support/server/harness.ts";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(process.env.TMPDIR ?? "/tmp", "orwatch-upgrade-"));
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
          comparable(row as Record<string, unknown>),
        );
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
    expect(after.openrouter_accounts).toMatchObject([{ user_id: 1n, name: "manager", management_key_id: 1n }]);
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

const comparable = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([column]) => !CHANGED.includes(column))
      .map(([column, value]) => [RENAMED[column] ?? column, value]),
  );

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
      message("event_key_added", { api_key_id: 2, name: "Shop", label: "sk-or-v1-abc…9f2" }),
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
