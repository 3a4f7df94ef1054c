import {
  ApiError,
  AuthenticationError,
  NotFoundError,
  type OrwatchError,
  RateLimitError,
  ValidationError,
} from "./errors.ts";
import type { Issue } from "./operations.d.ts";
import { retryAfterOf } from "./rate-limit.ts";

export type Fields = Record<string, unknown>;

export const isObject = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

export const requestIdOf = (response: Response): string | null => textOf(response.headers.get("X-Request-Id"));

/** `undefined` when it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function issuesOf(value: unknown): Issue[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isObject).map((issue) => ({
    path: textOf(issue.path) ?? "",
    message: textOf(issue.message) ?? "is not valid",
    reason: textOf(issue.reason) ?? "field_invalid",
    params: isObject(issue.params) ? issue.params : {},
  }));
}

/** Names the kind of a response that is not orwatch's, and where it came from if not from where it was asked. */
function describeForeignResponse(response: Response, baseUrl: string): string {
  const type = response.headers.get("Content-Type")?.split(";")[0] || "no media type";
  const where = response.redirected ? `${baseUrl} redirected to ${new URL(response.url).origin}, which` : baseUrl;
  return `${where} responded with ${response.status} and ${type}, which is not a response of orwatch. Check that baseUrl is the URL of your orwatch server.`;
}

/** The error of a response, of orwatch or of a proxy in between. `cause` is the error as another protocol has it. */
export function errorOfResponse(
  response: Response,
  { body, baseUrl, cause }: { body: unknown; baseUrl: string; cause?: unknown },
): OrwatchError {
  const { status } = response;
  const data = isObject(body) ? body : {};
  const message = textOf(data.message) ?? describeForeignResponse(response, baseUrl);
  const origin = {
    status,
    code: textOf(data.code) ?? `HTTP_${status}`,
    reason: textOf(data.reason),
    ...(isObject(data.params) ? { params: data.params } : {}),
    requestId: requestIdOf(response) ?? textOf(data.request_id),
    ...(cause === undefined ? {} : { cause }),
  };
  if (status === 400 || status === 422)
    return new ValidationError(message, { ...origin, issues: issuesOf(data.issues) });
  if (status === 401) return new AuthenticationError(message, origin);
  if (status === 404) return new NotFoundError(message, origin);
  if (status === 429) return new RateLimitError(message, { ...origin, retryAfterMs: retryAfterOf(response.headers) });
  return new ApiError(message, origin);
}

/** The error of a response of success that is not what orwatch answers. */
export const foreignAnswer = (response: Response, baseUrl: string): ApiError =>
  new ApiError(describeForeignResponse(response, baseUrl), {
    status: response.status,
    code: "INVALID_ANSWER",
    requestId: requestIdOf(response),
  });
