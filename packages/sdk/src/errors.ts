import type { Issue } from "./app-router.d.ts";

const BRAND = Symbol.for("@orwatch/sdk.error");

/** Where an error comes from. */
export interface ErrorOrigin {
  /** HTTP status of the response; `null` when there was none. */
  status?: number | null;
  /** The server's code, such as `UNAUTHORIZED`, or the SDK's own. */
  code: string;
  /** Why, as the server's reason; `null` when it gave none. */
  reason?: string | null;
  /** What the reason is about; empty when left out. */
  params?: Readonly<Record<string, unknown>>;
  /** `X-Request-Id` of the response; `null` when there was none. */
  requestId?: string | null;
  cause?: unknown;
}

/** What every error of this SDK has; distinguish them by `name`, or with `instanceof`. */
export abstract class OrwatchError extends Error {
  abstract override readonly name: string;
  /** HTTP status of the response; `null` when there was none. */
  readonly status: number | null;
  /** The server's code, such as `UNAUTHORIZED` or `BAD_REQUEST`, or the SDK's own: `NO_CONNECTION`, `TIMEOUT`, `INVALID_ANSWER`, `INVALID_ARGUMENT`. */
  readonly code: string;
  /** Why, as a stable code such as `api_token_unknown`; `null` when the server gave none. New ones may come with any version. */
  readonly reason: string | null;
  /** What the reason is about: ids, names, counts, days; empty without a reason. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Quote it when you report a problem: the server's log has the same. `null` when there was no response. */
  readonly requestId: string | null;

  constructor(message: string, origin: ErrorOrigin) {
    super(message, origin.cause === undefined ? undefined : { cause: origin.cause });
    this.status = origin.status ?? null;
    this.code = origin.code;
    this.reason = origin.reason ?? null;
    this.params = origin.params ?? {};
    this.requestId = origin.requestId ?? null;
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/** The server refused or failed in a way that has no class of its own, or answered what is no response of orwatch. */
export class ApiError extends OrwatchError {
  override readonly name = "ApiError";
}

/** 401: the API token is unknown or revoked. */
export class AuthenticationError extends OrwatchError {
  override readonly name = "AuthenticationError";
}

/** 404: there is no such thing, or no orwatch, at this address. */
export class NotFoundError extends OrwatchError {
  override readonly name = "NotFoundError";
}

/** 429: the API token has made all requests of its window, and retrying within a minute would not help. */
export class RateLimitError extends OrwatchError {
  override readonly name = "RateLimitError";
  /** Milliseconds until the server takes requests again; `null` when it does not say. */
  readonly retryAfterMs: number | null;

  constructor(message: string, origin: ErrorOrigin & { retryAfterMs: number | null }) {
    super(message, origin);
    this.retryAfterMs = origin.retryAfterMs;
  }
}

/** 400: the server does not take what was sent; or this SDK does not, and sent nothing (`status` is `null`). */
export class ValidationError extends OrwatchError {
  override readonly name = "ValidationError";
  /** What is wrong, field by field; empty when it is about the request as a whole. */
  readonly issues: readonly Issue[];

  constructor(message: string, origin: ErrorOrigin & { issues: readonly Issue[] }) {
    super(message, origin);
    this.issues = origin.issues;
  }
}

/** No answer, or no more of it, within `timeoutMs`. It is not retried: you have waited as long as you wanted to. */
export class TimeoutError extends OrwatchError {
  override readonly name = "TimeoutError";
  /** Milliseconds that were waited. */
  readonly timeoutMs: number;

  constructor(timeoutMs: number, requestId: string | null = null) {
    super(`The server did not answer within ${timeoutMs} ms.`, { code: "TIMEOUT", requestId });
    this.timeoutMs = timeoutMs;
  }
}

/** The server could not be reached, or the connection broke; `cause` says how. */
export class ConnectionError extends OrwatchError {
  override readonly name = "ConnectionError";
}

/** Every error that a call may end with, distinguished by `name`. (A call that you abort ends with the reason of your signal.) */
export type AnyOrwatchError =
  | ApiError
  | AuthenticationError
  | ConnectionError
  | NotFoundError
  | RateLimitError
  | TimeoutError
  | ValidationError;

/** Whether something caught is an error of this SDK, of whichever copy of it: `error.name` says which. */
export const isOrwatchError = (error: unknown): error is AnyOrwatchError =>
  typeof error === "object" && error !== null && BRAND in error;

/** An argument that cannot be right; nothing was sent. */
export const refuseArgument = (path: string, message: string): ValidationError =>
  new ValidationError(`${path}: ${message}`, {
    code: "INVALID_ARGUMENT",
    issues: [{ path, message, reason: "field_invalid", params: { text: message } }],
  });
