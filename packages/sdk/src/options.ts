import { refuseArgument } from "./errors.ts";

/** Settings of one call; they go before those of the client. */
export interface RequestOptions {
  /** Stops the call, also between tries and in the middle of a page or stream; it then ends with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Milliseconds one try may take, 1 to 2147483647. Default: 30000. For a stream, that may pass without a byte. */
  timeoutMs?: number | undefined;
  /** How often a call is tried again after a broken connection, 408, 429 or 5xx: 0 to 10. Default: 2. */
  maxRetries?: number | undefined;
}

/** Settings of a client. */
export interface ClientOptions extends Omit<RequestOptions, "signal"> {
  /** Address of your orwatch, with the path it is mounted under if there is one; Default: `ORWATCH_URL`. */
  baseUrl?: string | undefined;
  /** API token (`or_api_…`) that you issue in the web app under API tokens; Default: `ORWATCH_TOKEN`. */
  token?: string | undefined;
  /** What sends the requests; default: the platform's `fetch`. */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
}

/** Limits of one call, complete. */
export interface Limits {
  signal: AbortSignal | undefined;
  timeoutMs: number;
  maxRetries: number;
}

/** Absent in browsers and some bundles. */
const environment = (name: string): string | undefined =>
  (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.[name];

/**
 * The address that requests go below, without a slash at its end.
 * @throws ValidationError when there is none, or it is no address
 */
export function readBaseUrl(given: string | undefined): string {
  const text = (given ?? environment("ORWATCH_URL") ?? "").trim();
  const refuse = (message: string) => refuseArgument("baseUrl", message);
  if (!text)
    throw refuse(
      'is missing: pass createClient({ baseUrl: "https://orwatch.example.com" }) or set ORWATCH_URL to the address you open orwatch at.',
    );
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw refuse(`${JSON.stringify(text)} is no address; write it like https://orwatch.example.com.`);
  }
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw refuse(`${JSON.stringify(text)} begins with neither http:// nor https://.`);
  if (url.username || url.password) throw refuse("must not carry a name or password; the API token is enough.");
  // An address copied from the REST documentation means the same server.
  return (
    url.origin +
    url.pathname
      .replace(/\/+$/, "")
      .replace(/\/(api(\/v1)?|trpc)$/, "")
      .replace(/\/+$/, "")
  );
}

/** @throws ValidationError when there is none, or it is something else */
export function readToken(given: string | undefined): string {
  // Invisible characters come along when a token is pasted from a page or a chat.
  const token = (given ?? environment("ORWATCH_TOKEN") ?? "").replace(/\p{Default_Ignorable_Code_Point}/gu, "").trim();
  if (!token)
    throw refuseArgument(
      "token",
      "is missing: issue an API token in orwatch under API tokens, then pass createClient({ token }) or set ORWATCH_TOKEN.",
    );
  if (!/^or_api_[\x21-\x7e]+$/.test(token))
    throw refuseArgument(
      "token",
      token.startsWith("sk-or-")
        ? "is a key of OpenRouter. It belongs nowhere but in orwatch; pass an API token (or_api_…) that you issue there."
        : "is not an API token: those begin with or_api_ and are issued in orwatch under API tokens.",
    );
  return token;
}

/** @throws ValidationError for a number out of bounds */
export function readLimits(options: RequestOptions, defaults?: Limits): Limits {
  const limits: Limits = {
    signal: options.signal,
    timeoutMs: options.timeoutMs ?? defaults?.timeoutMs ?? 30_000,
    maxRetries: options.maxRetries ?? defaults?.maxRetries ?? 2,
  };
  checkWhole("timeoutMs", limits.timeoutMs, { min: 1, max: 2_147_483_647 });
  checkWhole("maxRetries", limits.maxRetries, { min: 0, max: 10 });
  return limits;
}

function checkWhole(name: string, value: number, { min, max }: { min: number; max: number }): void {
  if (!Number.isInteger(value) || value < min || value > max)
    throw refuseArgument(name, `must be a whole number from ${min} to ${max}`);
}
