import { message } from "@orwatch/messages/message";
import type { App } from "../app.ts";
import { limitHeaders, secondsLeft } from "../platform/rate-limit.ts";
import { tooManyRequests } from "./app-error.ts";
import type { Principal } from "./principal.ts";

/** Requests to /api/v1 and /metrics from one address without a valid token. */
export const ANONYMOUS = { requests: 30, windowS: 60 };

/**
 * Counts one call of the public API: against its API token, or against the address if there is no valid token. An invalid token
 * never has its own counter.
 * @throws TOO_MANY_REQUESTS
 */
export function enforceRateLimit(
  app: App,
  caller: { principal: Principal | null; address: string; setHeader: (name: string, value: string) => void },
): void {
  const { principal, address } = caller;
  const isKnown = principal?.kind === "apiToken";
  const limit = isKnown ? { requests: app.config.rateLimitRequests, windowS: app.config.rateLimitWindowS } : ANONYMOUS;
  const result = app.limits.take(isKnown ? `token:${principal.tokenId}` : `anonymous:${address}`, limit);
  for (const [name, value] of limitHeaders({ policy: isKnown ? "token" : "address", limit, result }, app.clock.now()))
    caller.setHeader(name, value);
  if (result.allowed) return;
  const seconds = secondsLeft(result);
  throw tooManyRequests(
    isKnown
      ? message("api_token_rate_limited", { limit: limit.requests, seconds })
      : message("anonymous_rate_limited", { seconds }),
  );
}
