import { type AnyMessage, type Message, message } from "@orwatch/messages/message";
import { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { toEnglish } from "../platform/english.ts";
import type { StorageHealth } from "../platform/storage-health.ts";
import { type Issue, summarizeIssues, toIssues } from "./validation-issues.ts";

type StatusCode = TRPCError["code"];

/**
 * Codes that say more than the status does: what the client must do before it asks again.
 * `SECOND_FACTOR_REQUIRED`: log in with a `code` too. `REAUTHENTICATE`: give password and code again.
 */
const STATUS_OF = { SECOND_FACTOR_REQUIRED: "UNAUTHORIZED", REAUTHENTICATE: "FORBIDDEN" } as const;

export type ErrorCode = StatusCode | keyof typeof STATUS_OF;

/** An error for the client: its code, and a message that says why. The message is rendered where the error leaves the server. */
export class AppError extends TRPCError {
  /** What a client reads as `code`. */
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

/** A request whose fields are not valid. */
export const invalidRequest = (issues: Issue[]): AppError =>
  new AppError("BAD_REQUEST", summarizeIssues(issues), { issues });

/** One too many; the client may come back after `seconds`. */
export const tooManyRequests = (reason: Extract<Message, { params: { seconds: number } }>): AppError =>
  new AppError("TOO_MANY_REQUESTS", reason, { retryAfterS: reason.params.seconds });

/**
 * Before something is rejected because the database does not have it: a damaged one may only have failed to find it.
 * @throws SERVICE_UNAVAILABLE when the database is known to be damaged
 */
export function requireSound(app: { storage: StorageHealth }): void {
  if (app.storage.damage() !== null) throw new AppError("SERVICE_UNAVAILABLE", message("database_damaged", {}));
}

/** What a client receives for an error, apart from the status. */
export interface Failure {
  code: string;
  reason: AnyMessage;
  issues?: Issue[] | undefined;
  /** Seconds, with TOO_MANY_REQUESTS. */
  retryAfterS?: number | undefined;
}

/** What a client receives for a defect of the server. */
export const OUR_FAULT = { code: "INTERNAL_SERVER_ERROR", reason: message("internal_error", {}) };

/** A minute, where the error does not say. */
const RETRY_AFTER_S = 60;

/** Errors of tRPC itself, before or after a procedure. */
const REASONS: Partial<Record<StatusCode, Message>> = {
  PARSE_ERROR: message("body_invalid_json", {}),
  NOT_FOUND: message("endpoint_not_found", {}),
  UNSUPPORTED_MEDIA_TYPE: message("body_not_json", {}),
};

/** What a client receives for a failed procedure: never the text of an unexpected error. */
export function failureOf(error: TRPCError): Failure {
  const { code } = error;
  if (error instanceof AppError) {
    const { errorCode, reason, issues } = error;
    const wait = code === "TOO_MANY_REQUESTS" ? { retryAfterS: retryAfterOf(error) } : {};
    return { code: errorCode, reason, ...(issues ? { issues } : {}), ...wait };
  }
  if (code === "INTERNAL_SERVER_ERROR") return OUR_FAULT;
  if (error.cause instanceof ZodError) {
    const issues = toIssues(error.cause);
    return { code, reason: summarizeIssues(issues), issues };
  }
  const wait = code === "TOO_MANY_REQUESTS" ? { retryAfterS: retryAfterOf(error) } : {};
  return { code, reason: REASONS[code] ?? message("request_rejected", { text: error.message }), ...wait };
}

/** Seconds that a TOO_MANY_REQUESTS asks a client to wait. */
export const retryAfterOf = (error: TRPCError): number =>
  (error instanceof AppError ? error.retryAfterS : undefined) ?? RETRY_AFTER_S;

/** A message as it stands in an error. */
export interface WireReason {
  /** What to do, in English. */
  message: string;
  /** The message code: `docs/errors.md` lists them. */
  reason: string;
  /** Ids, names, counts, days; nothing formatted. */
  params: Record<string, unknown>;
}

/** An issue as it stands in an error. */
export interface WireIssue extends WireReason {
  /** Names joined by dots; empty for the whole. */
  path: string;
}

export const writeReason = (reason: AnyMessage): WireReason => ({
  message: toEnglish(reason),
  reason: reason.code,
  params: reason.params,
});

export const writeIssue = ({ path, reason }: Issue): WireIssue => ({ path, ...writeReason(reason) });
