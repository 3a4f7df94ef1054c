import type { IncomingMessage, ServerResponse } from "node:http";

const EXPOSED =
  "X-Request-Id, ETag, Retry-After, RateLimit, RateLimit-Policy, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Content-Disposition";

/**
 * Lets pages of the listed origins call the API with a credential in the Authorization header. Cookies are never let through.
 * Answers `true` when the request was a preflight and is done.
 */
export function createCors(origins: string[]) {
  const allowed = new Set(origins);
  return (req: IncomingMessage, res: ServerResponse): boolean => {
    if (allowed.size === 0) return false;
    res.appendHeader("Vary", "Origin");
    const { origin } = req.headers;
    if (origin === undefined || !allowed.has(origin)) return false;
    res.setHeader("Access-Control-Allow-Origin", origin);
    res.setHeader("Access-Control-Expose-Headers", EXPOSED);
    if (req.method !== "OPTIONS" || req.headers["access-control-request-method"] === undefined) return false;
    res.setHeader("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE");
    res.setHeader("Access-Control-Allow-Headers", "Authorization, Content-Type, If-None-Match");
    res.setHeader("Access-Control-Max-Age", "600");
    res.writeHead(204).end();
    return true;
  };
}
