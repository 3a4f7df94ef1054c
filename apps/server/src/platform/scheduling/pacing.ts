import type { Clock } from "../clock.ts";

const MAX_GAP_MS = 1000;
/** Share of the interval used for starts. The rest is for keys that take long. */
const SHARE = 0.8;

/** Time between the starts of two keys in a job: one second, or less if all starts would not fit into 80% of `withinMs`. */
export const startGapMs = (count: number, withinMs: number): number =>
  Math.min(MAX_GAP_MS, (SHARE * withinMs) / Math.max(1, count));

/**
 * Runs `work` for each item in order, at most `atOnce` at a time, with starts at least `gapMs` apart. When `signal` aborts, no
 * further item is started and the running ones are awaited.
 */
export async function forEachSpread<T>(
  items: readonly T[],
  options: { atOnce: number; gapMs: number; clock: Pick<Clock, "monotonicMs" | "sleep">; signal: AbortSignal },
  work: (item: T) => Promise<void>,
): Promise<void> {
  const { atOnce, gapMs, clock, signal } = options;
  const running = new Set<Promise<void>>();
  let free = clock.monotonicMs();
  for (const item of items) {
    if (running.size >= atOnce) await Promise.race(running);
    const waitMs = free - clock.monotonicMs();
    if (waitMs > 0) await clock.sleep(waitMs, signal);
    if (signal.aborted) break;
    free = clock.monotonicMs() + gapMs;
    const one: Promise<void> = work(item).finally(() => running.delete(one));
    running.add(one);
  }
  await Promise.all(running);
}

const MINUTE_MS = 60_000;
const MAX_WAIT_MS = 60 * MINUTE_MS;

/**
 * Delay from the last start until work is retried that was interrupted `times` times in a row: none after the first time, as
 * happens with an update, then 1, 2, 4 … minutes, at most an hour. Work that crashes the process must not crash every restart.
 */
export const waitAfterInterruptions = (times: number): number =>
  times <= 1 ? 0 : Math.min(MINUTE_MS * 2 ** (times - 2), MAX_WAIT_MS);

/** The rest of that delay. A start in the future was stored by a wrong clock and does not count. */
export function waitLeft(input: { times: number; startedAt: Date; now: Date }): number {
  const waitMs = waitAfterInterruptions(input.times);
  const ago = Math.max(0, input.now.getTime() - input.startedAt.getTime());
  return Math.max(0, waitMs - ago);
}
