/** How much of its limit an API token has left. */
export interface RateLimit {
  /** Requests a window. */
  limit: number;
  /** Requests left in this window. */
  remaining: number;
  /** Instant at which the window ends and the next begins. */
  resetAt: Date;
}

/** `null` when the response has no such header. */
export function readRateLimit(headers: Headers): RateLimit | null {
  const [limit, remaining, reset] = ["Limit", "Remaining", "Reset"].map((name) =>
    Number.parseInt(headers.get(`X-RateLimit-${name}`) ?? "", 10),
  ) as [number, number, number];
  return limit >= 0 && remaining >= 0 && reset >= 0 ? { limit, remaining, resetAt: new Date(reset * 1000) } : null;
}

/** Milliseconds to wait, of seconds or an HTTP date; `null` when the response has no such header. */
export function retryAfterOf(headers: Headers): number | null {
  const text = headers.get("Retry-After") ?? "";
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Math.max(0, Date.parse(text) - Date.now());
  return Number.isNaN(ms) ? null : ms;
}
