import { gzipSync } from "node:zlib";
import type { Random } from "../ledger/identity.ts";
import { type Answer, ApiError, html, json } from "./answers.ts";

export type FaultKind =
  | "429"
  | "429-no-retry-after"
  | "500"
  | "502-html"
  | "503"
  | "529"
  | "408"
  | "403"
  | "401"
  | "timeout"
  | "cut"
  | "truncated-body"
  | "half-json"
  | "html-200"
  | "empty-object"
  | "redirect"
  | "delay"
  | "wrong-date"
  | "empty-rows"
  | "packed-empty-rows";

export interface FaultMatch {
  /** Path below /api/v1: the whole path as text ("/key"), or a pattern. */
  path?: RegExp | string;
  /** sha256 hex of the bearer. */
  keyHash?: string;
  method?: string;
}

export interface FaultSpec {
  match?: FaultMatch;
  kind: FaultKind;
  /** How often. Default: always. */
  times?: number;
  /** Number of matching requests that are not affected first. */
  after?: number;
  /** 0 to 1. Default: 1. */
  probability?: number;
  retryAfterS?: number;
  /** Delay before the fault. "delay" then responds normally. */
  delayMs?: number;
  /** Where "redirect" points to. */
  location?: string;
  /** "wrong-date" responds normally, with a Date header this far from the clock. */
  dateOffsetMs?: number;
  /** Size of "empty-rows" and "packed-empty-rows" (gzip) once unpacked; default: 1 MB. */
  bytes?: number;
}

interface Armed {
  readonly spec: FaultSpec;
  left: number;
  toPass: number;
}

export class Faults {
  readonly #random: Random;
  #armed: Armed[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  /** Returns a function that removes the fault. */
  add(spec: FaultSpec): () => void {
    const armed: Armed = { spec, left: spec.times ?? Number.POSITIVE_INFINITY, toPass: spec.after ?? 0 };
    this.#armed.push(armed);
    return () => {
      this.#armed = this.#armed.filter((other) => other !== armed);
    };
  }

  clear(): void {
    this.#armed = [];
  }

  /** The first armed fault that matches the request. It counts as used. */
  take(request: { path: string; method: string; keyHash: string | null }): FaultSpec | null {
    for (const armed of this.#armed) {
      if (armed.left <= 0 || !meets(armed.spec.match ?? {}, request)) continue;
      if (armed.spec.probability !== undefined && this.#random() >= armed.spec.probability) continue;
      if (armed.toPass > 0) {
        armed.toPass--;
        continue;
      }
      armed.left--;
      return armed.spec;
    }
    return null;
  }
}

function meets(match: FaultMatch, request: { path: string; method: string; keyHash: string | null }): boolean {
  if (typeof match.path === "string" && match.path !== request.path) return false;
  // A pattern with the flag g keeps a position between tests.
  if (match.path instanceof RegExp && request.path.search(match.path) < 0) return false;
  if (match.keyHash !== undefined && match.keyHash !== request.keyHash) return false;
  return match.method === undefined || match.method.toUpperCase() === request.method;
}

const PAGE = `<!DOCTYPE html>
<html lang="en"><head><title>openrouter.ai | 502: Bad gateway</title></head>
<body><h1>Bad gateway</h1><p>Error code 502</p><p>Cloudflare Ray ID: 8f00ba4</p></body></html>`;

/** A usage answer whose rows are all `{}`. */
function emptyRows(bytes: number): string {
  const rows = "{},".repeat(Math.max(0, Math.floor(bytes / 3) - 1));
  return `{"data":{"data":[${rows}{}],"metadata":{"truncated":false}}}`;
}

const packed = new Map<number, Buffer>();

function packedEmptyRows(bytes: number): Buffer {
  const known = packed.get(bytes) ?? gzipSync(emptyRows(bytes), { level: 6 });
  packed.set(bytes, known);
  return known;
}

/** The response of a fault; null for faults that modify the real response or send none. */
export function faultAnswer(spec: FaultSpec, now: Date): Answer | null {
  const retryAfter: Record<string, string> =
    spec.retryAfterS === undefined ? {} : { "retry-after": String(spec.retryAfterS) };
  switch (spec.kind) {
    case "429": {
      const seconds = spec.retryAfterS ?? 1;
      const headers = {
        "retry-after": String(seconds),
        "x-ratelimit-limit": "64",
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": String(now.getTime() + seconds * 1000),
      };
      return new ApiError(429, "Rate limit exceeded", { headers }).answer();
    }
    case "429-no-retry-after":
      return new ApiError(429, "Rate limit exceeded").answer();
    case "500":
      return new ApiError(500, "Internal Server Error", { headers: retryAfter }).answer();
    case "502-html":
      return html(PAGE, 502, retryAfter);
    case "503":
      return new ApiError(503, "Service Unavailable", { headers: retryAfter }).answer();
    case "529":
      return new ApiError(529, "Provider returned error", { headers: retryAfter }).answer();
    case "408":
      return new ApiError(408, "Operation timed out. Please try again later.").answer();
    case "403":
      return new ApiError(403, "Only management keys can perform this operation").answer();
    case "401":
      return new ApiError(401, "User not found.").answer();
    case "html-200":
      return html("<!DOCTYPE html><html><head><title>OpenRouter</title></head><body></body></html>", 200);
    case "empty-object":
      return json({});
    case "empty-rows":
      return { status: 200, contentType: "application/json", text: emptyRows(spec.bytes ?? 1_000_000), headers: {} };
    case "packed-empty-rows":
      return {
        status: 200,
        contentType: "application/json",
        text: packedEmptyRows(spec.bytes ?? 1_000_000),
        headers: { "content-encoding": "gzip" },
      };
    case "redirect":
      return html("", 302, { location: spec.location ?? "/login" });
    default:
      return null;
  }
}
