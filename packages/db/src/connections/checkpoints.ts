import fs from "node:fs";
import { Worker } from "node:worker_threads";

/** Size of the log from which it is checkpointed: SQLite's default of 1,000 pages. */
export const LOG_BYTES = 4 * 1024 * 1024;
const CHECK_MS = 1000;
/** The thread ends after being idle for this long, because it takes several megabytes. */
const IDLE_MS = 60_000;

export interface Checkpoints {
  /** Ends the thread. The last connection that closes the file checkpoints the rest. */
  close(): Promise<void>;
}

/**
 * Result of one check: the log needed no checkpoint, or was checkpointed completely, or in part because of a reader of an older
 * state. `ended` reports that the thread has ended.
 */
export type CheckOutcome = "unneeded" | "complete" | "partial" | "ended";

/**
 * Checkpoints the write-ahead log on a separate thread while others read and write: a checkpoint waits for the disk, hundreds of
 * milliseconds if that is slow or busy, and must not block requests. A small log is not checkpointed, so that a server
 * with few writes never starts the thread.
 */
export function startCheckpoints(
  file: string,
  options: { logBytes?: number; checkMs?: number; idleMs?: number; onCheck?: (outcome: CheckOutcome) => void } = {},
): Checkpoints {
  const { logBytes = LOG_BYTES, checkMs = CHECK_MS, idleMs = IDLE_MS, onCheck } = options;
  let worker: Worker | null = null;
  let isBusy = false;
  let neededAt = 0;
  /** Modification time of the log that was checkpointed completely. */
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
    // The next check starts a new thread. Until then, the writer's own limit applies.
    started.on("error", forget);
    started.on("exit", () => {
      forget();
      onCheck?.("ended");
    });
    return started;
  }

  function check(): void {
    if (isBusy) return;
    const log = fs.statSync(`${file}-wal`, { throwIfNoEntry: false });
    const now = performance.now();
    if (!log || log.size <= logBytes || log.mtimeMs === doneMs) {
      if (worker && now - neededAt > idleMs) worker.postMessage("end");
      onCheck?.("unneeded");
      return;
    }
    neededAt = now;
    isBusy = true;
    worker ??= start();
    worker.once("message", (isWhole: boolean) => {
      isBusy = false;
      // Readers of an older state prevent a complete checkpoint: check again, even if nothing is written meanwhile.
      if (isWhole) doneMs = log.mtimeMs;
      onCheck?.(isWhole ? "complete" : "partial");
    });
    worker.postMessage("checkpoint");
  }

  const timer = setInterval(check, checkMs).unref();
  return {
    async close() {
      clearInterval(timer);
      const ending = worker;
      if (!ending) return;
      // The process must stay alive until the thread has ended.
      ending.ref();
      const ended = new Promise((resolve) => ending.once("exit", resolve));
      ending.postMessage("end");
      await ended;
    },
  };
}
