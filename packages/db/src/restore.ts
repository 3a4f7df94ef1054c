import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { backUpDatabase, removeDatabase } from "./backup.ts";
import { DatabaseError, describeOpenFailure } from "./database-error.ts";
import { findSchemaDifferences, nameDifferences } from "./known-schema.ts";
import { lockFile, realFile } from "./lock.ts";
import { readHistory } from "./migrate.ts";
import { listMigrations } from "./schema-engine.ts";
import { checkpointFile, replaceFile } from "./swap.ts";

/** What stands in a database, to be compared by who restores it. */
export interface Totals {
  users: number;
  keys: number;
  usageRows: number;
  costNanos: bigint;
  firstDay: string | null;
  lastDay: string | null;
}

export interface Restored {
  totals: Totals;
  /** Where the file lies that was there before; `null` when there was none. */
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
    // Usage that belongs to no key is kept under rows of this kind.
    keys: count("api_keys WHERE kind IS NOT 'residual'"),
    usageRows: count("usage_stats"),
    costNanos: usage.cost,
    firstDay: usage.first,
    lastDay: usage.last,
  };
}

/**
 * Puts a copy in the place of the database: copied beside it, checked, and renamed over it in one step. What was there is kept
 * aside, with its write-ahead log where that cannot be folded in. Cut off at any moment, there is the old file or the new one.
 * @param options.examine looks into the checked copy before it is used
 * @throws DatabaseError when a server holds the file, or `from` is damaged, of a newer version, or has anything in its schema
 * that its migrations do not leave there: a trigger would act on every write from then on
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
  if (fs.statSync(from).isDirectory()) throw new DatabaseError(`${options.from} is a folder; name a file in it.`);
  if (from === file) throw new DatabaseError(`${options.from} is the database itself; name a copy of it.`);
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

/** What a restore that was killed had begun to write; nobody else can be at it while we hold the lock. */
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
      throw new DatabaseError(`${options.from} was copied in the middle of a migration; take an earlier copy.`);
    const newer = history.find(({ name }) => !known.includes(name));
    if (newer)
      throw new DatabaseError(
        `${options.from} was written by a newer orwatch (it has ${newer.name}); update this one first.`,
      );
    const migrations = known.slice(0, history.length);
    if (history.some(({ name }) => !migrations.includes(name)))
      throw new DatabaseError(`${options.from} lacks migrations that come before those it has; take another copy.`);
    const differences = findSchemaDifferences(db, { ...options, migrations });
    if (differences.length > 0)
      throw new DatabaseError(
        `${options.from} does not have the schema of orwatch: ${nameDifferences(differences)}. Something else has changed it; take another copy.`,
      );
    options.examine?.(db);
    return { totals: readTotals(db), pending: known.slice(history.length) };
  } finally {
    db.close();
  }
}

/** The name, or with a number behind it when another restore has it already. */
function freeName(name: string): string {
  let free = name;
  for (let n = 2; fs.existsSync(free); n += 1) free = `${name}-${n}`;
  return free;
}

/** A second name for the file, so that it is never without one. Its log is folded in; that of a damaged file goes with it. */
function setAside(file: string, aside: string): string {
  const [log, logAside] = [`${file}-wal`, `${aside}-wal`];
  // SQLite drops a log that it cannot make sense of.
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
