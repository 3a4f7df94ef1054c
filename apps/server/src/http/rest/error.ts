import type { ServerResponse } from "node:http";
import type { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { type Failure, failureOf, INTERNAL_ERROR, writeIssue, writeReason } from "../../rpc/app-error.ts";

export interface RestError extends Failure {
  status: number;
}

export function bodyOfError({ code, reason, issues }: Failure, requestId: string): string {
  const { message, ...why } = writeReason(reason);
  const fields = issues ? { issues: issues.map(writeIssue) } : {};
  return JSON.stringify({ message, code, ...why, ...fields, request_id: requestId });
}

const NO_CREDENTIAL = new Set<string>(["api_token_required", "login_required"]);

/** As in RFC 6750, without an error code if the request has no credential. */
const challengeOf = ({ reason }: RestError): string =>
  NO_CREDENTIAL.has(reason.code) ? "Bearer" : 'Bearer error="invalid_token"';

/** Body of every error outside /trpc. `message` says what to do. */
export function sendError(res: ServerResponse, error: RestError, requestId: string): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  if (error.status === 401) res.setHeader("WWW-Authenticate", challengeOf(error));
  if (error.retryAfterS !== undefined) res.setHeader("Retry-After", String(error.retryAfterS));
  for (const name of ["Content-Disposition", "Content-Encoding", "ETag"]) res.removeHeader(name);
  res.statusCode = error.status;
  res.setHeader("Content-Type", "application/json; charset=utf-8");
  res.setHeader("Cache-Control", "no-store");
  res.end(bodyOfError(error, requestId));
}

/** The error of a failed procedure for the client. Contains no internal details. */
export function describeFailure(error: TRPCError): RestError {
  const status = getHTTPStatusCodeFromError(error);
  const isOurs = status >= 500 && status !== 502 && status !== 503;
  return isOurs ? { status: 500, ...INTERNAL_ERROR } : { status, ...failureOf(error) };
}
