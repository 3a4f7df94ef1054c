import type { Clock } from "./clock.ts";

/** At most `requests` per window of `windowS` seconds. A window begins with its first request. */
export interface Limit {
  requests: number;
  windowS: number;
}

export interface RateLimitResult {
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Until the window ends. */
  resetMs: number;
}

export type RateLimits = ReturnType<typeof createRateLimits>;

/** Maximum number of windows of one kind in memory. */
const MAX_WINDOWS = 50_000;

interface Window {
  used: number;
  /** By the monotonic clock. */
  endsAt: number;
}

/** Windows in two generations: when the young one is full, it becomes the old one and the previous old one is dropped. */
interface Windows {
  young: Map<string, Window>;
  old: Map<string, Window>;
}

/**
 * In-memory counters of recent requests, lost on restart. A key is `kind:name`. Each kind has its own capacity, so that
 * many addresses never evict the counters of tokens.
 */
export function createRateLimits(clock: Pick<Clock, "monotonicMs">, options: { maxWindows?: number } = {}) {
  const half = Math.ceil((options.maxWindows ?? MAX_WINDOWS) / 2);
  const kinds = new Map<string, Windows>();

  function windowsOf(key: string): Windows {
    const kind = key.slice(0, key.indexOf(":"));
    let windows = kinds.get(kind);
    if (!windows) {
      windows = { young: new Map(), old: new Map() };
      kinds.set(kind, windows);
    }
    return windows;
  }

  function current(key: string, limit: Limit): Window {
    const windows = windowsOf(key);
    const now = clock.monotonicMs();
    const young = windows.young.get(key);
    if (young && young.endsAt > now) return young;
    const old = windows.old.get(key);
    const window = old && old.endsAt > now ? old : { used: 0, endsAt: now + limit.windowS * 1000 };
    windows.old.delete(key);
    if (!young && windows.young.size >= half) {
      windows.old = windows.young;
      windows.young = new Map();
    }
    windows.young.set(key, window);
    return window;
  }

  return {
    /** Counts `cost` requests against `key` unless that would exceed the limit. */
    take(key: string, limit: Limit, cost = 1): RateLimitResult {
      const window = current(key, limit);
      const allowed = window.used + cost <= limit.requests;
      if (allowed) window.used += cost;
      return {
        allowed,
        limit: limit.requests,
        remaining: Math.max(0, limit.requests - window.used),
        resetMs: window.endsAt - clock.monotonicMs(),
      };
    },
    /** Undoes one count. */
    refund(key: string): void {
      const { young, old } = windowsOf(key);
      const window = young.get(key) ?? old.get(key);
      if (window && window.used > 0) window.used -= 1;
    },
    /** Number of windows in memory. */
    size: (): number => [...kinds.values()].reduce((total, { young, old }) => total + young.size + old.size, 0),
  };
}

/** Whole seconds until the window ends, at least 1. */
export const secondsLeft = (result: RateLimitResult): number => Math.max(1, Math.ceil(result.resetMs / 1000));

/** Rate limit headers: the de-facto ones (Reset in epoch seconds) and those of the IETF draft. */
export function limitHeaders(
  input: { policy: string; limit: Limit; result: RateLimitResult },
  now: Date,
): [name: string, value: string][] {
  const { policy, limit, result } = input;
  return [
    ["X-RateLimit-Limit", String(limit.requests)],
    ["X-RateLimit-Remaining", String(result.remaining)],
    ["X-RateLimit-Reset", String(Math.ceil((now.getTime() + result.resetMs) / 1000))],
    ["RateLimit-Policy", `"${policy}";q=${limit.requests};w=${limit.windowS}`],
    ["RateLimit", `"${policy}";r=${result.remaining};t=${secondsLeft(result)}`],
  ];
}
