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
  const stops = followers.get(signal) ?? new Set();
  if (!followers.has(signal)) {
    followers.set(signal, stops);
    signal.addEventListener("abort", () => stops.forEach((each) => void each()), { once: true });
  }
  stops.add(stop);
  return () => void stops.delete(stop);
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
    controller.signal.addEventListener("abort", () => reject(controller.signal.reason), { once: true });
  });
  interrupted.catch(() => {});
  const abort = () => controller.abort(signal?.reason);
  const unfollow = follow(signal, abort);
  const start = (ms: number, message: string) => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.abort(new TimeoutError(ms, deadline.requestId, message)), ms);
  };
  const deadline: Deadline = {
    signal: controller.signal,
    requestId: null,
    race: (work) => Promise.race([work, interrupted]),
    arm: () => start(timeoutMs, `The server did not answer within ${timeoutMs} ms.`),
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

/** @throws the signal's reason when it is aborted meanwhile */
export function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      unfollow();
      reject(signal?.reason);
    };
    const unfollow = follow(signal, stop);
    const timer = setTimeout(() => {
      unfollow();
      resolve();
    }, ms);
    if (signal?.aborted) stop();
  });
}
