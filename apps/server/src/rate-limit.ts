import type { Clock } from "./app.ts";

/** At most `requests` in any window of `windowS` seconds that begins with its first request. */
export interface Limit {
  requests: number;
  windowS: number;
}

export interface Verdict {
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Instant at which the window ends. */
  resetAt: Date;
}

export type RateLimits = ReturnType<typeof createRateLimits>;

/** However many addresses come, no more windows than this are remembered; the oldest go first. */
const MAX_WINDOWS = 50_000;

/** Counters of recent requests, in memory: a restart empties them. */
export function createRateLimits(clock: Clock) {
  const windows = new Map<string, { used: number; endsAt: number }>();

  function current(key: string, limit: Limit) {
    const now = clock.now().getTime();
    const found = windows.get(key);
    if (found && found.endsAt > now) return found;
    windows.delete(key);
    if (windows.size >= MAX_WINDOWS) makeRoom(now);
    const fresh = { used: 0, endsAt: now + limit.windowS * 1000 };
    windows.set(key, fresh);
    return fresh;
  }

  function makeRoom(now: number) {
    for (const [key, { endsAt }] of windows) if (endsAt <= now) windows.delete(key);
    for (const key of windows.keys()) {
      if (windows.size < MAX_WINDOWS) break;
      windows.delete(key);
    }
  }

  return {
    /** Counts `cost` requests against `key` unless that would exceed the limit. */
    take(key: string, limit: Limit, cost = 1): Verdict {
      const window = current(key, limit);
      const allowed = window.used + cost <= limit.requests;
      if (allowed) window.used += cost;
      return {
        allowed,
        limit: limit.requests,
        remaining: Math.max(0, limit.requests - window.used),
        resetAt: new Date(window.endsAt),
      };
    },
    /** Gives one back: what was counted beforehand turned out not to count. */
    refund(key: string): void {
      const window = windows.get(key);
      if (window && window.used > 0) window.used -= 1;
    },
  };
}
