import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { syncToDisk } from "./backup.ts";
import { giveToOwner } from "./owner.ts";

/**
 * Makes the database one file without a write-ahead log beside it, as it must be before another takes its place: SQLite would
 * play an old log into the new file.
 * @throws SQLITE_BUSY when another program has it open
 */
export function checkpointFile(file: string): void {
  const db = new Database(file, { timeout: 5000 });
  try {
    db.pragma("wal_checkpoint(TRUNCATE)");
    const mode = db.pragma("journal_mode = DELETE", { simple: true });
    if (mode !== "delete") throw Object.assign(new Error("in use"), { code: "SQLITE_BUSY" });
  } finally {
    db.close();
  }
}

/** Puts a finished database in the place of `file` in one step, so that there is either the old one or the new one. */
export function replaceFile(staged: string, file: string): void {
  giveToOwner(staged, file);
  syncToDisk(staged);
  fs.renameSync(staged, file);
  syncToDisk(path.dirname(file));
}
