import { type ServerResponse, STATUS_CODES } from "node:http";
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
function challengeOf({ status, code, reason }: RestError): string | null {
  if (status === 401) return NO_CREDENTIAL.has(reason.code) ? "Bearer" : 'Bearer error="invalid_token"';
  return code === "MISSING_SCOPE" ? `Bearer error="insufficient_scope", scope="${reason.params.scope}"` : null;
}

/** Body of every error outside /trpc. `message` says what to do. */
export function sendError(res: ServerResponse, error: RestError, requestId: string): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const challenge = challengeOf(error);
  if (challenge !== null) res.setHeader("WWW-Authenticate", challenge);
  if (error.retryAfterS !== undefined) res.setHeader("Retry-After", String(error.retryAfterS));
  for (const name of ["Content-Disposition", "Content-Encoding", "ETag"]) res.removeHeader(name);
  res.statusCode = error.status;
  const isProblem = wantsProblem(res.req.headers.accept);
  res.setHeader("Content-Type", `${isProblem ? PROBLEM : "application/json"}; charset=utf-8`);
  res.appendHeader("Vary", "Accept");
  res.setHeader("Cache-Control", "no-store");
  const body = bodyOfError(error, requestId);
  res.end(isProblem ? toProblem(body, error.status) : body);
}

const PROBLEM = "application/problem+json";

const wantsProblem = (accept = ""): boolean => accept.toLowerCase().includes(PROBLEM);

/** The body as problem details (RFC 9457), for clients that accept them: the usual fields and those of the RFC. */
export function toProblem(body: string, status: number): string {
  const error = JSON.parse(body) as { message: string; request_id: string };
  const title = STATUS_CODES[status] ?? "Error";
  return JSON.stringify({
    type: "about:blank",
    title,
    status,
    detail: error.message,
    instance: `urn:uuid:${error.request_id}`,
    ...error,
  });
}

/** The error of a failed procedure for the client. Contains no internal details. */
export function describeFailure(error: TRPCError): RestError {
  const status = getHTTPStatusCodeFromError(error);
  const isOurs = status >= 500 && status !== 502 && status !== 503;
  return isOurs ? { status: 500, ...INTERNAL_ERROR } : { status, ...failureOf(error) };
}
