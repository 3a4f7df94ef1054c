import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { giveToOwner } from "../owner.ts";
import { syncToDisk } from "./backup.ts";

/**
 * Writes the write-ahead log into the database file and removes it. Required before the file is replaced: SQLite would apply an old log
 * to the new file.
 * @throws SQLITE_BUSY if another program has the file open
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

/** Replaces `file` with the finished database `staged` in one atomic step. */
export function replaceFile(staged: string, file: string): void {
  giveToOwner(staged, file);
  syncToDisk(staged);
  fs.renameSync(staged, file);
  syncToDisk(path.dirname(file));
}
