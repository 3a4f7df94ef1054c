import { argumentError, checkWhole } from "./errors.ts";
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

/**
 * An option, or the environment variable for it. Browsers and some bundles have none.
 * @throws ValidationError if both are missing. `first` says what to do before passing it
 */
function readOption(
  name: string,
  given: unknown,
  { variable, first = "" }: { variable: string; first?: string },
): string {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  // Pasted text may contain invisible characters.
  const text = String(given ?? process?.env?.[variable] ?? "")
    .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
    .trim();
  if (text) return text;
  throw argumentError(name, `is missing: ${first}pass createClient({ ${name} }) or set ${variable}.`);
}

/**
 * The base URL of requests, without a trailing slash.
 * @throws ValidationError if it is missing or not a URL
 */
export function readBaseUrl(given: string | URL | undefined): string {
  const text = readOption("baseUrl", given, { variable: "ORWATCH_URL" });
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text))
    throw argumentError("baseUrl", `${JSON.stringify(text)} is not a URL such as https://orwatch.example.com.`);
  const { origin, pathname, username, password } = new URL(text);
  if (username || password) throw argumentError("baseUrl", "must not contain a user name or password.");
  // A URL copied from the REST documentation is accepted too.
  return origin + pathname.replace(/\/*(\/(api(\/v1)?|trpc))?\/*$/, "");
}

const HOW_TO_GET = "create one in orwatch under API tokens";

/** @throws ValidationError if it is missing or not an API token */
export function readToken(given: string | undefined): string {
  const token = readOption("token", given, { variable: "ORWATCH_TOKEN", first: `${HOW_TO_GET}, then ` });
  if (/^or_api_[\x21-\x7e]+$/.test(token)) return token;
  const what = token.startsWith("sk-or-") ? "is a key of OpenRouter, not" : "is not";
  throw argumentError("token", `${what} an API token (or_api_…): ${HOW_TO_GET}.`);
}

const LONGEST_MS = 2_147_483_647;
/** Default, minimum and maximum of each. */
const NUMBERS = {
  timeoutMs: [30_000, 1, LONGEST_MS],
  idleTimeoutMs: [60_000, 1, LONGEST_MS],
  maxRetries: [2, 0, 10],
  maxRetryAfterMs: [60_000, 0, LONGEST_MS],
} as const;
type Numbers = Record<keyof typeof NUMBERS, number>;

/** @throws ValidationError for a number out of range */
export function readLimits(options: RequestOptions, defaults?: Limits): Limits {
  const numbers = {} as Numbers;
  for (const name of Object.keys(NUMBERS) as (keyof Numbers)[]) {
    const [byDefault, min, max] = NUMBERS[name];
    numbers[name] = options[name] ?? defaults?.[name] ?? byDefault;
    checkWhole(name, numbers[name], min, max);
  }
  const headers = { ...defaults?.headers, ...options.headers };
  let isAllowed = false;
  try {
    isAllowed = !new Headers(headers).has("authorization");
  } catch {}
  if (!isAllowed) throw argumentError("headers", "must be valid, without Authorization");
  return { ...numbers, signal: options.signal, shouldRetry: options.shouldRetry ?? defaults?.shouldRetry, headers };
}
