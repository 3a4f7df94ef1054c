import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DatabaseError } from "../database-error.ts";
import { addMigration, makeMigrated, makeScratch, type Scratch } from "../test-support.ts";
import { migrateDatabase } from "./migrate.ts";
import { listMigrations } from "./schema-engine.ts";

vi.setConfig({ testTimeout: 30_000 });

let scratch: Scratch;
beforeEach(() => {
  scratch = makeScratch();
});
afterEach(() => scratch.remove());

/** A copy of a migrated file: migrating one takes half a second. */
async function useMigrated(): Promise<void> {
  scratch.remove();
  scratch = await makeMigrated();
}

const INSERT_USER =
  "INSERT INTO users (email, password_hash, updated_at) VALUES ('ada@example.com', 'x', '2026-01-01T00:00:00.000+00:00')";

function run<T>(file: string, work: (db: Database.Database) => T): T {
  const db = new Database(file);
  try {
    return work(db);
  } finally {
    db.close();
  }
}

const tablesOf = (file: string) =>
  run(file, (db) => db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all());

async function errorMessage(options: Parameters<typeof migrateDatabase>[0] = scratch.options): Promise<string> {
  const error = await migrateDatabase(options).then(
    () => null,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(DatabaseError);
  return (error as Error).message;
}

test("creates a new file with every table, WAL, incremental vacuum and private permissions", async () => {
  const file = path.join(scratch.folder, "deep", "er", "app.db");
  const result = await migrateDatabase({ ...scratch.options, file });
  expect(result).toEqual({ applied: listMigrations(scratch.options.migrationsFolder), backup: null });
  expect(tablesOf(file)).toEqual(
    expect.arrayContaining([
      "users",
      "sessions",
      "api_keys",
      "usage_stats",
      "usage_days",
      "usage_models",
      "counter_baselines",
    ]),
  );
  run(file, (db) => {
    expect(db.pragma("journal_mode", { simple: true })).toBe("wal");
    expect(db.pragma("auto_vacuum", { simple: true })).toBe(2);
  });
  expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  expect(fs.existsSync(scratch.options.backupFolder)).toBe(false);
});

test("leaves an up-to-date file alone without loading the schema engine", async () => {
  await useMigrated();
  const result = await migrateDatabase({ ...scratch.options, schemaFile: "/there/is/no/such/schema.prisma" });
  expect(result).toEqual({ applied: [], backup: null });
});

test("backs up a file with data before migrating it", async () => {
  await useMigrated();
  run(scratch.file, (db) => db.exec(INSERT_USER));
  const id = addMigration(scratch, "notes", 'CREATE TABLE "notes" ("id" INTEGER NOT NULL PRIMARY KEY);');
  const { applied, backup } = await migrateDatabase(scratch.options);
  expect(applied).toEqual([id]);
  expect(path.dirname(backup as string)).toBe(scratch.options.backupFolder);
  expect(fs.statSync(backup as string).mode & 0o777).toBe(0o600);
  expect(tablesOf(backup as string)).not.toContain("notes");
  expect(run(backup as string, (db) => db.prepare("SELECT email FROM users").pluck().all())).toEqual([
    "ada@example.com",
  ]);
  expect(run(backup as string, (db) => db.pragma("integrity_check", { simple: true }))).toBe("ok");
  expect(tablesOf(scratch.file)).toContain("notes");
  expect(run(scratch.file, (db) => db.prepare("SELECT count(*) FROM users").pluck().get())).toBe(1);
});

test("a failed migration changes nothing, keeps one backup, and every start reports the same error", async () => {
  await useMigrated();
  run(scratch.file, (db) => db.exec(INSERT_USER));
  const id = addMigration(
    scratch,
    "broken",
    'CREATE TABLE "half" ("id" INTEGER PRIMARY KEY);\nINSERT INTO no_such_table VALUES (1);',
  );
  for (let turn = 0; turn < 2; turn++) {
    const message = await errorMessage();
    expect(message).toContain(id);
    expect(message).toContain(`${scratch.file} was not changed`);
    expect(tablesOf(scratch.file)).not.toContain("half");
    expect(run(scratch.file, (db) => db.prepare("SELECT count(*) FROM users").pluck().get())).toBe(1);
  }
  expect(fs.readdirSync(scratch.options.backupFolder)).toHaveLength(1);
  fs.rmSync(path.join(scratch.options.migrationsFolder, id), { recursive: true });
  expect(await migrateDatabase(scratch.options)).toEqual({ applied: [], backup: null });
});

test("ignores leftovers of an interrupted start", async () => {
  await useMigrated();
  fs.writeFileSync(`${scratch.file}.migrating`, "half of something");
  fs.writeFileSync(`${scratch.file}.migrating-journal`, "half of something");
  const id = addMigration(scratch, "notes", 'CREATE TABLE "notes" ("id" INTEGER NOT NULL PRIMARY KEY);');
  expect((await migrateDatabase(scratch.options)).applied).toEqual([id]);
  expect(fs.readdirSync(scratch.folder).filter((name) => name.includes("migrating"))).toEqual([]);
});

test("rejects a file that an earlier version left half-migrated, with instructions", async () => {
  await useMigrated();
  run(scratch.file, (db) => db.exec("UPDATE _prisma_migrations SET finished_at = NULL"));
  expect(await errorMessage()).toMatch(/was interrupted.*npm run restore/);
});

test("discards a migration that leaves a dangling reference", async () => {
  await useMigrated();
  run(scratch.file, (db) => db.exec(INSERT_USER));
  addMigration(
    scratch,
    "orphans",
    `PRAGMA foreign_keys = OFF; INSERT INTO api_tokens (team_id, user_id, token_hash, name) VALUES (99, 99, 'h', 'n');`,
  );
  expect(await errorMessage()).toContain("a row of api_tokens points to nothing");
  expect(run(scratch.file, (db) => db.prepare("SELECT count(*) FROM api_tokens").pluck().get())).toBe(0);
});

test.each([
  ["trigger", "CREATE TRIGGER on_login AFTER UPDATE ON users BEGIN DELETE FROM api_keys; END", "trigger on_login"],
  ["view", "CREATE VIEW spend AS SELECT sum(cost) FROM usage_stats", "view spend"],
])("rejects a database with a foreign %s and changes nothing", async (_, sql, name) => {
  await useMigrated();
  run(scratch.file, (db) => db.exec(sql));
  addMigration(scratch, "notes", 'CREATE TABLE "notes" ("id" INTEGER NOT NULL PRIMARY KEY);');
  expect(await errorMessage()).toContain(name);
  expect(tablesOf(scratch.file)).not.toContain("notes");
  expect(fs.existsSync(scratch.options.backupFolder)).toBe(false);
});

test("migrates the file behind a link and keeps the link", async () => {
  await useMigrated();
  const link = path.join(scratch.folder, "link.db");
  fs.symlinkSync(scratch.file, link);
  addMigration(scratch, "notes", 'CREATE TABLE "notes" ("id" INTEGER NOT NULL PRIMARY KEY);');
  await migrateDatabase({ ...scratch.options, file: link });
  expect(fs.lstatSync(link).isSymbolicLink()).toBe(true);
  expect(tablesOf(scratch.file)).toContain("notes");
});

test("rejects a file of a newer version with instructions", async () => {
  const id = addMigration(scratch, "future", 'CREATE TABLE "future" ("id" INTEGER PRIMARY KEY);');
  await migrateDatabase(scratch.options);
  fs.rmSync(path.join(scratch.options.migrationsFolder, id), { recursive: true });
  expect(await errorMessage()).toBe(
    `${scratch.file} was written by a newer orwatch (it has ${id}); update this one, or restore the backup made before that update: npm run restore -- FILE, with a file in ${scratch.options.backupFolder}.`,
  );
});

test("names an unwritable folder", async () => {
  const blocked = path.join(scratch.folder, "blocked");
  fs.writeFileSync(blocked, "a file where a folder should be");
  const message = await errorMessage({ ...scratch.options, file: path.join(blocked, "app.db") });
  expect(message).toContain(`${blocked} is not writable`);
});

test.skipIf(process.getuid?.() === 0)("names a folder without write permission", async () => {
  const locked = path.join(scratch.folder, "locked");
  fs.mkdirSync(locked, { mode: 0o500 });
  expect(await errorMessage({ ...scratch.options, file: path.join(locked, "app.db") })).toContain(locked);
});

test("reports a folder in place of the file", async () => {
  fs.mkdirSync(scratch.file);
  expect(await errorMessage()).toBe(`${scratch.file} is a folder. Set DATABASE_URL to a file in it.`);
});

test("rejects a file that is not a database and changes nothing", async () => {
  const text = "dear diary, ".repeat(1000);
  fs.writeFileSync(scratch.file, text);
  expect(await errorMessage()).toContain("is not an SQLite database");
  expect(fs.readFileSync(scratch.file, "utf8")).toBe(text);
});

test("rejects a database of another program and changes nothing", async () => {
  run(scratch.file, (db) => db.exec("CREATE TABLE theirs (id INTEGER); INSERT INTO theirs VALUES (7)"));
  expect(await errorMessage()).toContain("is not a database of orwatch");
  expect(tablesOf(scratch.file)).toEqual(["theirs"]);
});

test("reports a database locked by another program", async () => {
  await useMigrated();
  addMigration(scratch, "notes", 'CREATE TABLE "notes" ("id" INTEGER NOT NULL PRIMARY KEY);');
  const holder = new Database(scratch.file);
  holder.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  try {
    expect(await errorMessage({ ...scratch.options, busyTimeoutMs: 100 })).toContain("is locked by another program");
  } finally {
    holder.close();
  }
});

test("users of an earlier version keep keys and sessions, and the first becomes the administrator", async () => {
  const later = listMigrations(scratch.options.migrationsFolder).slice(1);
  const aside = path.join(scratch.folder, "later");
  fs.mkdirSync(aside);
  for (const id of later) fs.renameSync(path.join(scratch.options.migrationsFolder, id), path.join(aside, id));
  await migrateDatabase(scratch.options);
  run(scratch.file, (db) => {
    db.exec(INSERT_USER);
    db.exec(INSERT_USER.replace("ada@", "bob@"));
    db.exec("INSERT INTO api_keys (user_id, name, key_encrypted, key_hash, label) VALUES (1, 'k', 'x', 'y', 'z')");
    for (const id of ["a", "b"])
      db.exec(`INSERT INTO sessions (id, user_id, expires_at) VALUES ('${id}', 2, '2026-01-02T00:00:00.000+00:00')`);
  });
  for (const id of later) fs.renameSync(path.join(aside, id), path.join(scratch.options.migrationsFolder, id));
  expect((await migrateDatabase(scratch.options)).applied).toEqual(later);
  run(scratch.file, (db) => {
    expect(db.prepare("SELECT is_admin FROM users ORDER BY id").pluck().all()).toEqual([1, 0]);
    expect(db.prepare("SELECT count(*) FROM api_keys").pluck().get()).toBe(1);
    expect(db.prepare("SELECT id, public_id FROM sessions ORDER BY id").raw().all()).toEqual([
      ["a", 1],
      ["b", 2],
    ]);
    expect(db.pragma("foreign_key_check")).toEqual([]);
  });
});
