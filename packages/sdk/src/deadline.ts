import { TimeoutError } from "./errors.ts";

/** What may end a try before it is done: its time-out and the caller's signal. */
export interface Deadline {
  /** For fetch. */
  signal: AbortSignal;
  /** Known once a response has begun; a time-out then names it. */
  requestId: string | null;
  /** Settles with the work, or rejects as soon as it is interrupted, even if the work continues. */
  race<T>(work: Promise<T>): Promise<T>;
  /** Restarts the time-out. */
  arm(): void;
  /** Stops the time-out: what comes next waits for the caller. */
  disarm(): void;
  /** Ends the try: with a reason, what is under way is broken off. */
  end(reason?: unknown): void;
}

export function createDeadline({
  timeoutMs,
  signal,
}: {
  timeoutMs: number;
  signal: AbortSignal | undefined;
}): Deadline {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const interrupted = new Promise<never>((_resolve, reject) => {
    controller.signal.addEventListener("abort", () => reject(controller.signal.reason), { once: true });
  });
  interrupted.catch(() => {});
  const abort = () => controller.abort(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  const deadline: Deadline = {
    signal: controller.signal,
    requestId: null,
    race: (work) => Promise.race([work, interrupted]),
    arm() {
      clearTimeout(timer);
      timer = setTimeout(() => controller.abort(new TimeoutError(timeoutMs, deadline.requestId)), timeoutMs);
    },
    disarm: () => clearTimeout(timer),
    end(reason) {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
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
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}
