import { TimeoutError } from "../errors.ts";

/** What may end a try before it is done: its timeouts and the caller's signal. */
export interface Deadline {
  /** For fetch. */
  signal: AbortSignal;
  /** Known once a response has begun; a timeout then names it. */
  requestId: string | null;
  /** Settles with the work, or rejects as soon as it is interrupted, even if the work continues. */
  race<T>(work: Promise<T>): Promise<T>;
  /** Restarts the timeout. */
  arm(): void;
  /** Replaces the timeout by the one of a caller that does not read. */
  idle(): void;
  /** Ends the try: with a reason, what is under way is broken off. */
  end(reason?: unknown): void;
}

const followers = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `stop` when the signal is aborted, until the returned function is called. All calls with a signal share one listener of it:
 * Node warns of more than ten.
 */
export function follow(signal: AbortSignal | undefined | null, stop: () => void): () => void {
  if (!signal) return () => {};
  let stops = followers.get(signal);
  if (!stops) {
    const all = new Set<() => void>();
    followers.set(signal, all);
    signal.addEventListener("abort", () => all.forEach((each) => void each()));
    stops = all;
  }
  const all = stops.add(stop);
  return () => all.delete(stop);
}

export function createDeadline({
  timeoutMs,
  idleTimeoutMs,
  signal,
}: {
  timeoutMs: number;
  idleTimeoutMs: number;
  signal: AbortSignal | undefined;
}): Deadline {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const interrupted = new Promise<never>((_resolve, reject) => {
    controller.signal.onabort = () => reject(controller.signal.reason);
  });
  interrupted.catch(() => {});
  const abort = () => controller.abort(signal?.reason);
  const unfollow = follow(signal, abort);
  const start = (ms: number, message?: string) => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.abort(new TimeoutError(ms, deadline.requestId, message)), ms);
  };
  const deadline: Deadline = {
    signal: controller.signal,
    requestId: null,
    race: (work) => Promise.race([work, interrupted]),
    arm: () => start(timeoutMs),
    idle: () => start(idleTimeoutMs, `The stream was not read for ${idleTimeoutMs} ms.`),
    end(reason) {
      clearTimeout(timer);
      unfollow();
      if (reason !== undefined) controller.abort(reason);
    },
  };
  if (signal?.aborted) abort();
  else deadline.arm();
  return deadline;
}

/** Waits, or until the signal is aborted. */
export async function sleep(timeoutMs: number, signal: AbortSignal | undefined): Promise<void> {
  const deadline = createDeadline({ timeoutMs, idleTimeoutMs: 0, signal });
  await deadline.race(new Promise(() => {})).catch(() => {});
  deadline.end();
}
