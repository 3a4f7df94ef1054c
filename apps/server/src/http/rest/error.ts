import type { ServerResponse } from "node:http";
import type { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { ZodError } from "zod";
import { retryAfterOf } from "../../platform/rate-limit.ts";
import { codeOnWire, OUR_FAULT } from "../../rpc/app-error.ts";
import { describeIssues, type Issue, toIssues } from "../../rpc/validation-issues.ts";

export interface RestError {
  status: number;
  code: string;
  message: string;
  issues?: Issue[] | undefined;
  /** Seconds, for 429 and 503. */
  retryAfterS?: number | undefined;
}

export const bodyOfError = ({ message, code, issues }: RestError, requestId: string): string =>
  JSON.stringify({ message, code, ...(issues ? { issues } : {}), request_id: requestId });

/** The one shape of an error outside /trpc. `message` says what to do. */
export function sendError(res: ServerResponse, error: RestError, requestId: string): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  if (error.status === 401) res.setHeader("WWW-Authenticate", "Bearer");
  if (error.retryAfterS !== undefined) res.setHeader("Retry-After", String(error.retryAfterS));
  for (const name of ["Content-Disposition", "ETag"]) res.removeHeader(name);
  res.statusCode = error.status;
  res.setHeader("Content-Type", "application/json; charset=utf-8");
  res.setHeader("Cache-Control", "no-store");
  res.end(bodyOfError(error, requestId));
}

/** The error of a failed procedure, for the client: never more than its author wrote for it. */
export function describeFailure(error: TRPCError): RestError {
  const status = getHTTPStatusCodeFromError(error);
  if (status >= 500 && status !== 502 && status !== 503) return OUR_FAULT;
  const code = codeOnWire(error);
  if (error.cause instanceof ZodError) {
    const issues = toIssues(error.cause);
    return { status, code, message: describeIssues(issues), issues };
  }
  return { status, code, message: error.message, ...(status === 429 ? { retryAfterS: retryAfterOf(error) } : {}) };
}
