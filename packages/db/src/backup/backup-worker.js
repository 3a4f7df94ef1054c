// Worker thread that backs up a database and checks the backup. Both take seconds for a large file and must not block requests.
import fs from "node:fs";
import os from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import Database from "better-sqlite3";

const PAGES_PER_STEP = 512;
/** Pause between steps, so that others can use the disk. */
const REST_MS = 2;

/** Steps between two flushes: a large final flush would delay the writes of everyone else. */
const STEPS_PER_SYNC = 16;

const clock = new Int32Array(new SharedArrayBuffer(4));

async function backUp({ from, to }) {
  const source = new Database(from, { readonly: true, timeout: 5000 });
  const target = fs.openSync(to, "r+");
  let steps = 0;
  try {
    // One read transaction for the whole backup: without it, every write by others restarts the backup.
    source.exec("BEGIN");
    source.prepare("SELECT count(*) FROM sqlite_master").get();
    await source.backup(to, {
      progress: () => {
        steps += 1;
        if (steps % STEPS_PER_SYNC === 0) fs.fdatasyncSync(target);
        Atomics.wait(clock, 0, 0, REST_MS);
        return PAGES_PER_STEP;
      },
    });
  } finally {
    source.close();
    fs.closeSync(target);
  }
}

/** What is wrong with the file; `null` if nothing. */
function check(file) {
  const db = new Database(file);
  try {
    // The backup has the journal mode of its source. Without WAL it is a single file.
    db.pragma("journal_mode = DELETE");
    const found = db.pragma("integrity_check(3)", { simple: true });
    if (found !== "ok") return String(found).replace(/\s+/g, " ");
    const [orphan] = db.pragma("foreign_key_check");
    return orphan ? `a row of ${orphan.table} points to nothing in ${orphan.parent}` : null;
  } finally {
    db.close();
  }
}

function sync(file) {
  const descriptor = fs.openSync(file, "r+");
  fs.fsyncSync(descriptor);
  fs.closeSync(descriptor);
}

// On Linux this is the priority of the thread only; elsewhere it would be that of the whole server.
if (process.platform === "linux")
  try {
    os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // A sandbox may forbid it; the backup matters more.
  }

try {
  await backUp(workerData);
  const damage = check(workerData.to);
  sync(workerData.to);
  parentPort.postMessage({ damage });
} catch (error) {
  parentPort.postMessage({ failure: { code: String(error.code ?? ""), message: error.message } });
}
