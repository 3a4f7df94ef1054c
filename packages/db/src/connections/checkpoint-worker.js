// Checkpoints the write-ahead log on request. PASSIVE neither waits for other connections nor blocks them.
import { parentPort, workerData } from "node:worker_threads";
import Database from "better-sqlite3";

const db = new Database(workerData.file, { fileMustExist: true, timeout: 0 });
db.pragma("cache_size = -512");

/** True if the whole log is in the file now. If the disk is full or the file busy, it is tried again later; the log keeps everything. */
function checkpoint() {
  try {
    const [{ busy, log, checkpointed }] = db.pragma("wal_checkpoint(PASSIVE)");
    return busy === 0 && log === checkpointed;
  } catch {
    return false;
  }
}

parentPort.on("message", (what) => {
  if (what === "checkpoint") return parentPort.postMessage(checkpoint());
  db.close();
  parentPort.close();
});
