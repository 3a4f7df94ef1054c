import { type Message, message } from "@orwatch/messages/message";
import { INTERNAL_ERROR } from "../../../rpc/app-error.ts";
import { summarizeIssues } from "../../../rpc/validation-issues.ts";
import { bodyOfError, toProblem } from "../error.ts";

/** Headers, errors and responses shared by all operations. */

const header = (description: string, schema: object, example: unknown) => ({ description, schema, example });

const optional = (...parts: Parameters<typeof header>) => ({ ...header(...parts), required: false });

export const HEADERS = {
  "X-Request-Id": header(
    "ID of the request, as in the server's log.",
    { type: "string", format: "uuid" },
    "0d7c9a4e-6a8e-4c0f-9d5e-6f1f6f0a2b11",
  ),
  "X-Orwatch-Version": header("Version of the server, if the API token is valid.", { type: "string" }, "0.1.0"),
  "X-Orwatch-As-Of": optional(
    "Oldest of the last successful syncs of the selected active keys. Absent if none was synced.",
    { type: "string", format: "date-time" },
    "2026-11-22T14:05:00.000Z",
  ),
  "X-Orwatch-Complete-Through": optional(
    "Last day that is final, except for later restatements by OpenRouter. Absent if there is none.",
    { type: "string", format: "date" },
    "2026-11-21",
  ),
  Deprecation: header(
    "When the path was deprecated, as a Unix timestamp (RFC 9745).",
    { type: "string" },
    "@1796083200",
  ),
  Sunset: header(
    "The path works at least until this time (RFC 8594).",
    { type: "string" },
    "Wed, 01 Dec 2027 00:00:00 GMT",
  ),
  Link: optional(
    "Links to related resources (RFC 8288). `first`, `next` and `prev`: other pages. `successor-version`: the path to use instead.",
    { type: "string" },
    '</api/v1/usage/export.csv>; rel="successor-version"',
  ),
  "Idempotency-Replayed": optional(
    "`true` if the response is that of an earlier request with the same `Idempotency-Key`.",
    { type: "string", enum: ["true"] },
    "true",
  ),
  ETag: header(
    "Version of the response, to send as `If-None-Match`.",
    { type: "string" },
    '"q3Zc0mJ5Vx2mVq1aYb7Tn8LwK4e"',
  ),
  "X-RateLimit-Limit": header("Maximum number of requests per window.", { type: "integer", minimum: 1 }, 100),
  "X-RateLimit-Remaining": header(
    "Number of requests remaining in the current window.",
    { type: "integer", minimum: 0 },
    99,
  ),
  "X-RateLimit-Reset": header(
    "End of the current window, as a Unix timestamp in seconds.",
    { type: "integer", minimum: 0 },
    1_795_000_000,
  ),
  RateLimit: header(
    "Requests remaining in the current window, and seconds until it ends (IETF draft).",
    { type: "string" },
    '"token";r=99;t=3600',
  ),
  "RateLimit-Policy": header(
    "Requests per window, and its length in seconds (IETF draft).",
    { type: "string" },
    '"token";q=100;w=3600',
  ),
  "Retry-After": header("Seconds to wait before the next request.", { type: "integer", minimum: 1 }, 30),
  "WWW-Authenticate": header(
    'Authentication scheme. `Bearer error="invalid_token"` if the request has a credential that is unknown, expired or of the wrong kind.',
    { type: "string" },
    "Bearer",
  ),
};

export const ref = (name: string) => ({ [name]: { $ref: `#/components/headers/${name}` } });

const RATE_LIMIT_HEADERS = {
  ...ref("X-RateLimit-Limit"),
  ...ref("X-RateLimit-Remaining"),
  ...ref("X-RateLimit-Reset"),
  ...ref("RateLimit"),
  ...ref("RateLimit-Policy"),
};

/** Headers of responses to valid API tokens. */
export const TOKEN_HEADERS = { ...ref("X-Orwatch-Version"), ...RATE_LIMIT_HEADERS };

const REQUEST_ID = "0d7c9a4e-6a8e-4c0f-9d5e-6f1f6f0a2b11";

const WHY = {
  reason: {
    type: "string",
    pattern: "^[a-z0-9_]+$",
    description: "Cause of the error as a stable code; see docs/errors.md. New codes may be added in any version.",
  },
  params: {
    type: "object",
    description: "Parameters of the reason: IDs, names, counts and dates, without formatting.",
  },
};

const API_ERROR = {
  ApiError: {
    type: "object",
    required: ["message", "code", "reason", "params", "request_id"],
    additionalProperties: false,
    properties: {
      message: { type: "string", minLength: 1, description: "Message in English that says what to do." },
      code: { type: "string", pattern: "^[A-Z_]+$", description: "Error code, the same for all errors of this kind." },
      ...WHY,
      issues: {
        type: "array",
        description: "Invalid fields.",
        items: {
          type: "object",
          required: ["path", "message", "reason", "params"],
          additionalProperties: false,
          properties: {
            path: {
              type: "string",
              description: "Path of the field, joined by dots. Empty if the issue concerns the whole input.",
            },
            message: { type: "string", description: "Message in English." },
            ...WHY,
          },
        },
      },
      request_id: {
        type: "string",
        format: "uuid",
        description: "ID of the request. Include it when you report a problem.",
      },
    },
  },
};

/** Problem details (RFC 9457): the usual fields and those of the RFC. */
export const SCHEMAS = {
  ...API_ERROR,
  ProblemDetails: {
    ...API_ERROR.ApiError,
    required: ["type", "title", "status", "detail", "instance", ...API_ERROR.ApiError.required],
    properties: {
      type: { type: "string", enum: ["about:blank"], description: "Always `about:blank`; see `reason`." },
      title: { type: "string", description: "Name of the HTTP status." },
      status: { type: "integer", description: "HTTP status." },
      detail: { type: "string", description: "As `message`." },
      instance: { type: "string", description: "`request_id` as a URN." },
      ...API_ERROR.ApiError.properties,
    },
  },
};

function problem(
  status: number,
  options: {
    description: string;
    code: string;
    reason: Message;
    issues?: { path: string; reason: Message }[];
    headers?: object;
  },
) {
  const { description, code, reason, issues, headers } = options;
  const body = bodyOfError({ code, reason, issues }, REQUEST_ID);
  return {
    description,
    headers: { ...ref("X-Request-Id"), ...headers },
    content: {
      "application/json": {
        schema: { $ref: "#/components/schemas/ApiError" },
        example: JSON.parse(body),
      },
      "application/problem+json": {
        schema: { $ref: "#/components/schemas/ProblemDetails" },
        example: JSON.parse(toProblem(body, status)),
      },
    },
  };
}

const TOO_MANY = {
  description: "Too many requests. Wait for the number of seconds in `Retry-After`.",
  code: "TOO_MANY_REQUESTS",
  reason: message("too_many_attempts", { seconds: 30 }),
};

const NOT_A_NUMBER = [{ path: "limit", reason: message("field_not_whole_number", {}) }];

export const PROBLEMS = {
  "400": problem(400, {
    description: "The request is invalid.",
    code: "BAD_REQUEST",
    reason: summarizeIssues(NOT_A_NUMBER),
    issues: NOT_A_NUMBER,
  }),
  "401": problem(401, {
    description: "The credential is missing, expired or of the wrong kind; see `reason`.",
    code: "UNAUTHORIZED",
    reason: message("login_required", {}),
    headers: ref("WWW-Authenticate"),
  }),
  "403": problem(403, {
    description: "The request is not allowed; see `reason`.",
    code: "FORBIDDEN",
    reason: message("registration_closed", {}),
  }),
  "403-scope": problem(403, {
    description:
      "The API token does not have the scope, or the role of the user who created it does not allow the request.",
    code: "MISSING_SCOPE",
    reason: message("scope_missing", { scope: "sync" }),
    headers: {
      "WWW-Authenticate": optional(
        "The scope that is missing (RFC 6750).",
        { type: "string" },
        'Bearer error="insufficient_scope", scope="sync"',
      ),
    },
  }),
  "404": problem(404, {
    description: "The resource does not exist, or belongs to a team or user that you have no access to.",
    code: "NOT_FOUND",
    reason: message("key_not_found", {}),
  }),
  "409": problem(409, {
    description: "The request conflicts with existing data or exceeds a limit.",
    code: "CONFLICT",
    reason: message("key_already_added", { key: "Production" }),
  }),
  "413": problem(413, {
    description: "The body is larger than 64 KiB.",
    code: "PAYLOAD_TOO_LARGE",
    reason: message("body_too_large", { limit_kib: 64 }),
  }),
  "415": problem(415, {
    description: "The body is not JSON.",
    code: "UNSUPPORTED_MEDIA_TYPE",
    reason: message("body_not_json", {}),
  }),
  "429": problem(429, { ...TOO_MANY, headers: ref("Retry-After") }),
  "429-limited": problem(429, { ...TOO_MANY, headers: { ...ref("Retry-After"), ...RATE_LIMIT_HEADERS } }),
  "500": problem(500, { description: "Internal server error.", ...INTERNAL_ERROR }),
  "502": problem(502, {
    description: "OpenRouter, or another service that the request needs, could not be reached.",
    code: "BAD_GATEWAY",
    reason: message("key_check_failed", { cause: message("openrouter_unreachable", {}) }),
  }),
  "503": problem(503, {
    description: "The server's disk is full or not writable.",
    code: "SERVICE_UNAVAILABLE",
    reason: message("disk_full", {}),
  }),
};
