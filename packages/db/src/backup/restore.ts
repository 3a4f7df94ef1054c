import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { lockFile, realFile } from "../connections/lock.ts";
import { DatabaseError, describeOpenFailure } from "../database-error.ts";
import { findSchemaDifferences, nameDifferences } from "../migrations/known-schema.ts";
import { readHistory } from "../migrations/migrate.ts";
import { listMigrations } from "../migrations/schema-engine.ts";
import { backUpDatabase, removeDatabase } from "./backup.ts";
import { checkpointFile, replaceFile } from "./swap.ts";

/** Totals of a database, to check what was restored. */
interface Totals {
  users: number;
  keys: number;
  usageRows: number;
  costNanos: bigint;
  firstDay: string | null;
  lastDay: string | null;
}

interface Restored {
  totals: Totals;
  /** Where the previous database file is now; `null` if there was none. */
  aside: string | null;
  /** Migrations that the next start will apply. */
  pending: string[];
}

/** Totals of a database of any schema version. */
export function readTotals(db: Database.Database): Totals {
  const count = (rows: string) => Number(db.prepare(`SELECT count(*) FROM ${rows}`).pluck().get());
  const usage = db
    .prepare("SELECT coalesce(sum(cost), 0) AS cost, min(date) AS first, max(date) AS last FROM usage_stats")
    .safeIntegers(true)
    .get() as { cost: bigint; first: string | null; last: string | null };
  return {
    users: count("users"),
    // Usage that belongs to no key is stored under rows of this kind.
    keys: count("api_keys WHERE kind IS NOT 'residual'"),
    usageRows: count("usage_stats"),
    costNanos: usage.cost,
    firstDay: usage.first,
    lastDay: usage.last,
  };
}

/**
 * Replaces the database with a backup: copies it beside the database, checks it, and renames it in one step. The previous file is kept
 * under another name, with its write-ahead log if that cannot be checkpointed. If interrupted, there is either the old file or the new one.
 * @param options.examine is called with the checked database before it is used
 * @throws DatabaseError if a server uses the file, or `from` is damaged, of a newer version, or has a different schema than its
 * migrations create: an added trigger would run on every write
 */
export async function restoreDatabase(options: {
  file: string;
  from: string;
  migrationsFolder: string;
  stamp: string;
  examine?: (copy: Database.Database) => void;
}): Promise<Restored> {
  const [file, from] = [realFile(options.file), realFile(options.from)];
  if (!fs.existsSync(from)) throw new DatabaseError(`There is no file ${options.from}.`);
  if (fs.statSync(from).isDirectory()) throw new DatabaseError(`${options.from} is a folder. Name a file in it.`);
  if (from === file) throw new DatabaseError(`${options.from} is the database itself. Name a backup of it.`);
  const lock = lockFile(file);
  const staged = `${file}.restoring`;
  try {
    removeLeftOver(staged);
    await backUpDatabase({ from, to: staged });
    const checked = checkCopy(staged, options);
    const aside = fs.existsSync(file) ? setAside(file, freeName(`${file}.before-restore-${options.stamp}`)) : null;
    for (const suffix of ["-wal", "-shm", "-journal"]) fs.rmSync(file + suffix, { force: true });
    replaceFile(staged, file);
    return { ...checked, aside };
  } finally {
    removeDatabase(staged);
    lock.release();
  }
}

/** Removes files of a restore that was killed. No other restore can be running while we hold the lock. */
function removeLeftOver(staged: string): void {
  const folder = path.dirname(staged);
  for (const name of fs.readdirSync(folder))
    if (name.startsWith(path.basename(staged))) fs.rmSync(path.join(folder, name), { force: true });
}

function checkCopy(
  staged: string,
  options: { from: string; migrationsFolder: string; examine?: (copy: Database.Database) => void },
): { totals: Totals; pending: string[] } {
  const db = new Database(staged);
  try {
    const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all();
    const isOurs = ["_prisma_migrations", "users", "api_keys", "usage_stats"].every((name) => tables.includes(name));
    if (!isOurs) throw new DatabaseError(`${options.from} is not a database of orwatch.`);
    const known = listMigrations(options.migrationsFolder);
    const history = readHistory(db);
    if (history.some(({ finished }) => !finished))
      throw new DatabaseError(`${options.from} was made during a migration. Use an earlier backup.`);
    const newer = history.find(({ name }) => !known.includes(name));
    if (newer)
      throw new DatabaseError(
        `${options.from} was written by a newer orwatch (it has ${newer.name}); update this one first.`,
      );
    const migrations = known.slice(0, history.length);
    if (history.some(({ name }) => !migrations.includes(name)))
      throw new DatabaseError(`${options.from} lacks migrations that come before those it has. Use another backup.`);
    const differences = findSchemaDifferences(db, { ...options, migrations });
    if (differences.length > 0)
      throw new DatabaseError(
        `${options.from} does not have the schema of orwatch: ${nameDifferences(differences)}. Something else has changed it. Use another backup.`,
      );
    options.examine?.(db);
    return { totals: readTotals(db), pending: known.slice(history.length) };
  } finally {
    db.close();
  }
}

/** The name, with a number appended if it is taken by an earlier restore. */
function freeName(name: string): string {
  let free = name;
  for (let n = 2; fs.existsSync(free); n += 1) free = `${name}-${n}`;
  return free;
}

/** Gives the file a second name (hard link), so that it always has one. Its log is checkpointed; the log of a damaged file is kept with it. */
function setAside(file: string, aside: string): string {
  const [log, logAside] = [`${file}-wal`, `${aside}-wal`];
  // SQLite deletes a log that it cannot read.
  if (fs.existsSync(log)) fs.copyFileSync(log, logAside, fs.constants.COPYFILE_FICLONE);
  try {
    checkpointFile(file);
    fs.rmSync(logAside, { force: true });
  } catch (error) {
    if (String((error as { code?: string }).code).startsWith("SQLITE_BUSY")) {
      fs.rmSync(logAside, { force: true });
      throw new DatabaseError(describeOpenFailure(file, error));
    }
  }
  try {
    fs.linkSync(file, aside);
  } catch {
    // A file system without hard links.
    fs.copyFileSync(file, aside, fs.constants.COPYFILE_EXCL);
  }
  fs.chmodSync(path.resolve(aside), 0o600);
  return aside;
}
