/** How much of its limit an API token has left. */
export interface RateLimit {
  /** Requests a window. */
  limit: number;
  /** Requests left in this window. */
  remaining: number;
  /** Instant at which the window ends and the next begins. */
  resetAt: Date;
}

const numberOf = (headers: Headers, name: string): number | null => {
  const text = headers.get(name)?.trim();
  return text && /^\d{1,15}$/.test(text) ? Number(text) : null;
};

/** `null` when the response has no such header. */
export function readRateLimit(headers: Headers): RateLimit | null {
  const limit = numberOf(headers, "X-RateLimit-Limit");
  const remaining = numberOf(headers, "X-RateLimit-Remaining");
  const reset = numberOf(headers, "X-RateLimit-Reset");
  if (limit === null || remaining === null || reset === null) return null;
  return { limit, remaining, resetAt: new Date(reset * 1000) };
}

/** Milliseconds to wait, of seconds or an HTTP date; `null` when the response has no such header. */
export function retryAfterOf(headers: Headers): number | null {
  const text = headers.get("Retry-After")?.trim();
  if (!text) return null;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? null : Math.max(0, instant - Date.now());
}
