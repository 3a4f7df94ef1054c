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
import { type RateLimit, readRateLimit, retryAfterOf } from "./rate-limit.ts";

/** A successful response whose body has not been read yet. The reader of the body ends the deadline. */
export interface Exchange {
  response: Response;
  deadline: Deadline;
}

export interface Request {
  /** Path and query, after the base URL. */
  path: string;
  /** Of the response that the client has already. */
  etag?: string | undefined;
  /** Default: GET. */
  method?: "POST" | "PUT" | undefined;
  /** Sent as JSON. */
  body?: object | undefined;
  limits: Limits;
}

export interface Transport {
  readonly baseUrl: string;
  /** The options of a call, completed by those of the client. @throws ValidationError */
  limitsOf(given?: RequestOptions): Limits;
  /** Sends until it succeeds, as often as the limits allow, and reads the response. */
  send<T>(request: Request, read: (exchange: Exchange) => Promise<T>): Promise<WithResponse<T>>;
  /** Of the last response. */
  rateLimit: RateLimit | null;
}

const FIRST_WAIT_MS = 500;
const LONGEST_BACKOFF_MS = 8_000;

/** What servers asked to wait, by the error their answer became. */
const waits = /* @__PURE__ */ new WeakMap<object, number>();

/** Milliseconds to wait before the next try; `null` when another one makes no sense. `tries` begins with 0. */
function waitAfter(error: AnyOrwatchError, tries: number, { maxRetries, maxRetryAfterMs }: Limits): number | null {
  const { name, status, code, reason } = error;
  const isPassing =
    name === "ConnectionError" ||
    status === 408 ||
    status === 429 ||
    (status ?? 0) >= 500 ||
    // The first attempt is still running.
    reason === "idempotency_key_in_use";
  if (tries >= maxRetries || !isPassing || code === "REDIRECTED") return null;
  const asked = waits.get(error);
  // Jitter: clients that got the same Retry-After must not return at the same moment.
  if (asked !== undefined) return asked <= maxRetryAfterMs ? asked + Math.random() * 250 : null;
  return Math.random() * Math.min(LONGEST_BACKOFF_MS, FIRST_WAIT_MS * 2 ** tries);
}

/** What the caller's policy makes of it. It decides, but not beyond `maxRetries`. */
function decide(failed: FailedAttempt, { maxRetries, shouldRetry }: Limits): number | null {
  const { delayMs, attempt } = failed;
  const verdict = attempt <= maxRetries ? shouldRetry?.(failed) : undefined;
  if (verdict === true) return delayMs ?? Math.random() * FIRST_WAIT_MS;
  if (verdict === false) return null;
  return typeof verdict === "number" && verdict >= 0 ? verdict : delayMs;
}

const isBrowser = () => "document" in globalThis;

/** What a failed fetch or a broken body means to the caller. */
export function interruptionOf(error: unknown, deadline: Deadline, address: string): unknown {
  if (deadline.signal.aborted) return deadline.signal.reason;
  if (isOrwatchError(error)) return error;
  const cause = (error as { cause?: unknown } | null)?.cause ?? error;
  const { code, message } = (cause ?? {}) as { code?: unknown; message?: unknown };
  const detail = typeof code === "string" ? code : typeof message === "string" && message ? message : String(cause);
  const hint = isBrowser() ? " Is this page's origin in the server's CORS_ORIGINS?" : "";
  const what = deadline.requestId === null ? "could not be reached" : "broke off its answer";
  return new ConnectionError(`${address} ${what}: ${detail}.${hint}`, {
    code: "NO_CONNECTION",
    requestId: deadline.requestId,
    cause: error,
  });
}

export function createTransport(
  options: ClientOptions,
  /** The error of a response whose body is this text. Default: as REST has it. */
  readError = (response: Response, text: string): OrwatchError =>
    errorOfResponse(response, { body: parseJson(text), baseUrl: readBaseUrl(options.baseUrl) }),
): Transport {
  const { onRequest, onResponse, onRetry, logger } = options;
  const fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
  const baseUrl = readBaseUrl(options.baseUrl);
  const token = readToken(options.token);
  const defaults = readLimits({ ...options, signal: undefined });
  const warn = (message: string) => (logger === undefined ? console : logger)?.warn(message);

  /** Headers of a request, those of the caller before ours. */
  function headersOf({ limits, etag, body }: Request): Headers {
    const headers = new Headers({ Accept: "application/json, text/csv;q=0.9" });
    // In a browser it would need a permission of the server.
    if (!isBrowser()) headers.set("User-Agent", `orwatch-sdk/${VERSION}`);
    for (const [name, value] of Object.entries(limits.headers)) headers.set(name, value);
    if (etag) headers.set("If-None-Match", etag);
    if (body) headers.set("Content-Type", "application/json");
    headers.set("Authorization", `Bearer ${token}`);
    return headers;
  }

  async function sendOnce<T>(
    request: Request,
    event: RequestEvent,
    read: (exchange: Exchange) => Promise<T>,
  ): Promise<WithResponse<T>> {
    const { limits, etag, method = "GET", body } = request;
    if (limits.signal?.aborted) throw limits.signal.reason;
    await onRequest?.(event);
    const deadline = createDeadline(limits);
    const guarded = async <Result>(work: () => Promise<Result>): Promise<Result> => {
      try {
        return await work();
      } catch (error) {
        const interruption = interruptionOf(error, deadline, baseUrl);
        deadline.end(interruption);
        throw interruption;
      }
    };
    const started = Date.now();
    const response = await guarded(async () =>
      deadline.race(
        Promise.resolve(
          fetch(event.url, {
            method,
            headers: headersOf(request),
            signal: deadline.signal,
            ...(body && { body: JSON.stringify(body) }),
          }),
        ),
      ),
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
      deadline.end(error);
      throw error;
    }
    return guarded(async () => {
      const redirect = errorOfRedirect(response, baseUrl);
      if (redirect) throw redirect;
      transport.rateLimit = readRateLimit(headers) ?? transport.rateLimit;
      const mismatch = findMismatch(headers);
      if (mismatch) warn(mismatch);
      if (response.ok || (status === 304 && etag))
        return { data: await read({ response, deadline }), status, headers, requestId };
      const error = readError(response, await deadline.race(response.text()));
      const asked = retryAfterOf(headers);
      if (asked !== null) waits.set(error, asked);
      throw error;
    });
  }

  const transport: Transport = {
    baseUrl,
    rateLimit: null,
    limitsOf: (given = {}) => readLimits(given, defaults),
    async send(request, read) {
      const { path, limits } = request;
      for (let tries = 0; ; tries += 1) {
        const event = { url: baseUrl + path, attempt: tries + 1 };
        try {
          return await sendOnce(request, event, read);
        } catch (error) {
          if (!isOrwatchError(error)) throw error;
          const delayMs = decide({ ...event, error, delayMs: waitAfter(error, tries, limits) }, limits);
          if (delayMs === null) throw error;
          logger?.debug(`orwatch: retrying in ${Math.round(delayMs)} ms after ${error.name}: ${error.message}`);
          await onRetry?.({ ...event, error, delayMs });
          await sleep(delayMs, limits.signal);
        }
      }
    },
  };
  return transport;
}
