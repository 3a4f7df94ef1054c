import fs from "node:fs";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { DatabaseError, describeOpenFailure } from "../database-error.ts";
import { giveToOwner, makeFolder } from "../owner.ts";

type WorkerResult = { damage: string | null } | { failure: { code: string; message: string } };

/** A backup may need this much more than the size of the file. */
const MARGIN = 1.05;

/** Size of a database in bytes, including its write-ahead log. */
export function sizeOf(file: string): number {
  return [file, `${file}-wal`].reduce(
    (sum, name) => sum + (fs.statSync(name, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}

/** @throws DatabaseError if the disk of `folder` has less than `bytes` and a margin free */
export function requireSpace(folder: string, bytes: number): void {
  const { bavail, bsize } = fs.statfsSync(folder);
  const [free, needed] = [bavail * bsize, bytes * MARGIN];
  if (free < needed)
    throw new DatabaseError(
      `The disk of ${folder} has ${formatSize(free)} free, and a backup of the database needs ${formatSize(needed)}. Free up space, then try again.`,
      { obstacle: { kind: "no_space", freeBytes: free, neededBytes: needed } },
    );
}

/** Flushes a file or folder to the disk (fsync). */
export function syncToDisk(name: string): void {
  const descriptor = fs.openSync(name, "r");
  try {
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Deletes a database and the files that SQLite keeps beside it. */
export function removeDatabase(file: string): void {
  for (const name of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]) if (fs.existsSync(name)) fs.rmSync(name);
}

/**
 * Makes a consistent backup of a database that may be in use. A worker thread makes and checks it. The backup is a single file, not in
 * WAL mode, readable by its owner only, and gets its name only once it is complete.
 * @throws DatabaseError if there is not enough space, `from` cannot be read or the backup fails its integrity check; the reason of
 * `signal` if that aborts
 */
export async function backUpDatabase(options: {
  from: string;
  to: string;
  signal?: AbortSignal;
}): Promise<{ bytes: number }> {
  const { from, to, signal } = options;
  const folder = path.dirname(to);
  const part = `${to}.${process.pid}.part`;
  if (!fs.existsSync(from))
    throw new DatabaseError(`There is no database at ${from}.`, { obstacle: { kind: "file_missing" } });
  try {
    makeFolder(folder, from);
    requireSpace(folder, sizeOf(from));
    removeDatabase(part);
    fs.writeFileSync(part, "", { mode: 0o600 });
    giveToOwner(part, from);
    const result = await runWorker({ from, to: part }, signal);
    if ("failure" in result) throw Object.assign(new Error(result.failure.message), { code: result.failure.code });
    if (result.damage !== null)
      throw new DatabaseError(`${from} is damaged: ${result.damage}. Restore an earlier backup.`, {
        cause: Object.assign(new Error(result.damage), { code: "SQLITE_CORRUPT" }),
      });
    // Asynchronous, because a busy disk must not block the main thread.
    await fs.promises.rename(part, to);
    const handle = await fs.promises.open(folder);
    await handle.sync().finally(() => handle.close());
    return { bytes: fs.statSync(to).size };
  } catch (error) {
    if (fs.existsSync(folder)) removeDatabase(part);
    if (error instanceof DatabaseError || signal?.aborted) throw error;
    throw new DatabaseError(describeFailure(options, error), {
      cause: error,
      obstacle: NOT_WRITABLE.test(codeOf(error)) ? { kind: "folder_not_writable" } : null,
    });
  }
}

const NOT_WRITABLE = /EACCES|EROFS|EPERM|ENOTDIR|EEXIST|SQLITE_READONLY/;
const codeOf = (error: unknown): string => (error as { code?: string }).code ?? "";

function describeFailure({ from, to }: { from: string; to: string }, error: unknown): string {
  const code = codeOf(error);
  if (code === "SQLITE_NOTADB") return `${from} is not an SQLite database.`;
  if (code.startsWith("SQLITE_CORRUPT"))
    return `${from} is damaged: ${(error as Error).message}. Restore an earlier backup.`;
  if (code.startsWith("SQLITE_BUSY")) return describeOpenFailure(from, error);
  if (/ENOSPC|EDQUOT|SQLITE_FULL|SQLITE_IOERR_WRITE/.test(code))
    return `The disk of ${path.dirname(to)} is full. Free up space, then try again.`;
  if (NOT_WRITABLE.test(code))
    return `${path.dirname(to)} is not writable. Give the server's user write access, or choose another folder.`;
  return `${from} could not be backed up to ${to}: ${(error as Error).message}`;
}

function runWorker(data: { from: string; to: string }, signal: AbortSignal | undefined): Promise<WorkerResult> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const worker = new Worker(new URL("./backup-worker.js", import.meta.url), { workerData: data });
    const stop = () => void worker.terminate();
    signal?.addEventListener("abort", stop, { once: true });
    const settle =
      <T>(then: (value: T) => void) =>
      (value: T) => {
        signal?.removeEventListener("abort", stop);
        then(value);
      };
    worker.once("message", settle(resolve));
    worker.once("error", settle(reject));
    worker.once("exit", (code) =>
      reject(signal?.aborted ? signal.reason : new Error(`the backup thread ended with ${code}`)),
    );
  });
}

const KB = 1024;
const MB = KB * KB;

/** Formats a number of bytes: whole KB below one MB, otherwise MB with one decimal. 0 only for 0 bytes. */
export function formatSize(bytes: number): string {
  const kilobytes = Math.ceil(bytes / KB);
  return kilobytes < KB ? `${kilobytes} KB` : `${(bytes / MB).toFixed(1)} MB`;
}
