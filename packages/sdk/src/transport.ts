import { errorOfRedirect, errorOfResponse, parseJson, requestIdOf } from "./answer.ts";
import { createDeadline, type Deadline, sleep } from "./deadline.ts";
import { ConnectionError, isOrwatchError, type OrwatchError } from "./errors.ts";
import type { Limits } from "./options.ts";
import { type RateLimit, readRateLimit, retryAfterOf } from "./rate-limit.ts";

/** A successful response whose body has not been read yet. The reader of the body ends the deadline. */
export interface Exchange {
  response: Response;
  deadline: Deadline;
}

export interface Request {
  /** Path and query, after the base URL. */
  path: string;
  headers?: Record<string, string>;
  limits: Limits;
}

export interface Transport {
  /** Sends until it succeeds, as often as the limits allow, and reads the response. */
  send<T>(request: Request, read: (exchange: Exchange) => Promise<T>): Promise<T>;
  /** Of the last response. */
  rateLimit: RateLimit | null;
}

/** A call does not wait longer than this between two tries. */
const MAX_WAIT_MS = 60_000;
const FIRST_WAIT_MS = 500;
const LONGEST_BACKOFF_MS = 8_000;

/** What servers asked to wait, by the error their answer became. */
const waits = new WeakMap<object, number>();

/** Milliseconds to wait before the next try; `null` when another one makes no sense. */
function waitAfter(error: unknown, tries: number): number | null {
  if (!isOrwatchError(error)) return null;
  const { name, status, code } = error;
  if (code === "REDIRECTED") return null;
  const isPassing = name === "ConnectionError" || status === 408 || status === 429 || (status ?? 0) >= 500;
  if (!isPassing) return null;
  const asked = waits.get(error);
  // Jitter: clients that got the same Retry-After must not return at the same moment.
  if (asked !== undefined) return asked <= MAX_WAIT_MS ? asked + Math.random() * 250 : null;
  return Math.random() * Math.min(LONGEST_BACKOFF_MS, FIRST_WAIT_MS * 2 ** tries);
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

export function createTransport(options: {
  baseUrl: string;
  token: string;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** The error of a response whose body is this text. Default: as REST has it. */
  readError?: (response: Response, text: string) => OrwatchError;
}): Transport {
  const { baseUrl, token, fetch } = options;
  const readError =
    options.readError ?? ((response, text) => errorOfResponse(response, { body: parseJson(text), baseUrl }));

  async function sendOnce<T>({ path, headers, limits }: Request, read: (exchange: Exchange) => Promise<T>): Promise<T> {
    const deadline = createDeadline(limits);
    try {
      if (deadline.signal.aborted) throw deadline.signal.reason;
      const init: RequestInit = {
        headers: { Accept: "application/json, text/csv;q=0.9", ...headers, Authorization: `Bearer ${token}` },
        signal: deadline.signal,
      };
      const response = await deadline.race(Promise.resolve(fetch(baseUrl + path, init)));
      deadline.requestId = requestIdOf(response);
      const redirect = errorOfRedirect(response, baseUrl);
      if (redirect) throw redirect;
      transport.rateLimit = readRateLimit(response.headers) ?? transport.rateLimit;
      const isKnown = response.status === 304 && headers?.["If-None-Match"] !== undefined;
      if (response.ok || isKnown) return await read({ response, deadline });
      const error = readError(response, await deadline.race(response.text()));
      const asked = retryAfterOf(response.headers);
      if (asked !== null) waits.set(error, asked);
      throw error;
    } catch (error) {
      const interruption = interruptionOf(error, deadline, baseUrl);
      deadline.end(interruption);
      throw interruption;
    }
  }

  const transport: Transport = {
    rateLimit: null,
    async send(request, read) {
      const { limits } = request;
      for (let tries = 0; ; tries += 1) {
        try {
          return await sendOnce(request, read);
        } catch (error) {
          const wait = tries < limits.maxRetries ? waitAfter(error, tries) : null;
          if (wait === null) throw error;
          await sleep(wait, limits.signal);
        }
      }
    },
  };
  return transport;
}
