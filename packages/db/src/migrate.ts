import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { listMigrations, openEngine, type SchemaFolder } from "./schema-engine.ts";

/** A reason not to open the database, in words for whoever started the server. */
export class DatabaseRefused extends Error {
  override name = "DatabaseRefused";
}

export interface MigrateOptions extends SchemaFolder {
  /** Path of the SQLite file; it is made when absent. */
  file: string;
  /** Where the copy goes that is made before anything is applied to a file with data. */
  backupFolder: string;
}

export interface MigrateResult {
  applied: string[];
  /** Path of the copy made first; `null` when nothing was applied or the file was new. */
  backup: string | null;
}

function readHistory(db: Database.Database): { name: string; finished: boolean }[] {
  const table = db.prepare("SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'").get();
  if (!table) return [];
  const rows = db
    .prepare(
      "SELECT migration_name, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at",
    )
    .all() as { migration_name: string; finished_at: unknown }[];
  return rows.map((row) => ({ name: row.migration_name, finished: row.finished_at !== null }));
}

/** Opens the file for writing, as a new SQLite file of ours where there is none. */
function openFile(file: string): Database.Database {
  let db: Database.Database | null = null;
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const isNew = !fs.existsSync(file) || fs.statSync(file).size === 0;
    db = new Database(file);
    db.pragma("busy_timeout = 5000");
    if (!isNew) refuseForeign(file, db);
    // auto_vacuum can only be chosen while the file is empty.
    if (isNew) db.pragma("auto_vacuum = INCREMENTAL");
    db.pragma("journal_mode = WAL");
    if (isNew) fs.chmodSync(file, 0o600);
    return db;
  } catch (error) {
    db?.close();
    throw error instanceof DatabaseRefused ? error : new DatabaseRefused(describeOpenFailure(file, error));
  }
}

function refuseForeign(file: string, db: Database.Database): void {
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all();
  if (tables.length > 0 && !tables.includes("_prisma_migrations"))
    throw new DatabaseRefused(`${file} is not a database of orwatch; set DATABASE_URL to another file.`);
}

function describeOpenFailure(file: string, error: unknown): string {
  const code = (error as { code?: string }).code ?? "";
  if (fs.existsSync(file) && fs.statSync(file).isDirectory())
    return `${file} is a folder; set DATABASE_URL to a file in it.`;
  if (code === "SQLITE_NOTADB")
    return `${file} is not an SQLite database; move it away or set DATABASE_URL to another file.`;
  if (code === "SQLITE_CORRUPT") return `${file} is damaged; restore the newest file of the backup folder.`;
  if (/EACCES|EROFS|EPERM|SQLITE_CANTOPEN|SQLITE_READONLY|ENOTDIR|EEXIST/.test(code))
    return `${path.dirname(file)} cannot be written to; give the server's user the right to, or set DATABASE_URL to another folder.`;
  if (code.startsWith("SQLITE_BUSY")) return `${file} is locked by another program; stop that one first.`;
  return `${file} cannot be opened: ${(error as Error).message}`;
}

/**
 * Brings the file to the schema with Prisma's own engine, in this process; copies it aside first when there is data in it.
 * With nothing to apply it only reads the history and returns.
 * @throws DatabaseRefused when the file cannot be written, is newer than this program, or holds a half-applied migration
 */
export async function migrateDatabase(options: MigrateOptions): Promise<MigrateResult> {
  const known = listMigrations(options.migrationsFolder);
  const db = openFile(options.file);
  let backup: string | null = null;
  try {
    const history = readHistory(db);
    const half = history.find((migration) => !migration.finished);
    if (half)
      throw new DatabaseRefused(
        `Migration ${half.name} was cut off. Restore the copy made before it from ${options.backupFolder}, then start again.`,
      );
    const newer = history.find((migration) => !known.includes(migration.name));
    if (newer)
      throw new DatabaseRefused(
        `${options.file} was written by a newer orwatch (it has ${newer.name}); update this one.`,
      );
    if (history.length === known.length) return { applied: [], backup: null };
    if (history.length > 0) {
      fs.mkdirSync(options.backupFolder, { recursive: true });
      backup = path.join(options.backupFolder, `before-${known.at(-1)}-${Date.now()}.db`);
      await db.backup(`${backup}.part`);
      fs.chmodSync(`${backup}.part`, 0o600);
      fs.renameSync(`${backup}.part`, backup);
    }
  } finally {
    db.close();
  }
  const engine = await openEngine({ url: `file:${options.file}`, ...options });
  try {
    return { applied: await engine.apply(), backup };
  } catch (error) {
    throw new DatabaseRefused(describeApplyFailure(error, backup));
  } finally {
    await engine.close();
  }
}

function describeApplyFailure(error: unknown, backup: string | null): string {
  const why = String((error as Error).message)
    .trim()
    .replace(/\s+/g, " ");
  const next =
    backup === null
      ? "Delete the new file, then report this."
      : `What was there before is in ${backup}: put that back, and report this.`;
  return `The database could not be migrated: ${why} ${next}`;
}
