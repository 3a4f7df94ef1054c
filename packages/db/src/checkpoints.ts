import fs from "node:fs";
import { Worker } from "node:worker_threads";

/** The log may grow to this before it is folded in, as SQLite itself has it (1,000 pages). */
export const LOG_BYTES = 4 * 1024 * 1024;
const LOOK_MS = 1000;
/** A thread that was not needed for so long ends: it takes some megabytes. */
const IDLE_MS = 60_000;

export interface Checkpoints {
  /** Ends the thread; whoever closes the file last folds in the rest. */
  close(): Promise<void>;
}

/**
 * Folds the write-ahead log into the database on a thread of its own, while others read and write: it waits for the disk, some
 * hundred milliseconds where that is slow or busy, and no request is to wait with it. A small log is left alone, so that a server
 * with little to write never has the thread.
 */
export function startCheckpoints(
  file: string,
  options: { logBytes?: number; lookMs?: number; idleMs?: number } = {},
): Checkpoints {
  const { logBytes = LOG_BYTES, lookMs = LOOK_MS, idleMs = IDLE_MS } = options;
  let worker: Worker | null = null;
  let isBusy = false;
  let neededAt = 0;
  /** Time of change of the log that was folded in whole. */
  let doneMs = 0;

  function start(): Worker {
    const started = new Worker(new URL("./checkpoint-worker.js", import.meta.url), {
      workerData: { file },
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 1 },
    });
    started.unref();
    const forget = () => {
      if (worker === started) worker = null;
      isBusy = false;
    };
    // The next look starts another one; until then the writer's own limit holds.
    started.on("error", forget);
    started.on("exit", forget);
    return started;
  }

  function look(): void {
    if (isBusy) return;
    const log = fs.statSync(`${file}-wal`, { throwIfNoEntry: false });
    const now = performance.now();
    if (!log || log.size <= logBytes || log.mtimeMs === doneMs) {
      if (worker && now - neededAt > idleMs) worker.postMessage("end");
      return;
    }
    neededAt = now;
    isBusy = true;
    worker ??= start();
    worker.once("message", (isWhole: boolean) => {
      isBusy = false;
      // Readers of an older state keep part of it out: another look, even if nothing is written meanwhile.
      if (isWhole) doneMs = log.mtimeMs;
    });
    worker.postMessage("fold");
  }

  const timer = setInterval(look, lookMs).unref();
  return {
    async close() {
      clearInterval(timer);
      const ending = worker;
      if (!ending) return;
      // Nothing else may keep the process alive, and it must not end before the thread has.
      ending.ref();
      const ended = new Promise((resolve) => ending.once("exit", resolve));
      ending.postMessage("end");
      await ended;
    },
  };
}
