import {
  ApiError,
  AuthenticationError,
  NotFoundError,
  type OrwatchError,
  RateLimitError,
  ValidationError,
} from "../errors.ts";
import type { Issue } from "../operations.d.ts";
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

/** The target without its query, which may carry state of a login. */
function targetOf({ url }: Response): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

/** The error of a response that came from another server; `null` if it came from where it was asked. */
export function errorOfRedirect(response: Response, baseUrl: string): ApiError | null {
  if (!response.redirected || new URL(response.url).origin === new URL(baseUrl).origin) return null;
  const target = targetOf(response);
  const moved = /^(.*?)\/(?:api\/v1|trpc)\//.exec(target)?.[1];
  const remedy = moved
    ? `Set baseUrl to ${moved}.`
    : "If this is the address of your orwatch server, set baseUrl to it. If it is a login page, allow requests to /api/v1/ without that login.";
  return new ApiError(`${baseUrl} redirects to ${target}. An API token is not sent to another server. ${remedy}`, {
    status: response.status,
    code: "REDIRECTED",
    requestId: requestIdOf(response),
  });
}

/** Names the kind of a response that is not orwatch's, and where it came from if not from where it was asked. */
function describeForeignResponse(response: Response, baseUrl: string): string {
  const { status, redirected } = response;
  const type = response.headers.get("Content-Type")?.split(";")[0] || "no media type";
  const seen = `${redirected ? `${baseUrl} redirected to ${targetOf(response)}, which` : baseUrl} responded with ${status} and ${type}`;
  if (status >= 502 && status <= 504)
    return `${seen}: a proxy could not reach orwatch, or orwatch is starting. Try again later.`;
  return `${seen}, which is not a response of orwatch. Check that baseUrl is the URL of your orwatch server.`;
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
