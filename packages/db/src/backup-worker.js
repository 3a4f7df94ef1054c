// Copies a database and checks the copy, on a thread of its own: both take seconds of a large file, and requests go on meanwhile.
import fs from "node:fs";
import os from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import Database from "better-sqlite3";

const PAGES_A_STEP = 512;
/** Between steps, so that the disk has turns for others too. */
const REST_MS = 2;

/** Steps between two looks at the disk: what lies unwritten in memory would hold up everybody else's writes at the end. */
const STEPS_A_SYNC = 16;

const clock = new Int32Array(new SharedArrayBuffer(4));

async function copy({ from, to }) {
  const source = new Database(from, { readonly: true, timeout: 5000 });
  const target = fs.openSync(to, "r+");
  let steps = 0;
  try {
    // One read transaction for the whole copy: without it every write from elsewhere restarts it.
    source.exec("BEGIN");
    source.prepare("SELECT count(*) FROM sqlite_master").get();
    await source.backup(to, {
      progress: () => {
        steps += 1;
        if (steps % STEPS_A_SYNC === 0) fs.fdatasyncSync(target);
        Atomics.wait(clock, 0, 0, REST_MS);
        return PAGES_A_STEP;
      },
    });
  } finally {
    source.close();
    fs.closeSync(target);
  }
}

/** What is wrong with the file; `null` when nothing is. */
function check(file) {
  const db = new Database(file);
  try {
    // The copy has the mode of its source; without WAL it is one file and needs no other beside it.
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

// On Linux this is the priority of the thread alone; elsewhere it would be the server's.
if (process.platform === "linux")
  try {
    os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // A sandbox may forbid it, and the copy matters more.
  }

try {
  await copy(workerData);
  const damage = check(workerData.to);
  sync(workerData.to);
  parentPort.postMessage({ damage });
} catch (error) {
  parentPort.postMessage({ failure: { code: String(error.code ?? ""), message: error.message } });
}
