import { argumentError } from "./errors.ts";
import type { FailedAttempt, Hooks, Logger } from "./hooks.ts";

/** Options of one call. They override those of the client. */
export interface RequestOptions {
  /** Aborts the call, also between attempts and during a page or stream. The call then rejects with the reason of the signal. */
  signal?: AbortSignal | undefined;
  /** Timeout of one attempt in milliseconds, 1 to 2147483647. For a stream, the maximum time without data. Default: 30000. */
  timeoutMs?: number | undefined;
  /** Maximum time in milliseconds between two reads of a stream, after which its connection is closed. Default: 60000. */
  idleTimeoutMs?: number | undefined;
  /** Maximum number of retries after a connection error, 408, 429 or 5xx: 0 to 10. Default: 2. */
  maxRetries?: number | undefined;
  /** Longest `Retry-After` in milliseconds that the SDK waits for; a longer one fails at once. Default: 60000. */
  maxRetryAfterMs?: number | undefined;
  /**
   * Retry policy. Called after a failed attempt: `true` retries, a number retries after that many milliseconds, `false` does not, and
   * `undefined` does what the SDK would do (`delayMs`). Never more than `maxRetries`.
   */
  shouldRetry?: ((failed: FailedAttempt) => boolean | number | undefined) | undefined;
  /** Headers to send in addition, for example those of a proxy. */
  headers?: Readonly<Record<string, string>> | undefined;
}

/** Options of a client. */
export interface ClientOptions extends Omit<RequestOptions, "signal">, Hooks {
  /** URL of your orwatch server, including its path if it has one. Default: `ORWATCH_URL`. */
  baseUrl?: string | URL | undefined;
  /** API token (`or_api_…`), created in the web app under API tokens. Default: `ORWATCH_TOKEN`. */
  token?: string | undefined;
  /** Function that sends the requests. Default: the global `fetch`. */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  /** Receives warnings, and a line for every response and retry: `logger: console`. Default: `console`, but warnings only. `null`: nothing. */
  logger?: Logger | null | undefined;
}

/** Complete options of one call. */
export interface Limits {
  signal: AbortSignal | undefined;
  timeoutMs: number;
  idleTimeoutMs: number;
  maxRetries: number;
  maxRetryAfterMs: number;
  shouldRetry: RequestOptions["shouldRetry"];
  headers: Readonly<Record<string, string>>;
}

/** Absent in browsers and some bundles. */
const environment = (name: string): string | undefined =>
  (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.[name];

/**
 * The base URL of requests, without a trailing slash.
 * @throws ValidationError if it is missing or not a URL
 */
export function readBaseUrl(given: string | URL | undefined): string {
  const text = String(given ?? environment("ORWATCH_URL") ?? "").trim();
  const invalid = (message: string) => argumentError("baseUrl", message);
  if (!text)
    throw invalid(
      'is missing: pass createClient({ baseUrl: "https://orwatch.example.com" }) or set ORWATCH_URL to the URL of your orwatch server.',
    );
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw invalid(`${JSON.stringify(text)} is not a URL. Example: https://orwatch.example.com.`);
  }
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw invalid(`${JSON.stringify(text)} does not begin with http:// or https://.`);
  if (url.username || url.password) throw invalid("must not carry a name or password; the API token is enough.");
  // A URL copied from the REST documentation is accepted too.
  return (
    url.origin +
    url.pathname
      .replace(/\/+$/, "")
      .replace(/\/(api(\/v1)?|trpc)$/, "")
      .replace(/\/+$/, "")
  );
}

/** @throws ValidationError if it is missing or not an API token */
export function readToken(given: string | undefined): string {
  // Pasted tokens may contain invisible characters.
  const token = (given ?? environment("ORWATCH_TOKEN") ?? "").replace(/\p{Default_Ignorable_Code_Point}/gu, "").trim();
  if (!token)
    throw argumentError(
      "token",
      "is missing: issue an API token in orwatch under API tokens, then pass createClient({ token }) or set ORWATCH_TOKEN.",
    );
  if (!/^or_api_[\x21-\x7e]+$/.test(token))
    throw argumentError(
      "token",
      token.startsWith("sk-or-")
        ? "is a key of OpenRouter. It belongs nowhere but in orwatch; pass an API token (or_api_…) that you issue there."
        : "is not an API token: those begin with or_api_ and are issued in orwatch under API tokens.",
    );
  return token;
}

/** @throws ValidationError for a number out of range */
export function readLimits(options: RequestOptions, defaults?: Limits): Limits {
  const limits: Limits = {
    signal: options.signal,
    timeoutMs: options.timeoutMs ?? defaults?.timeoutMs ?? 30_000,
    idleTimeoutMs: options.idleTimeoutMs ?? defaults?.idleTimeoutMs ?? 60_000,
    maxRetries: options.maxRetries ?? defaults?.maxRetries ?? 2,
    maxRetryAfterMs: options.maxRetryAfterMs ?? defaults?.maxRetryAfterMs ?? 60_000,
    shouldRetry: options.shouldRetry ?? defaults?.shouldRetry,
    headers: { ...defaults?.headers, ...options.headers },
  };
  for (const name of ["timeoutMs", "idleTimeoutMs"] as const)
    checkWhole(name, limits[name], { min: 1, max: 2_147_483_647 });
  checkWhole("maxRetries", limits.maxRetries, { min: 0, max: 10 });
  checkWhole("maxRetryAfterMs", limits.maxRetryAfterMs, { min: 0, max: 2_147_483_647 });
  try {
    if (new Headers(limits.headers).has("authorization")) throw "Authorization is that of the API token";
  } catch (error) {
    throw argumentError("headers", typeof error === "string" ? error : "a name or value is invalid");
  }
  return limits;
}

function checkWhole(name: string, value: number, { min, max }: { min: number; max: number }): void {
  if (!Number.isInteger(value) || value < min || value > max)
    throw argumentError(name, `must be a whole number from ${min} to ${max}`);
}
