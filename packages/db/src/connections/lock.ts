import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { DatabaseError, describeOpenFailure } from "../database-error.ts";
import { giveToOwner, makeFolder } from "../owner.ts";

/** Exclusive lock to serve or replace a database file. */
interface FileLock {
  /** Releases the lock. A second call does nothing. */
  release(): void;
}

/** Resolves symbolic links: two paths to one file must share one lock. */
export function realFile(file: string): string {
  if (fs.existsSync(file)) return fs.realpathSync(file);
  const target = readLink(file);
  if (target !== null) return realFile(path.resolve(path.dirname(file), target));
  const folder = path.dirname(file);
  return path.join(fs.existsSync(folder) ? fs.realpathSync(folder) : path.resolve(folder), path.basename(file));
}

function readLink(file: string): string | null {
  try {
    return fs.readlinkSync(file);
  } catch {
    return null;
  }
}

/**
 * A second name of a file (hard link) has its own lock file, which the first server does not hold. SQLite's lock is on the file itself
 * (device and inode): an open connection in WAL mode holds it shared, so no one else can hold it exclusively.
 * @throws SQLITE_BUSY if another process, or another part of this one, has the file open
 */
function requireNotOpen(file: string): void {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (!stat || stat.nlink < 2 || stat.size === 0) return;
  const alone = new Database(file, { timeout: 0 });
  try {
    alone.pragma("locking_mode = EXCLUSIVE");
    alone.prepare("SELECT 1 FROM sqlite_master").get();
  } catch (error) {
    // Other errors are reported when the file is opened for use.
    if (String((error as { code?: string }).code).startsWith("SQLITE_BUSY")) throw error;
  } finally {
    alone.close();
  }
}

/**
 * Takes the lock of a database file: SQLite's exclusive lock on a file beside it, which the operating system releases when the
 * process ends. The lock file stays and means nothing by itself. Do not read it: closing it would release the lock (POSIX).
 * @throws DatabaseError if another process, or another part of this one, holds it, or the folder is not writable
 */
export function lockFile(file: string): FileLock {
  const lock = `${realFile(file)}.lock`;
  let holder: Database.Database | null = null;
  try {
    makeFolder(path.dirname(lock));
    holder = new Database(lock, { timeout: 0 });
    fs.chmodSync(lock, 0o600);
    giveToOwner(lock, realFile(file));
    holder.exec("BEGIN EXCLUSIVE");
    requireNotOpen(realFile(file));
  } catch (error) {
    holder?.close();
    if (String((error as { code?: string }).code).startsWith("SQLITE_BUSY"))
      throw new DatabaseError(`${file} is in use by another orwatch. Stop it first.`);
    throw new DatabaseError(describeOpenFailure(file, error));
  }
  return { release: () => void holder?.close() };
}
