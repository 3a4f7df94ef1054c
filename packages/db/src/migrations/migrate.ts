import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { backUpDatabase, removeDatabase, requireSpace, sizeOf } from "../backup/backup.ts";
import { checkpointFile, replaceFile } from "../backup/swap.ts";
import { lockFile, realFile } from "../connections/lock.ts";
import { DatabaseError, describeOpenFailure } from "../database-error.ts";
import { makeFolder } from "../owner.ts";
import { findSchemaDifferences, nameDifferences } from "./known-schema.ts";
import { listMigrations, openEngine, type SchemaFolder } from "./schema-engine.ts";

interface MigrateOptions extends SchemaFolder {
  /** Path of the SQLite file. It is created if it does not exist. */
  file: string;
  /** Folder of the backup that is made before migrations are applied to a file with data. */
  backupFolder: string;
  /** How long to wait for another program's lock. */
  busyTimeoutMs?: number;
  /** True if the caller holds the file's lock. Otherwise it is taken while migrations are applied. */
  hasLock?: boolean;
}

interface MigrateResult {
  applied: string[];
  /** Path of the backup made first; `null` if nothing was applied or the file was new. */
  backup: string | null;
}

/** The migrations that were applied to the file, oldest first; empty if it is not a database of orwatch. */
export function readHistory(db: Database.Database): { name: string; finished: boolean }[] {
  const table = db.prepare("SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'").get();
  if (!table) return [];
  const rows = db
    .prepare(
      "SELECT migration_name, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at",
    )
    .all() as { migration_name: string; finished_at: unknown }[];
  return rows.map((row) => ({ name: row.migration_name, finished: row.finished_at !== null }));
}

/** Names of the migrations that were applied to the file; empty if there is no file yet. Leaves the file in WAL mode. */
function inspect(options: MigrateOptions & { known: string[] }): string[] {
  const { file, known, backupFolder } = options;
  if (!fs.existsSync(file) || fs.statSync(file).size === 0) return [];
  let db: Database.Database | null = null;
  try {
    // SQLite opens a file that is not writable for reading and only fails at the first write.
    fs.accessSync(file, fs.constants.W_OK);
    db = new Database(file, { timeout: options.busyTimeoutMs ?? 5000 });
    requireOwnDatabase(file, db);
    const history = readHistory(db);
    const half = history.find((migration) => !migration.finished);
    if (half)
      throw new DatabaseError(
        `Migration ${half.name} was interrupted. Restore the backup made before it: npm run restore -- FILE, with a file in ${backupFolder}.`,
      );
    const newer = history.find((migration) => !known.includes(migration.name));
    if (newer)
      throw new DatabaseError(
        `${file} was written by a newer orwatch (it has ${newer.name}); update this one, or restore the backup made before that update: npm run restore -- FILE, with a file in ${backupFolder}.`,
      );
    db.pragma("journal_mode = WAL");
    return history.map(({ name }) => name);
  } catch (error) {
    throw error instanceof DatabaseError ? error : new DatabaseError(describeOpenFailure(file, error));
  } finally {
    db?.close();
  }
}

function requireOwnDatabase(file: string, db: Database.Database): void {
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all();
  if (tables.length > 0 && !tables.includes("_prisma_migrations"))
    throw new DatabaseError(`${file} is not a database of orwatch. Set DATABASE_URL to another file.`);
}

/**
 * Migrates the file to the current schema with Prisma's engine, in this process. Migrations are applied to a copy that then replaces
 * the file in one step, so that an interrupted start leaves either the old file or the new one. With nothing to apply,
 * this only reads the history.
 * @throws DatabaseError if the file is not writable, in use, damaged or newer than this program, or if there is not enough space
 */
export async function migrateDatabase(options: MigrateOptions): Promise<MigrateResult> {
  const file = realFile(options.file);
  const known = listMigrations(options.migrationsFolder);
  const history = inspect({ ...options, file, known });
  if (history.length === known.length) return { applied: [], backup: null };
  const lock = options.hasLock ? null : lockFile(file);
  try {
    return await migrateCopy({ ...options, file, history, pending: known.slice(history.length) });
  } finally {
    lock?.release();
  }
}

async function migrateCopy(options: MigrateOptions & { history: string[]; pending: string[] }): Promise<MigrateResult> {
  const { file } = options;
  const staged = `${file}.migrating`;
  let backup: string | null = null;
  try {
    makeFolder(path.dirname(file));
    removeDatabase(staged);
    if (options.history.length > 0) {
      checkpointFile(file);
      requireKnownSchema(file, { ...options, migrations: options.history });
      backup = path.join(options.backupFolder, `before-${options.pending.at(-1)}-${Date.now()}.db`);
      requireSpace(path.dirname(file), 2 * sizeOf(file));
      await backUpDatabase({ from: file, to: backup });
      fs.copyFileSync(backup, staged, fs.constants.COPYFILE_FICLONE);
    } else createEmpty(staged);
    const applied = await apply(staged, options);
    verify(staged);
    requireKnownSchema(staged, { ...options, migrations: listMigrations(options.migrationsFolder) });
    replaceFile(staged, file);
    switchToWal(file);
    return { applied, backup };
  } catch (error) {
    removeDatabase(staged);
    if (backup !== null) keepFirstBackup(backup, options);
    throw error instanceof DatabaseError ? error : new DatabaseError(describeOpenFailure(file, error));
  }
}

/** A failed migration leaves the file unchanged, so one backup of it is enough: repeated failing starts must not fill the disk. */
function keepFirstBackup(backup: string, options: { backupFolder: string; pending: string[] }): void {
  const prefix = `before-${options.pending.at(-1)}-`;
  const backups = fs
    .readdirSync(options.backupFolder)
    .filter((name) => name.startsWith(prefix) && name.endsWith(".db"));
  if (backups.length > 1) fs.rmSync(backup, { force: true });
}

function createEmpty(file: string): void {
  fs.writeFileSync(file, "", { mode: 0o600 });
  const db = new Database(file);
  // auto_vacuum can only be set while the file is empty.
  db.pragma("auto_vacuum = INCREMENTAL");
  db.exec("VACUUM");
  db.close();
}

async function apply(staged: string, options: MigrateOptions & { pending: string[] }): Promise<string[]> {
  const engine = await openEngine({ url: `file:${staged}`, ...options });
  try {
    return await engine.apply();
  } catch (error) {
    const why = String((error as Error).message)
      .trim()
      .replace(/\s+/g, " ");
    throw new DatabaseError(
      `The database could not be migrated (${options.pending.join(", ")}): ${why} ${options.file} was not changed. Start the version of orwatch that wrote it, and report this problem.`,
    );
  } finally {
    await engine.close();
  }
}

/**
 * A trigger or view that was added to the database would run in every migration and every write.
 * @throws DatabaseError that names it
 */
function requireKnownSchema(
  file: string,
  options: { file: string; migrationsFolder: string; migrations: string[] },
): void {
  const db = new Database(file, { readonly: true });
  try {
    const differences = findSchemaDifferences(db, options);
    if (differences.length > 0)
      throw new DatabaseError(
        `${options.file} cannot be migrated, because it does not have the schema of orwatch: ${nameDifferences(differences)}. Remove what was added to it (DROP TRIGGER, VIEW, INDEX or TABLE), or restore an earlier backup: npm run restore -- FILE`,
      );
  } finally {
    db.close();
  }
}

function verify(staged: string): void {
  const db = new Database(staged);
  try {
    db.pragma("journal_mode = DELETE");
    const found = db.pragma("quick_check(1)", { simple: true });
    const [orphan] = db.pragma("foreign_key_check") as { table: string }[];
    if (found !== "ok" || orphan)
      throw new DatabaseError(
        `The migrated copy is not valid (${orphan ? `a row of ${orphan.table} points to nothing` : found}), so it was not used. Report this problem.`,
      );
  } finally {
    db.close();
  }
}

function switchToWal(file: string): void {
  const db = new Database(file);
  db.pragma("journal_mode = WAL");
  db.close();
}
