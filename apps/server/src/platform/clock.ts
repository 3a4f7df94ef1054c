import { type Day, toDay } from "@orwatch/domain/day";

/** The clock of the server. Tests provide their own. */
export interface Clock {
  /** The wall clock. It may be changed at any time, so do not use it to measure durations. */
  now(): Date;
  /** Monotonic milliseconds since a fixed instant, for limits, waits and intervals. */
  monotonicMs(): number;
  /** Resolves after `ms`, or as soon as `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Offset from `now()` to OpenRouter's time, which defines the days of usage; 0 unless this machine's clock is known to be wrong. */
  offsetMs?: () => number;
}

/** The current instant by OpenRouter's clock. */
export const usageNow = (clock: Pick<Clock, "now" | "offsetMs">): Date =>
  new Date(clock.now().getTime() + (clock.offsetMs?.() ?? 0));

/** The current UTC day by OpenRouter's clock. */
export const currentDay = (clock: Pick<Clock, "now" | "offsetMs">): Day => toDay(usageNow(clock));

/**
 * Whether `instant` is less than `ms` ago. False for an instant in the future, which was stored before the clock was set back.
 */
export function isWithin(instant: Date | null, ms: number, now: Date): boolean {
  if (instant === null) return false;
  const ago = now.getTime() - instant.getTime();
  return ago >= 0 && ago < ms;
}

/** An instant in the text format of Prisma, which sorts by time. */
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
