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
const objectOf = (value: unknown): Fields => (isObject(value) ? value : {});
const textOf = (value: unknown): string | null => (value && typeof value === "string" ? value : null);

export const requestIdOf = (response: Response): string | null => response.headers.get("X-Request-Id") || null;

/** `undefined` when it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const issuesOf = (value: unknown): Issue[] =>
  (Array.isArray(value) ? value : []).filter(isObject).map(({ path, message, reason, params }) => ({
    path: textOf(path) ?? "",
    message: textOf(message) ?? "is not valid",
    reason: textOf(reason) ?? "field_invalid",
    params: objectOf(params),
  }));

/** The target without its query, which may carry state of a login. */
function targetOf({ url }: Response): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

/** The error of a response that is not orwatch's. */
const errorOf = (response: Response, code: string, message: string): ApiError =>
  new ApiError(message, { status: response.status, code, requestId: requestIdOf(response) });

/** The error of a response that came from another server; `null` if it came from where it was asked. */
export function errorOfRedirect(response: Response, baseUrl: string): ApiError | null {
  if (!response.redirected || new URL(response.url).origin === new URL(baseUrl).origin) return null;
  const target = targetOf(response);
  const moved = /^(.*?)\/(?:api\/v1|trpc)\//.exec(target)?.[1];
  const remedy = moved ?? "it, or if it is a login page, allow requests to /api/v1/ without a login";
  const message = `${baseUrl} redirects to ${target}. API tokens are not sent to other servers. Set baseUrl to ${remedy}.`;
  return errorOf(response, "REDIRECTED", message);
}

/** Names the kind of a response that is not orwatch's, and where it came from if not from where it was asked. */
function describeForeignResponse(response: Response, baseUrl: string): string {
  const { status, redirected, headers } = response;
  const source = baseUrl + (redirected ? ` redirects to ${targetOf(response)}, which` : "");
  const type = headers.get("Content-Type")?.split(";")[0] || "no media type";
  const advice =
    status >= 502 && status <= 504
      ? ": orwatch is starting or cannot be reached. Try again later."
      : ", which is not a response of orwatch. Check baseUrl.";
  return `${source} responded with ${status} and ${type}${advice}`;
}

/** The error of a response, of orwatch or of a proxy in between. `cause` is the error as another protocol has it. */
export function errorOfResponse(
  response: Response,
  { body, baseUrl, cause }: { body: unknown; baseUrl: string; cause?: unknown },
): OrwatchError {
  const { status } = response;
  const data = objectOf(body);
  const message = textOf(data.message) ?? describeForeignResponse(response, baseUrl);
  const origin = {
    status,
    code: textOf(data.code) ?? `HTTP_${status}`,
    reason: textOf(data.reason),
    params: objectOf(data.params),
    requestId: requestIdOf(response) ?? textOf(data.request_id),
    retryAfterMs: retryAfterOf(response.headers),
    cause,
  };
  if (status === 400 || status === 422)
    return new ValidationError(message, { ...origin, issues: issuesOf(data.issues) });
  const names = { 401: AuthenticationError, 404: NotFoundError, 429: RateLimitError };
  return new (names[status as keyof typeof names] ?? ApiError)(message, origin);
}

/** The error of a response of success that is not what orwatch answers. */
export const foreignAnswer = (response: Response, baseUrl: string): ApiError =>
  errorOf(response, "INVALID_ANSWER", describeForeignResponse(response, baseUrl));
