import { ApiError } from "./answers.ts";

const MINUTE_MS = 60_000;

/** A sliding minute per owner. */
export class RateLimiter {
  readonly #hits = new Map<string, number[]>();

  check(owner: string, perMinute: number, nowMs: number): void {
    if (!Number.isFinite(perMinute)) return;
    // A controlled clock may be set back: hits in the future do not count.
    const hits = (this.#hits.get(owner) ?? []).filter((at) => at <= nowMs && at > nowMs - MINUTE_MS);
    this.#hits.set(owner, hits);
    if (hits.length < perMinute) {
      hits.push(nowMs);
      return;
    }
    const waitMs = (hits[0] ?? nowMs) + MINUTE_MS - nowMs;
    throw new ApiError(429, "Rate limit exceeded", {
      headers: {
        "retry-after": String(Math.ceil(waitMs / 1000)),
        "x-ratelimit-limit": String(perMinute),
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": String(nowMs + waitMs),
      },
    });
  }

  clear(): void {
    this.#hits.clear();
  }
}
