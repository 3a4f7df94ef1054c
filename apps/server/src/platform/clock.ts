import { type Day, toDay } from "@orwatch/domain/day";

/** Time as the server sees it; tests bring their own. */
export interface Clock {
  /** The wall clock: it may be set forward or back at any time, so differences of it are no durations. */
  now(): Date;
  /** Milliseconds since some fixed instant, which never go back: for limits, waits and intervals. */
  monotonicMs(): number;
  /** Resolves after `ms`, or at once when `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** What to add to `now()` for OpenRouter's time, by which usage has its days; 0 unless this machine's clock is known to be wrong. */
  offsetMs?: () => number;
}

/** The current instant by OpenRouter's clock. */
export const usageNow = (clock: Pick<Clock, "now" | "offsetMs">): Date =>
  new Date(clock.now().getTime() + (clock.offsetMs?.() ?? 0));

/** The UTC day under way by OpenRouter's clock. */
export const currentDay = (clock: Pick<Clock, "now" | "offsetMs">): Day => toDay(usageNow(clock));

/**
 * Whether `instant` is less than `ms` ago. One in the future was written before the clock was set back, and is not.
 */
export function isWithin(instant: Date | null, ms: number, now: Date): boolean {
  if (instant === null) return false;
  const ago = now.getTime() - instant.getTime();
  return ago >= 0 && ago < ms;
}

/** An instant as Prisma writes it: text that compares in time's order. */
export const storedInstant = (date: Date): string => date.toISOString().replace("Z", "+00:00");

export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const timer = setTimeout(done, ms);
      function done() {
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        resolve();
      }
      signal?.addEventListener("abort", done);
    }),
};
