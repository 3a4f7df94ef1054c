import { type AnyMessage, type Message, message } from "@orwatch/messages/message";
import { toEnglish } from "@orwatch/messages/renderer";
import { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import type { StorageHealth } from "../platform/storage.ts";
import { type Issue, summarizeIssues, toIssues } from "./validation-issues.ts";

type StatusCode = TRPCError["code"];

/**
 * Codes that are more specific than the status: what the client must do before it retries.
 * `SECOND_FACTOR_REQUIRED`: log in with a `code`. `REAUTHENTICATE`: confirm your identity with password and code.
 * `FORBIDDEN_ROLE`: get a more powerful role in the team. `SECOND_FACTOR_SETUP_REQUIRED`: set up two-factor authentication.
 * `BREAKDOWN_UNAVAILABLE`: group by something that is collected.
 * `MISSING_SCOPE`: use an API token with the scope.
 */
const STATUS_OF = {
  SECOND_FACTOR_REQUIRED: "UNAUTHORIZED",
  REAUTHENTICATE: "FORBIDDEN",
  FORBIDDEN_ROLE: "FORBIDDEN",
  SECOND_FACTOR_SETUP_REQUIRED: "FORBIDDEN",
  BREAKDOWN_UNAVAILABLE: "BAD_REQUEST",
  MISSING_SCOPE: "FORBIDDEN",
} as const;

type ErrorCode = StatusCode | keyof typeof STATUS_OF;

/** An error for the client, with a code and a message. The message is rendered where the error leaves the server. */
export class AppError extends TRPCError {
  /** Sent to clients as `code`. */
  readonly errorCode: ErrorCode;
  readonly reason: Message;
  readonly issues: Issue[] | undefined;
  /** Seconds, with TOO_MANY_REQUESTS. */
  readonly retryAfterS: number | undefined;

  constructor(
    code: ErrorCode,
    reason: Message,
    options: { cause?: unknown; issues?: Issue[]; retryAfterS?: number } = {},
  ) {
    super({
      code: Object.hasOwn(STATUS_OF, code) ? STATUS_OF[code as keyof typeof STATUS_OF] : (code as StatusCode),
      message: reason.code,
      cause: options.cause,
    });
    this.errorCode = code;
    this.reason = reason;
    this.issues = options.issues;
    this.retryAfterS = options.retryAfterS;
  }
}

/** A request with invalid fields. */
export const invalidRequest = (issues: Issue[]): AppError =>
  new AppError("BAD_REQUEST", summarizeIssues(issues), { issues });

/** A rate limit was exceeded. The client may retry after `seconds`. */
export const tooManyRequests = (reason: Extract<Message, { params: { seconds: number } }>): AppError =>
  new AppError("TOO_MANY_REQUESTS", reason, { retryAfterS: reason.params.seconds });

/**
 * Call before rejecting something that was not found in the database: in a damaged one it may exist.
 * @throws SERVICE_UNAVAILABLE if the database is known to be damaged
 */
export function requireIntactDatabase(app: { storage: StorageHealth }): void {
  if (app.storage.damage() !== null) throw new AppError("SERVICE_UNAVAILABLE", message("database_damaged", {}));
}

/** The error that a client receives, without the status. */
export interface Failure {
  code: string;
  reason: AnyMessage;
  issues?: Issue[] | undefined;
  /** Seconds, with TOO_MANY_REQUESTS. */
  retryAfterS?: number | undefined;
}

/** The error that a client receives for an unexpected error. */
export const INTERNAL_ERROR = { code: "INTERNAL_SERVER_ERROR", reason: message("internal_error", {}) };

/** Default if the error does not say. */
const RETRY_AFTER_S = 60;

/** Errors of tRPC itself, before or after a procedure. */
const REASONS: Partial<Record<StatusCode, Message>> = {
  PARSE_ERROR: message("body_invalid_json", {}),
  NOT_FOUND: message("endpoint_not_found", {}),
  UNSUPPORTED_MEDIA_TYPE: message("body_not_json", {}),
};

/** The error that a client receives for a failed procedure. Never contains the text of an unexpected error. */
export function failureOf(error: TRPCError): Failure {
  const { code } = error;
  if (error instanceof AppError) {
    const { errorCode, reason, issues } = error;
    const wait = code === "TOO_MANY_REQUESTS" ? { retryAfterS: retryAfterOf(error) } : {};
    return { code: errorCode, reason, ...(issues ? { issues } : {}), ...wait };
  }
  if (code === "INTERNAL_SERVER_ERROR") return INTERNAL_ERROR;
  if (error.cause instanceof ZodError) {
    const issues = toIssues(error.cause);
    return { code, reason: summarizeIssues(issues), issues };
  }
  const wait = code === "TOO_MANY_REQUESTS" ? { retryAfterS: retryAfterOf(error) } : {};
  return { code, reason: REASONS[code] ?? message("request_rejected", { text: error.message }), ...wait };
}

/** Seconds that a client must wait after TOO_MANY_REQUESTS. */
export const retryAfterOf = (error: TRPCError): number =>
  (error instanceof AppError ? error.retryAfterS : undefined) ?? RETRY_AFTER_S;

/** A message in an error response. */
export interface WireReason {
  /** What to do, in English. */
  message: string;
  /** The message code; see docs/errors.md. */
  reason: string;
  /** IDs, names, counts and dates, without formatting. */
  params: Record<string, unknown>;
}

/** An issue in an error response. */
export interface WireIssue extends WireReason {
  /** Path joined by dots; empty for the whole input. */
  path: string;
}

export const writeReason = (reason: AnyMessage): WireReason => ({
  message: toEnglish(reason),
  reason: reason.code,
  params: reason.params,
});

export const writeIssue = ({ path, reason }: Issue): WireIssue => ({ path, ...writeReason(reason) });
