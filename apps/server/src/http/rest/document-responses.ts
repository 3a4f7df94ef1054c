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

export const SCHEMAS = {
  Error: {
    type: "object",
    required: ["message", "code", "request_id"],
    additionalProperties: false,
    properties: {
      message: { type: "string", minLength: 1, description: "What to do, in words" },
      code: { type: "string", pattern: "^[A-Z_]+$", description: "The same for every error of this kind" },
      issues: {
        type: "array",
        description: "What is wrong with which field",
        items: {
          type: "object",
          required: ["path", "message"],
          additionalProperties: false,
          properties: {
            path: { type: "string", description: "Names joined by dots; empty for the whole" },
            message: { type: "string" },
          },
        },
      },
      request_id: { type: "string", format: "uuid", description: "Quote it when you report a problem" },
    },
  },
};

function problem(options: { description: string; code: string; message: string; issues?: object[]; headers?: object }) {
  const { description, code, message, issues, headers } = options;
  return {
    description,
    headers: { ...ref("X-Request-Id"), ...headers },
    content: {
      "application/json": {
        schema: { $ref: "#/components/schemas/Error" },
        example: { message, code, ...(issues ? { issues } : {}), request_id: REQUEST_ID },
      },
    },
  };
}

const TOO_MANY = {
  description: "Too many requests; wait as long as Retry-After says",
  code: "TOO_MANY_REQUESTS",
  message: "Too many failed attempts; try again in 30 s.",
};

export const PROBLEMS = {
  "400": problem({
    description: "The request is not valid",
    code: "BAD_REQUEST",
    message: "limit: must be a whole number",
    issues: [{ path: "limit", message: "must be a whole number" }],
  }),
  "401": problem({
    description: "No credential, a dead one, or one of the wrong kind; the message says which to use",
    code: "UNAUTHORIZED",
    message: "Log in first: send the access_token of POST /api/auth/login as Authorization: Bearer.",
    headers: ref("WWW-Authenticate"),
  }),
  "403": problem({
    description: "Not allowed on this server",
    code: "FORBIDDEN",
    message: "Registration is closed on this server; ask its administrator.",
  }),
  "404": problem({ description: "Absent, or somebody else's", code: "NOT_FOUND", message: "There is no such key." }),
  "409": problem({
    description: "In conflict with what is there, or one more than allowed",
    code: "CONFLICT",
    message: "You have this key already.",
  }),
  "413": problem({
    description: "The body is larger than 64 KiB",
    code: "PAYLOAD_TOO_LARGE",
    message: "The body is larger than 64 KiB.",
  }),
  "415": problem({
    description: "The body is not JSON",
    code: "UNSUPPORTED_MEDIA_TYPE",
    message: "Send the body as Content-Type: application/json, in UTF-8.",
  }),
  "429": problem({ ...TOO_MANY, headers: ref("Retry-After") }),
  "429-limited": problem({ ...TOO_MANY, headers: { ...ref("Retry-After"), ...RATE_LIMIT } }),
  "500": problem({
    description: "A fault of the server's",
    code: "INTERNAL_SERVER_ERROR",
    message: "Something broke on our side; nothing was changed. Quote the request id when you report it.",
  }),
  "502": problem({
    description: "OpenRouter could not be reached, and the request needed it",
    code: "BAD_GATEWAY",
    message: "OpenRouter could not be reached. The key was not checked; try again later.",
  }),
  "503": problem({
    description: "The server cannot do it now: its disk is full or cannot be written to",
    code: "SERVICE_UNAVAILABLE",
    message:
      "The server's disk is full, so nothing was changed. Reading goes on; who runs the server has to make room.",
  }),
};
