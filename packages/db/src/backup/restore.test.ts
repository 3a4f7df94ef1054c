import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { lockFile } from "../connections/lock.ts";
import { DatabaseError } from "../database-error.ts";
import { openDb } from "../index.ts";
import { migrateDatabase } from "../migrations/migrate.ts";
import { addMigration, makeMigrated, type Scratch } from "../test-support.ts";
import { backUpDatabase } from "./backup.ts";
import { readTotals, restoreDatabase } from "./restore.ts";

vi.setConfig({ testTimeout: 30_000 });

let scratch: Scratch;
let copy: string;
beforeEach(async () => {
  scratch = await makeMigrated();
  copy = path.join(scratch.folder, "copy.db");
});
afterEach(() => scratch.remove());

const restore = (from = copy, examine?: (db: Database.Database) => void) =>
  restoreDatabase({
    file: scratch.file,
    from,
    migrationsFolder: scratch.options.migrationsFolder,
    stamp: "20260310",
    ...(examine ? { examine } : {}),
  });

async function errorMessage(from = copy): Promise<string> {
  const before = fs.readFileSync(scratch.file);
  const error = await restore(from).then(
    () => null,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(DatabaseError);
  expect(fs.readFileSync(scratch.file).equals(before)).toBe(true);
  expect(fs.readdirSync(scratch.folder).filter((name) => name.includes("restoring"))).toEqual([]);
  return error.message;
}

function change(sql: string, file = scratch.file): void {
  const db = new Database(file);
  db.exec(sql);
  db.close();
}

function totalsOf(file: string) {
  const db = new Database(file, { readonly: true });
  try {
    return readTotals(db);
  } finally {
    db.close();
  }
}

const FILL = `
  INSERT INTO users (id, email, password_hash, updated_at) VALUES (1, 'ada@example.com', 'x', '2026-01-01T00:00:00.000+00:00');
  INSERT INTO teams (id, name, created_at) VALUES (1, 'ada@example.com', '2026-01-01T00:00:00.000+00:00');
  INSERT INTO api_keys (id, team_id, name, key_encrypted, key_hash, label) VALUES (1, 1, 'k', '-', 'h', 'sk');
  INSERT INTO usage_stats (api_key_id, date, model, cost) VALUES (1, '2026-01-01', 'a/b', 9007199254740993), (1, '2026-01-02', 'a/b', 5);`;

test("restores a backup to the nano-dollar and keeps the previous files", async () => {
  change(FILL);
  const then = totalsOf(scratch.file);
  expect(then).toEqual({
    users: 1,
    keys: 1,
    usageRows: 2,
    costNanos: 9_007_199_254_740_998n,
    firstDay: "2026-01-01",
    lastDay: "2026-01-02",
  });
  await backUpDatabase({ from: scratch.file, to: copy });
  change("DELETE FROM usage_stats WHERE id = 1; UPDATE users SET email = 'bob@example.com'");
  const now = totalsOf(scratch.file);
  fs.writeFileSync(`${scratch.file}.restoring.77.part`, "of a restore that was killed");
  const { totals, aside, pending } = await restore();
  expect(fs.readdirSync(scratch.folder).filter((name) => name.includes("restoring"))).toEqual([]);
  expect({ totals, pending }).toEqual({ totals: then, pending: [] });
  expect(totalsOf(scratch.file)).toEqual(then);
  expect(aside).toBe(`${scratch.file}.before-restore-20260310`);
  expect(totalsOf(aside as string)).toEqual(now);
  for (const file of [scratch.file, aside as string]) expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  expect(await migrateDatabase(scratch.options)).toEqual({ applied: [], backup: null });
  const db = await openDb(scratch.file);
  expect(await db.prisma.user.findMany()).toMatchObject([{ email: "ada@example.com" }]);
  await db.close();
});

test("keeps both previous files when restoring twice within a second", async () => {
  await backUpDatabase({ from: scratch.file, to: copy });
  change(FILL);
  const [first, second] = [(await restore()).aside, (await restore()).aside] as [string, string];
  expect(second).toBe(`${first}-2`);
  expect([first, second, scratch.file].map((file) => totalsOf(file).users)).toEqual([1, 0, 0]);
});

test("does not apply a log left by a crash to the restored file", async () => {
  await backUpDatabase({ from: scratch.file, to: copy });
  const crashed = new Database(scratch.file);
  crashed.exec(FILL);
  const log = fs.readFileSync(`${scratch.file}-wal`);
  crashed.close();
  fs.writeFileSync(`${scratch.file}-wal`, log);
  expect(totalsOf(scratch.file).users).toBe(1);
  await restore();
  expect(fs.existsSync(`${scratch.file}-wal`)).toBe(false);
  expect(totalsOf(scratch.file).users).toBe(0);
});

test("replaces a damaged database and keeps it with its log", async () => {
  await backUpDatabase({ from: scratch.file, to: copy });
  fs.writeFileSync(scratch.file, "not a database any more".repeat(1000));
  fs.writeFileSync(`${scratch.file}-wal`, "its log");
  const { aside } = await restore();
  expect(totalsOf(scratch.file).users).toBe(0);
  expect(fs.readFileSync(aside as string, "utf8")).toMatch(/^not a database/);
  expect(fs.readFileSync(`${aside}-wal`, "utf8")).toBe("its log");
});

test("works without an existing database", async () => {
  await backUpDatabase({ from: scratch.file, to: copy });
  fs.rmSync(scratch.file);
  expect((await restore()).aside).toBeNull();
  expect(totalsOf(scratch.file).users).toBe(0);
});

test("fails while a server or another program uses the file", async () => {
  await backUpDatabase({ from: scratch.file, to: copy });
  const server = lockFile(scratch.file);
  expect(await errorMessage()).toMatch(/in use by another orwatch\. Stop it first/);
  server.release();
  const command = await openDb(scratch.file);
  expect(await errorMessage()).toMatch(/locked by another program/);
  await command.close();
  await restore();
});

test("rejects anything but an intact backup of orwatch and changes nothing", async () => {
  expect(await errorMessage(path.join(scratch.folder, "none.db"))).toMatch(/There is no file/);
  expect(await errorMessage(scratch.file)).toMatch(/is the database itself/);
  expect(await errorMessage(scratch.folder)).toBe(`${scratch.folder} is a folder. Name a file in it.`);
  change("CREATE TABLE theirs (id INTEGER)", copy);
  expect(await errorMessage()).toMatch(/is not a database of orwatch/);
  fs.rmSync(copy);
  fs.copyFileSync(scratch.file, copy);
  change(
    "PRAGMA foreign_keys = OFF; INSERT INTO api_tokens (team_id, user_id, token_hash, name) VALUES (99, 99, 'h', 'n')",
    copy,
  );
  expect(await errorMessage()).toMatch(/is damaged: a row of api_tokens points to nothing in (memberships|teams)/);
  change("DELETE FROM api_tokens; UPDATE _prisma_migrations SET finished_at = NULL", copy);
  expect(await errorMessage()).toMatch(/during a migration/);
  change("UPDATE _prisma_migrations SET finished_at = 1, migration_name = '29990101000000_future'", copy);
  expect(await errorMessage()).toMatch(/written by a newer orwatch \(it has 29990101000000_future\)/);
  fs.writeFileSync(copy, "a letter".repeat(1000));
  expect(await errorMessage()).toBe(`${copy} is not an SQLite database.`);
});

test.each([
  ["trigger", "CREATE TRIGGER on_login AFTER UPDATE ON users BEGIN DELETE FROM api_keys; END", "trigger on_login"],
  ["table", "CREATE TABLE theirs (id INTEGER)", "table theirs"],
  ["view", "CREATE VIEW spend AS SELECT sum(cost) FROM usage_stats", "view spend"],
  ["index", "CREATE INDEX mine ON users (updated_at)", "index mine"],
  ["virtual table", "CREATE VIRTUAL TABLE search USING fts5(text)", "table search"],
  ["column", "ALTER TABLE users ADD COLUMN nickname TEXT", "table users"],
  ["missing index", "DROP INDEX sessions_expires_at_idx", "index sessions_expires_at_idx"],
  [
    "table with another definition",
    "PRAGMA foreign_keys = OFF; DROP TABLE unsubscribe_tokens; CREATE TABLE unsubscribe_tokens (token_hash TEXT)",
    "table unsubscribe_tokens",
  ],
  ["column in the history", "ALTER TABLE _prisma_migrations ADD COLUMN x TEXT", "table _prisma_migrations"],
])("rejects a backup with a different schema: %s", async (_, sql, name) => {
  fs.copyFileSync(scratch.file, copy);
  change(sql, copy);
  const message = await errorMessage();
  expect(message).toContain("does not have the schema of orwatch");
  expect(message).toContain(name);
});

test("rejects a backup with a missing migration", async () => {
  fs.copyFileSync(scratch.file, copy);
  change("DELETE FROM _prisma_migrations WHERE migration_name = '20261122223737_alerts'", copy);
  expect(await errorMessage()).toMatch(/lacks migrations that come before/);
});

test("restores a backup with statistics of ANALYZE", async () => {
  change(FILL);
  change("ANALYZE");
  await backUpDatabase({ from: scratch.file, to: copy });
  expect((await restore()).totals.users).toBe(1);
});

test("reports pending migrations and leaves the backup readable before they run", async () => {
  await backUpDatabase({ from: scratch.file, to: copy });
  const id = addMigration(scratch, "notes", 'CREATE TABLE "notes" ("id" INTEGER NOT NULL PRIMARY KEY);');
  let seen = 0;
  const restored = await restore(copy, (db) => {
    seen = readTotals(db).users + 1;
  });
  expect(seen).toBe(1);
  expect(restored.pending).toEqual([id]);
  expect((await migrateDatabase(scratch.options)).applied).toEqual([id]);
});
