import type { Issue } from "./operations.d.ts";

const BRAND = Symbol.for("@orwatch/sdk.error");

/** Details of an error. */
export interface ErrorOrigin {
  /** HTTP status of the response; `null` if there was none. */
  status?: number | null;
  /** Code of the server, such as `UNAUTHORIZED`, or of the SDK. */
  code: string;
  /** Reason code of the server; `null` if none. */
  reason?: string | null;
  /** Parameters of the reason. Default: empty. */
  params?: Readonly<Record<string, unknown>>;
  /** `X-Request-Id` of the response; `null` if there was none. */
  requestId?: string | null;
  /** Milliseconds after which the server accepts requests again; `null` if it did not say. */
  retryAfterMs?: number | null;
  cause?: unknown;
}

/** Base class of all errors of this SDK. Distinguish them by `name` or with `instanceof`. */
export abstract class OrwatchError extends Error {
  abstract override readonly name: string;
  /** HTTP status of the response; `null` if there was none. */
  declare readonly status: number | null;
  /** Code of the server, such as `UNAUTHORIZED` or `BAD_REQUEST`, or of the SDK: `NO_CONNECTION`, `TIMEOUT`, `INVALID_ANSWER`, `INVALID_ARGUMENT`, `REDIRECTED`. */
  declare readonly code: string;
  /** Stable reason code, such as `api_token_unknown`; `null` if the server sent none. New codes may be added in any version. */
  declare readonly reason: string | null;
  /** Parameters of the reason: IDs, names, counts and dates. Empty without a reason. */
  declare readonly params: Readonly<Record<string, unknown>>;
  /** ID of the request, as in the server's log. Include it when you report a problem. `null` if there was no response. */
  declare readonly requestId: string | null;
  /** Milliseconds until the server accepts requests again, according to `Retry-After`; `null` if it did not say. */
  declare readonly retryAfterMs: number | null;

  constructor(message: string, { cause, ...origin }: ErrorOrigin) {
    super(message, cause === undefined ? undefined : { cause });
    Object.assign(this, { status: null, reason: null, params: {}, requestId: null, retryAfterMs: null }, origin);
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/** Any other error of the server, or a response that is not from orwatch. */
export class ApiError extends OrwatchError {
  override readonly name = "ApiError";
}

/** 401: the API token is unknown or revoked. */
export class AuthenticationError extends OrwatchError {
  override readonly name = "AuthenticationError";
}

/** 404: the resource does not exist, or there is no orwatch server at this URL. */
export class NotFoundError extends OrwatchError {
  override readonly name = "NotFoundError";
}

/** 429: the API token has reached its rate limit, and would have to wait for more than a minute. */
export class RateLimitError extends OrwatchError {
  override readonly name = "RateLimitError";
}

/** 400: the request is invalid. If the SDK has rejected it without sending, `status` is `null`. */
export class ValidationError extends OrwatchError {
  override readonly name = "ValidationError";
  /** Invalid fields; empty if the whole request is invalid. */
  declare readonly issues: readonly Issue[];

  constructor(message: string, origin: ErrorOrigin & { issues: readonly Issue[] }) {
    super(message, origin);
  }
}

/** No response or no further data within `timeoutMs`, or a stream that was not read for `idleTimeoutMs`. Not retried. */
export class TimeoutError extends OrwatchError {
  override readonly name = "TimeoutError";
  /** The timeout in milliseconds. */
  declare readonly timeoutMs: number;

  constructor(
    timeoutMs: number,
    requestId: string | null = null,
    message = `The server did not answer within ${timeoutMs} ms.`,
  ) {
    super(message, { code: "TIMEOUT", requestId, timeoutMs } as ErrorOrigin);
  }
}

/** The server could not be reached, or the connection was interrupted; see `cause`. */
export class ConnectionError extends OrwatchError {
  override readonly name = "ConnectionError";
}

/** Every error that a call can throw, distinguished by `name`. (A call that you abort throws the reason of your signal.) */
export type AnyOrwatchError =
  | ApiError
  | AuthenticationError
  | ConnectionError
  | NotFoundError
  | RateLimitError
  | TimeoutError
  | ValidationError;

/** Whether a caught value is an error of this SDK, even of another copy of it. */
export const isOrwatchError = (error: unknown): error is AnyOrwatchError =>
  !!(error as { [BRAND]?: boolean } | null)?.[BRAND];

/** An invalid argument. Nothing was sent. */
export const argumentError = (path: string, message: string): ValidationError =>
  new ValidationError(`${path}: ${message}`, {
    code: "INVALID_ARGUMENT",
    issues: [{ path, message, reason: "field_invalid", params: { text: message } }],
  });

/** @throws ValidationError unless it is a whole number of the range */
export function checkWhole(name: string, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max)
    throw argumentError(name, `must be a whole number from ${min} to ${max}`);
}
