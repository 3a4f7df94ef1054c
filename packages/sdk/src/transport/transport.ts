import { type AnyOrwatchError, ConnectionError, isOrwatchError, type OrwatchError } from "../errors.ts";
import type { FailedAttempt, RequestEvent } from "../hooks.ts";
import {
  type ClientOptions,
  type Limits,
  type RequestOptions,
  readBaseUrl,
  readLimits,
  readToken,
} from "../options.ts";
import { errorOfRedirect, errorOfResponse, parseJson, requestIdOf } from "./answer.ts";
import type { WithResponse } from "./api-promise.ts";
import { findMismatch, VERSION } from "./compatibility.ts";
import { createDeadline, type Deadline, sleep } from "./deadline.ts";
import { type RateLimit, readRateLimit } from "./rate-limit.ts";

export interface Request {
  /** Path and query, after the base URL. */
  path: string;
  /** Of the response that the client has already. */
  etag?: string | undefined;
  /** Default: GET. */
  method?: "POST" | "PUT" | undefined;
  /** Sent as JSON. */
  body?: object | undefined;
  limits?: RequestOptions | undefined;
}

/** Reads the body of a successful response, and ends the deadline. */
type Read<T> = (response: Response, deadline: Deadline) => Promise<T>;

export interface Transport {
  readonly baseUrl: string;
  /** Sends until it succeeds, as often as the limits allow, and reads the response. */
  send<T>(request: Request, read: Read<T>): Promise<WithResponse<T>>;
  /** Of the last response. */
  rateLimit: RateLimit | null;
}

const FIRST_WAIT_MS = 500;
const LONGEST_BACKOFF_MS = 8_000;

/** Milliseconds to wait before the next attempt; `null` when another one makes no sense. */
function waitAfter(error: AnyOrwatchError, attempt: number, maxRetryAfterMs: number): number | null {
  const { name, status, code, reason, retryAfterMs } = error;
  const isPassing =
    name === "ConnectionError" ||
    status === 408 ||
    status === 429 ||
    (status ?? 0) >= 500 ||
    // The first attempt is still running.
    reason === "idempotency_key_in_use";
  if (!isPassing || code === "REDIRECTED") return null;
  if (retryAfterMs === null) return Math.random() * Math.min(LONGEST_BACKOFF_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
  // Jitter: clients that got the same Retry-After must not return at the same moment.
  return retryAfterMs <= maxRetryAfterMs ? retryAfterMs + Math.random() * 250 : null;
}

/** What the caller's policy makes of it. */
function decide(failed: FailedAttempt, { shouldRetry }: Limits): number | null {
  const { delayMs } = failed;
  const verdict = shouldRetry?.(failed) ?? delayMs;
  if (verdict === true) return delayMs ?? Math.random() * FIRST_WAIT_MS;
  return verdict === false ? null : verdict;
}

const isBrowser = () => "document" in globalThis;

/** Ends the attempt. @returns what a failed fetch or a broken body means to the caller */
export function interrupt(error: unknown, deadline: Deadline, baseUrl: string): unknown {
  const interruption = deadline.signal.aborted
    ? deadline.signal.reason
    : isOrwatchError(error)
      ? error
      : connectionError(error, deadline, baseUrl);
  deadline.end(interruption);
  return interruption;
}

function connectionError(error: unknown, { requestId }: Deadline, baseUrl: string): ConnectionError {
  const cause = (error as { cause?: unknown } | null)?.cause ?? error;
  const { code, message } = (cause ?? {}) as { code?: unknown; message?: unknown };
  const detail = typeof code === "string" ? code : message || String(cause);
  const hint = isBrowser() ? " Is this page's origin in the server's CORS_ORIGINS?" : "";
  const what = requestId === null ? "could not be reached" : "broke off its answer";
  return new ConnectionError(`${baseUrl} ${what}: ${detail}.${hint}`, {
    code: "NO_CONNECTION",
    requestId,
    cause: error,
  });
}

export function createTransport(
  options: ClientOptions,
  /** The error of a response whose body is this text. Default: as REST has it. */
  readError = (response: Response, text: string, baseUrl: string): OrwatchError =>
    errorOfResponse(response, { body: parseJson(text), baseUrl }),
): Transport {
  const { onRequest, onResponse, onRetry, logger } = options;
  const baseUrl = readBaseUrl(options.baseUrl);
  const token = readToken(options.token);
  const defaults = readLimits({ ...options, signal: undefined });

  function headersOf({ etag, body }: Request, limits: Limits): Headers {
    const headers = new Headers();
    for (const [name, value] of Object.entries({
      Accept: "application/json, text/csv;q=0.9",
      // In a browser it would need a permission of the server.
      "User-Agent": isBrowser() ? undefined : `orwatch-sdk/${VERSION}`,
      ...limits.headers,
      "If-None-Match": etag,
      "Content-Type": body && "application/json",
      Authorization: `Bearer ${token}`,
    }))
      if (value !== undefined) headers.set(name, value);
    return headers;
  }

  async function sendOnce<T>(
    request: Request,
    { event, limits, read }: { event: RequestEvent; limits: Limits; read: Read<T> },
  ): Promise<WithResponse<T>> {
    const { etag, method = "GET", body } = request;
    if (limits.signal?.aborted) throw limits.signal.reason;
    await onRequest?.(event);
    const deadline = createDeadline(limits);
    try {
      const started = Date.now();
      const response = await deadline.race(
        (options.fetch ?? fetch)(event.url, {
          method,
          headers: headersOf(request, limits),
          signal: deadline.signal,
          ...(body && { body: JSON.stringify(body) }),
        }),
      );
      const { status, headers } = response;
      const requestId = requestIdOf(response);
      deadline.requestId = requestId;
      const durationMs = Date.now() - started;
      logger?.debug(
        `orwatch: ${method} ${event.url} responded with ${status} after ${durationMs} ms (request ${requestId})`,
      );
      try {
        await onResponse?.({ ...event, status, headers, requestId, durationMs });
      } catch (error) {
        // Its reason is thrown below.
        deadline.end(error);
        throw error;
      }
      const redirect = errorOfRedirect(response, baseUrl);
      if (redirect) throw redirect;
      transport.rateLimit = readRateLimit(headers) ?? transport.rateLimit;
      const mismatch = findMismatch(headers);
      if (mismatch) (logger === undefined ? console : logger)?.warn(mismatch);
      if (response.ok || (status === 304 && etag))
        return { data: await read(response, deadline), status, headers, requestId };
      throw readError(response, await deadline.race(response.text()), baseUrl);
    } catch (error) {
      throw interrupt(error, deadline, baseUrl);
    }
  }

  const transport: Transport = {
    baseUrl,
    rateLimit: null,
    async send(request, read) {
      const limits = readLimits(request.limits ?? {}, defaults);
      for (let attempt = 1; ; attempt += 1) {
        const event = { url: baseUrl + request.path, attempt };
        try {
          return await sendOnce(request, { event, limits, read });
        } catch (error) {
          if (!isOrwatchError(error) || attempt > limits.maxRetries) throw error;
          const failed = { ...event, error, delayMs: waitAfter(error, attempt, limits.maxRetryAfterMs) };
          const delayMs = decide(failed, limits);
          if (delayMs === null) throw error;
          logger?.debug(`orwatch: retrying in ${Math.round(delayMs)} ms after ${error.name}: ${error.message}`);
          await onRetry?.({ ...failed, delayMs });
          await sleep(delayMs, limits.signal);
        }
      }
    },
  };
  return transport;
}
