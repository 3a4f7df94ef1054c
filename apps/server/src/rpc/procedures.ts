import { type Message, message } from "@orwatch/messages/message";
import { initTRPC } from "@trpc/server";
import type { App } from "../app.ts";
import { findStorageProblem, isDamage } from "../platform/storage.ts";
import { AppError, failureOf, invalidRequest, requireIntactDatabase, writeIssue, writeReason } from "./app-error.ts";
import { enforceRateLimit } from "./enforce-rate-limit.ts";
import type { Origin, Principal } from "./principal.ts";
import { requireAccess } from "./require-access.ts";
import { findFlaw } from "./validation-issues.ts";

/** Context of a request. */
export interface Context {
  app: App;
  requestId: string;
  origin: Origin;
  /** Whether the request comes from this machine without a proxy. */
  isLocal: boolean;
  /** Origin of the site as the client uses it: that of the page, or PUBLIC_URL. */
  site: string;
  transport: "trpc" | "rest";
  principal: Principal | null;
  /** Why there is no principal although a credential was sent. */
  authError: Message | null;
  /** Whether the request names a team that the principal is not in. Then only procedures about no team can be called. */
  isForeignTeam: boolean;
  /** Whether the credential of `principal` is still valid. */
  isStillValid(): boolean;
  /** The Cookie header over /trpc. REST uses no cookies. */
  cookies: string;
  setHeader(name: string, value: string): void;
  addCookie(cookie: string): void;
}

/** REST route of a procedure, as read by trpc-to-openapi. */
export interface RouteMeta {
  openapi?: {
    method: "GET" | "POST" | "PUT" | "DELETE";
    path: `/${string}`;
    summary: string;
    description?: string;
    tags?: string[];
    protect?: boolean;
    successDescription?: string;
  };
  /** Status of success if it is not 200. */
  status?: number;
  /** Supports If-None-Match: the response changes with the user's data only, or also with the UTC day. */
  revalidates?: "data" | "day";
  /** It may wait for others for seconds, though it is no read: no one whose credential ended meanwhile gets its response. */
  waits?: boolean;
}

const t = initTRPC
  .context<Context>()
  .meta<RouteMeta>()
  .create({
    isDev: false,
    errorFormatter({ shape, error, ctx }) {
      const { code, reason, issues, retryAfterS } = failureOf(error);
      const { message, ...why } = writeReason(reason);
      return {
        ...shape,
        message,
        data: {
          ...shape.data,
          code,
          ...why,
          ...(issues ? { issues: issues.map(writeIssue) } : {}),
          ...(retryAfterS === undefined ? {} : { retry_after: retryAfterS }),
          request_id: ctx?.requestId ?? null,
        },
      };
    },
  });

export const router = t.router;
export const mergeRouters = t.mergeRouters;

/** @throws BAD_REQUEST for invalid text and too deep nesting */
function rejectInvalidText(input: unknown): void {
  const flaw = findFlaw(input);
  if (flaw) throw invalidRequest([flaw]);
}

/** Reports errors of the disk with their own message. */
const procedure = t.procedure.use(async ({ ctx, next }) => {
  const result = await next();
  if (result.ok) return result;
  // A damaged database may fail to find an existing session, token or key.
  const isNotFound = result.error.code === "NOT_FOUND" || (ctx.principal === null && ctx.authError !== null);
  if (isNotFound) requireIntactDatabase(ctx.app);
  if (result.error.code !== "INTERNAL_SERVER_ERROR") return result;
  const problem = findStorageProblem(result.error);
  if (problem === null) return result;
  if (isDamage(result.error)) ctx.app.storage.reportDamage("a read found damage");
  ctx.app.log.error("storage.failed", { request_id: ctx.requestId, error: result.error.cause });
  throw new AppError("SERVICE_UNAVAILABLE", problem, { cause: result.error.cause });
});

/** For shorter calls, the credential is not checked again. */
const SHORT_MS = 1000;

/** Withholds a late response from a session or API token that ended while it was made. */
const credentialProcedure = procedure.use(async ({ ctx, type, meta, next }) => {
  const began = performance.now();
  const result = await next();
  // Other changes, such as logging out, may end the session on purpose.
  const isLate = (type === "query" || meta?.waits === true) && performance.now() - began > SHORT_MS;
  if (result.ok && isLate && ctx.principal !== null && !ctx.isStillValid())
    throw new AppError("UNAUTHORIZED", message("credential_ended", {}));
  return result;
});

/** Who acts, and for which team. */
export const memberOf = ({ principal }: { principal: Principal }): { userId: number; teamId: number } => ({
  userId: principal.userId,
  teamId: principal.teamId,
});

type Session = Extract<Principal, { kind: "session" }>;

/** @throws FORBIDDEN */
function requireAdministrator({ isAdmin }: Session): void {
  if (!isAdmin) throw new AppError("FORBIDDEN", message("administrator_required", {}));
}

/** Requires no credential. */
export const publicProcedure = procedure.use(async ({ getRawInput, next }) => {
  rejectInvalidText(await getRawInput());
  return next();
});

/** Requires a session: the cookie on /trpc, the bearer token of a login on /api. */
export const sessionProcedure = credentialProcedure.use(async ({ ctx, path, getRawInput, next }) => {
  const { principal } = ctx;
  if (principal?.kind !== "session")
    throw new AppError("UNAUTHORIZED", ctx.authError ?? message(principal ? "session_required" : "login_required", {}));
  requireAccess(path, { ...ctx, principal });
  rejectInvalidText(await getRawInput());
  return next({ ctx: { principal } });
});

/** Requires a session. With two-factor authentication, the session must also have confirmed the user's identity recently. */
export const confirmedProcedure = sessionProcedure.use(({ ctx, next }) => {
  requireConfirmation(ctx.principal);
  return next();
});

/** @throws FORBIDDEN if two-factor authentication is on and the session has not confirmed the user's identity recently */
export function requireConfirmation(principal: { mustReauthenticate: boolean }): void {
  if (principal.mustReauthenticate) throw new AppError("REAUTHENTICATE", message("confirmation_required", {}));
}

/** Requires a session that has confirmed the user's identity recently, also without two-factor authentication. */
export const freshProcedure = sessionProcedure.use(({ ctx, next }) => {
  if (!ctx.principal.isConfirmed) throw new AppError("REAUTHENTICATE", message("confirmation_required", {}));
  return next();
});

/** Like {@link confirmedProcedure}, for changes by administrators. */
export const confirmedAdminProcedure = sessionProcedure.use(({ ctx, next }) => {
  requireAdministrator(ctx.principal);
  requireConfirmation(ctx.principal);
  return next();
});

/** Requires a session of an administrator. */
export const adminProcedure = sessionProcedure.use(({ ctx, next }) => {
  requireAdministrator(ctx.principal);
  return next();
});

/** Requires an API token and counts against its rate limit. Each call of a batch counts. */
export const apiTokenProcedure = credentialProcedure.use(async ({ ctx, path, getRawInput, next }) => {
  const { principal } = ctx;
  // The REST adapter counts every request to /api/v1 when it arrives, before its procedure is known.
  if (ctx.transport === "trpc")
    enforceRateLimit(ctx.app, { principal, address: ctx.origin.address, setHeader: ctx.setHeader });
  if (principal?.kind !== "apiToken")
    throw new AppError(
      "UNAUTHORIZED",
      ctx.authError ?? message(principal ? "session_not_accepted" : "api_token_required", {}),
    );
  requireAccess(path, { ...ctx, principal });
  rejectInvalidText(await getRawInput());
  return next({ ctx: { principal } });
});
