import { execFile } from "node:child_process";
import fs from "node:fs";
import { promisify } from "node:util";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openDb } from "../index.ts";
import { makeMigrated, type Scratch } from "../test-support.ts";
import { type CheckOutcome, type Checkpoints, startCheckpoints } from "./checkpoints.ts";

const LOG_BYTES = 200_000;
const ROW_BYTES = 2000;

let scratch: Scratch;
let writer: Database.Database;
let checkpoints: Checkpoints;
let outcomes: CheckOutcome[];

beforeEach(async () => {
  scratch = await makeMigrated();
  writer = new Database(scratch.file);
  for (const pragma of ["journal_mode = WAL", "synchronous = NORMAL", "wal_autocheckpoint = 0"]) writer.pragma(pragma);
  writer.pragma(`journal_size_limit = ${LOG_BYTES}`);
  writer.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)");
  outcomes = [];
  const onCheck = (outcome: CheckOutcome) => void outcomes.push(outcome);
  checkpoints = startCheckpoints(scratch.file, { logBytes: LOG_BYTES, checkMs: 10, idleMs: 50, onCheck });
});
afterEach(async () => {
  await checkpoints.close();
  writer.close();
  scratch.remove();
});

const write = (rows: number) => {
  const insert = writer.prepare("INSERT INTO t (text) VALUES (?)");
  for (let row = 0; row < rows; row += 1) insert.run("x".repeat(ROW_BYTES));
};
const fileBytes = () => fs.statSync(scratch.file).size;
const logBytes = () => fs.statSync(`${scratch.file}-wal`).size;
/** Rows in the file itself: what a copy of it without its log would contain. */
function rowsInFile(): number {
  const copy = `${scratch.file}.alone`;
  fs.copyFileSync(scratch.file, copy);
  const db = new Database(copy);
  const exists = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 't'").get();
  const rows = exists ? (db.prepare("SELECT count(*) FROM t").pluck().get() as number) : 0;
  db.close();
  return rows;
}

/** The thread takes a second to start on a busy machine, which is Vitest's default limit. */
const waitFor = (assertion: () => void) => vi.waitFor(assertion, { timeout: 10_000, interval: 20 });

/** Waits for `count` checks with this outcome after the first `since`. Of two after a call, the second one began after it. */
async function waitForChecks(outcome: CheckOutcome, count: number, since = outcomes.length): Promise<void> {
  const found = () => outcomes.slice(since).filter((one) => one === outcome);
  await waitFor(() => expect(found().length).toBeGreaterThanOrEqual(count));
}

test("checkpoints a log that has grown and starts it over", async () => {
  write(150);
  // Rows are in the file before the checkpoint has ended, and until then a write extends the log.
  await waitForChecks("complete", 1);
  expect(rowsInFile()).toBe(150);
  const grown = logBytes();
  write(1);
  expect(grown).toBeGreaterThan(LOG_BYTES);
  expect(logBytes()).toBeLessThanOrEqual(LOG_BYTES);
});

test("leaves a small log alone", async () => {
  write(5);
  await waitForChecks("unneeded", 2);
  expect(rowsInFile()).toBe(0);
  expect(new Set(outcomes)).toEqual(new Set(["unneeded"]));
});

test("a reader of an older state delays the checkpoint only while it reads", async () => {
  write(150);
  await waitFor(() => expect(rowsInFile()).toBe(150));
  const reader = new Database(scratch.file, { readonly: true });
  reader.exec("BEGIN");
  expect(reader.prepare("SELECT count(*) FROM t").pluck().get()).toBe(150);
  write(150);
  await waitForChecks("partial", 2);
  expect(rowsInFile()).toBe(150);
  reader.exec("COMMIT");
  reader.close();
  await waitFor(() => expect(rowsInFile()).toBe(300));
});

test("accepts writes during a checkpoint, and checkpoints again after the thread was idle", async () => {
  for (let round = 1; round <= 3; round += 1) {
    const before = outcomes.length;
    write(150);
    await waitFor(() => expect(rowsInFile()).toBeGreaterThanOrEqual(round * 150 - 50));
    // The thread may have ended by now.
    await waitForChecks("ended", 1, before);
  }
  expect(writer.pragma("integrity_check", { simple: true })).toBe("ok");
});

test("leaves no log after the database is closed", async () => {
  await checkpoints.close();
  writer.close();
  const db = await openDb(scratch.file);
  await db.write((connection) => {
    const insert = connection.prepare("INSERT INTO t (text) VALUES (?)");
    for (let row = 0; row < 3000; row += 1) insert.run("x".repeat(ROW_BYTES));
  });
  await waitFor(() => expect(fileBytes()).toBeGreaterThan(3000 * ROW_BYTES));
  await db.close();
  expect(fs.existsSync(`${scratch.file}-wal`)).toBe(false);
  writer = new Database(scratch.file);
  expect(writer.prepare("SELECT count(*) FROM t").pluck().get()).toBe(3000);
});

test("closing ends before the process does, with nothing else to keep it alive", async () => {
  const [file, module] = [scratch.file, new URL("checkpoints.ts", import.meta.url).href].map((text) =>
    JSON.stringify(text),
  );
  const script = `
    import { startCheckpoints } from ${module};
    const alive = setInterval(() => {}, 1000);
    let checkpoints;
    await new Promise((resolve) => {
      const onCheck = (outcome) => outcome === "complete" && resolve();
      checkpoints = startCheckpoints(${file}, { logBytes: ${LOG_BYTES}, checkMs: 10, onCheck });
    });
    clearInterval(alive);
    await checkpoints.close();
    console.log("closed");
  `;
  await checkpoints.close();
  write(150);
  const args = ["--import", "tsx", "--input-type=module", "--eval", script];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname });
  expect(stdout).toBe("closed\n");
});
