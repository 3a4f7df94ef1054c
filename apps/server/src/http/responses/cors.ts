import type { IncomingMessage, ServerResponse } from "node:http";

const EXPOSED =
  "X-Request-Id, X-Orwatch-Version, X-Orwatch-As-Of, X-Orwatch-Complete-Through, ETag, Retry-After, RateLimit, RateLimit-Policy, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Content-Disposition, Link, Deprecation, Sunset";

/** Only the endpoints for API tokens. The others are for the web app (same origin) and for programs. */
const isPublic = (pathname: string) => pathname.startsWith("/api/v1/") || pathname.startsWith("/trpc/");

/**
 * Allows pages of the configured origins to use the public API with a token in the Authorization header. Cookies are never allowed.
 * Returns `true` if the request was a preflight and has been answered.
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
