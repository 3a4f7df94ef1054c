import { type Message, message } from "@orwatch/messages/message";
import { OUR_FAULT } from "../../rpc/app-error.ts";
import { summarizeIssues } from "../../rpc/validation-issues.ts";
import { bodyOfError } from "./error.ts";

/** The parts of the document that every operation refers to. */

const header = (description: string, schema: object, example: unknown) => ({ description, schema, example });

export const HEADERS = {
  "X-Request-Id": header(
    "Names this request in the server's log",
    { type: "string", format: "uuid" },
    "0d7c9a4e-6a8e-4c0f-9d5e-6f1f6f0a2b11",
  ),
  ETag: header("Name of this answer, for If-None-Match", { type: "string" }, '"q3Zc0mJ5Vx2mVq1aYb7Tn8LwK4e"'),
  "X-RateLimit-Limit": header("Requests in a window", { type: "integer", minimum: 1 }, 100),
  "X-RateLimit-Remaining": header("Requests left in this window", { type: "integer", minimum: 0 }, 99),
  "X-RateLimit-Reset": header(
    "End of this window, in seconds of the epoch",
    { type: "integer", minimum: 0 },
    1_795_000_000,
  ),
  RateLimit: header(
    "Left in this window, and seconds until it ends (IETF draft)",
    { type: "string" },
    '"token";r=99;t=3600',
  ),
  "RateLimit-Policy": header(
    "Requests, and seconds of a window (IETF draft)",
    { type: "string" },
    '"token";q=100;w=3600',
  ),
  "Retry-After": header("Seconds to wait", { type: "integer", minimum: 1 }, 30),
  Allow: header("Methods that this address answers", { type: "string" }, "GET, HEAD, OPTIONS"),
  "WWW-Authenticate": header("Scheme of the credential", { type: "string" }, "Bearer"),
};

const ref = (name: string) => ({ [name]: { $ref: `#/components/headers/${name}` } });

export const RATE_LIMIT = {
  ...ref("X-RateLimit-Limit"),
  ...ref("X-RateLimit-Remaining"),
  ...ref("X-RateLimit-Reset"),
  ...ref("RateLimit"),
  ...ref("RateLimit-Policy"),
};

const REQUEST_ID = "0d7c9a4e-6a8e-4c0f-9d5e-6f1f6f0a2b11";

const WHY = {
  reason: {
    type: "string",
    pattern: "^[a-z0-9_]+$",
    description: "Why, as a stable code; docs/errors.md lists them. New ones may come with any version",
  },
  params: { type: "object", description: "What the reason is about: ids, names, counts, days; nothing formatted" },
};

export const SCHEMAS = {
  Error: {
    type: "object",
    required: ["message", "code", "reason", "params", "request_id"],
    additionalProperties: false,
    properties: {
      message: { type: "string", minLength: 1, description: "What to do, in English" },
      code: { type: "string", pattern: "^[A-Z_]+$", description: "The same for every error of this kind" },
      ...WHY,
      issues: {
        type: "array",
        description: "What is wrong with which field",
        items: {
          type: "object",
          required: ["path", "message", "reason", "params"],
          additionalProperties: false,
          properties: {
            path: { type: "string", description: "Names joined by dots; empty for the whole" },
            message: { type: "string", description: "In English" },
            ...WHY,
          },
        },
      },
      request_id: { type: "string", format: "uuid", description: "Quote it when you report a problem" },
    },
  },
};

function problem(options: {
  description: string;
  code: string;
  reason: Message;
  issues?: { path: string; reason: Message }[];
  headers?: object;
}) {
  const { description, code, reason, issues, headers } = options;
  return {
    description,
    headers: { ...ref("X-Request-Id"), ...headers },
    content: {
      "application/json": {
        schema: { $ref: "#/components/schemas/Error" },
        example: JSON.parse(bodyOfError({ code, reason, issues }, REQUEST_ID)),
      },
    },
  };
}

const TOO_MANY = {
  description: "Too many requests; wait as long as Retry-After says",
  code: "TOO_MANY_REQUESTS",
  reason: message("too_many_attempts", { seconds: 30 }),
};

const NOT_A_NUMBER = [{ path: "limit", reason: message("field_not_whole_number", {}) }];

export const PROBLEMS = {
  "400": problem({
    description: "The request is not valid",
    code: "BAD_REQUEST",
    reason: summarizeIssues(NOT_A_NUMBER),
    issues: NOT_A_NUMBER,
  }),
  "401": problem({
    description: "No credential, an expired one, or one of the wrong kind; the reason says which",
    code: "UNAUTHORIZED",
    reason: message("login_required", {}),
    headers: ref("WWW-Authenticate"),
  }),
  "403": problem({
    description: "Not allowed on this server",
    code: "FORBIDDEN",
    reason: message("registration_closed", {}),
  }),
  "404": problem({
    description: "Absent, or belongs to another user",
    code: "NOT_FOUND",
    reason: message("key_not_found", {}),
  }),
  "409": problem({
    description: "In conflict with what is there, or one more than allowed",
    code: "CONFLICT",
    reason: message("key_already_added", { key: "Production" }),
  }),
  "413": problem({
    description: "The body is larger than 64 KiB",
    code: "PAYLOAD_TOO_LARGE",
    reason: message("body_too_large", { limit_kib: 64 }),
  }),
  "415": problem({
    description: "The body is not JSON",
    code: "UNSUPPORTED_MEDIA_TYPE",
    reason: message("body_not_json", {}),
  }),
  "429": problem({ ...TOO_MANY, headers: ref("Retry-After") }),
  "429-limited": problem({ ...TOO_MANY, headers: { ...ref("Retry-After"), ...RATE_LIMIT } }),
  "500": problem({ description: "An error of the server", ...OUR_FAULT }),
  "502": problem({
    description: "OpenRouter could not be reached, and the request needed it",
    code: "BAD_GATEWAY",
    reason: message("key_check_failed", { cause: message("openrouter_unreachable", {}) }),
  }),
  "503": problem({
    description: "The server cannot do it now: its disk is full or cannot be written to",
    code: "SERVICE_UNAVAILABLE",
    reason: message("disk_full", {}),
  }),
};
