import type { IncomingMessage, ServerResponse } from "node:http";

const EXPOSED =
  "X-Request-Id, ETag, Retry-After, RateLimit, RateLimit-Policy, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Content-Disposition";

/** What an API token opens; the rest is for the web app, which is of the same origin, and for programs. */
const isPublic = (pathname: string) => pathname.startsWith("/api/v1/") || pathname.startsWith("/trpc/");

/**
 * Lets pages of the listed origins use the public API with a token in the Authorization header. Cookies are never let through.
 * Answers `true` when the request was a preflight and is done.
 */
export function createCors(origins: string[]) {
  const allowed = new Set(origins);
  return (req: IncomingMessage, res: ServerResponse, pathname: string): boolean => {
    if (allowed.size === 0 || !isPublic(pathname)) return false;
    res.appendHeader("Vary", "Origin");
    const { origin } = req.headers;
    if (origin === undefined || !allowed.has(origin)) return false;
    res.setHeader("Access-Control-Allow-Origin", origin);
    res.setHeader("Access-Control-Expose-Headers", EXPOSED);
    if (req.method !== "OPTIONS" || req.headers["access-control-request-method"] === undefined) return false;
    res.setHeader("Access-Control-Allow-Methods", "GET, HEAD, POST");
    res.setHeader("Access-Control-Allow-Headers", "Authorization, Content-Type, If-None-Match");
    res.setHeader("Access-Control-Max-Age", "600");
    res.writeHead(204).end();
    return true;
  };
}
