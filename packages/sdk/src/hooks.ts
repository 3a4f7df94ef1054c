import type { AnyOrwatchError } from "./errors.ts";

/** A request that is about to be sent. */
export interface RequestEvent {
  /** Its URL, without a secret. */
  url: string;
  /** 1 for the first attempt of a call. */
  attempt: number;
}

/** A response that has arrived, also one that is an error. */
export interface ResponseEvent extends RequestEvent {
  /** HTTP status. */
  status: number;
  /** Headers of the response. */
  headers: Headers;
  /** `X-Request-Id`; `null` if there is none. */
  requestId: string | null;
  /** Milliseconds from sending the request to the headers of the response. */
  durationMs: number;
}

/** A failed attempt. */
export interface FailedAttempt extends RequestEvent {
  /** Why it failed. */
  error: AnyOrwatchError;
  /** Milliseconds after which the SDK retries; `null` if it does not. */
  delayMs: number | null;
}

/** A retry that is about to wait. */
export interface RetryEvent extends FailedAttempt {
  /** Milliseconds after which the next attempt begins. */
  delayMs: number;
}

/** Functions that are called, and awaited, during every call. If one throws, the call throws that. */
export interface Hooks {
  /** Called before every attempt. */
  onRequest?: ((event: RequestEvent) => unknown) | undefined;
  /** Called when the headers of a response have arrived. */
  onResponse?: ((event: ResponseEvent) => unknown) | undefined;
  /** Called before the wait for a retry. */
  onRetry?: ((event: RetryEvent) => unknown) | undefined;
}

/** Where the SDK writes: `console`, or the logger of your program. Tokens and amounts are never written. */
export interface Logger {
  /** Every response and retry. */
  debug(message: string): void;
  /** The warning that SDK and server do not fit. */
  warn(message: string): void;
}
