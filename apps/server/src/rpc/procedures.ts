import { type Message, message } from "@orwatch/messages/message";
import { initTRPC } from "@trpc/server";
import type { App } from "../app.ts";
import { findStorageProblem, isDamage } from "../platform/storage-errors.ts";
import { AppError, failureOf, invalidRequest, requireSound, writeIssue, writeReason } from "./app-error.ts";
import { enforceRateLimit } from "./enforce-rate-limit.ts";
import type { Origin, Principal } from "./principal.ts";
import { findFlaw } from "./validation-issues.ts";

/** What a request brings to a procedure. */
export interface Context {
  app: App;
  requestId: string;
  origin: Origin;
  transport: "trpc" | "rest";
  principal: Principal | null;
  /** Why there is no principal although a credential came. */
  authError: Message | null;
  /** Whether the credential of `principal` has not ended meanwhile. */
  isStillValid(): boolean;
  /** The Cookie header over /trpc; REST knows no cookie. */
  cookies: string;
  setHeader(name: string, value: string): void;
  addCookie(cookie: string): void;
}

/** REST route of a procedure: only what trpc-to-openapi reads. */
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
  /** Status of success where it is not 200. */
  status?: number;
  /** The response can be asked for again with If-None-Match: it changes with the user's data only, or with the UTC day as well. */
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

/** @throws BAD_REQUEST for text and nesting that nothing here can be trusted with */
function refuseIllegible(input: unknown): void {
  const flaw = findFlaw(input);
  if (flaw) throw invalidRequest([flaw]);
}

/** Says in words when the disk is why something failed. */
const procedure = t.procedure.use(async ({ ctx, next }) => {
  const result = await next();
  if (result.ok) return result;
  // What a damaged database does not find may well be there: a session, a token, a key.
  const isNotFound = result.error.code === "NOT_FOUND" || (ctx.principal === null && ctx.authError !== null);
  if (isNotFound) requireSound(ctx.app);
  if (result.error.code !== "INTERNAL_SERVER_ERROR") return result;
  const problem = findStorageProblem(result.error);
  if (problem === null) return result;
  if (isDamage(result.error)) ctx.app.storage.reportDamage("a read found damage");
  ctx.app.log.error("storage.failed", { request_id: ctx.requestId, error: result.error.cause });
  throw new AppError("SERVICE_UNAVAILABLE", problem, { cause: result.error.cause });
});

/** Work this short has no time to outlive its credential. */
const SHORT_MS = 1000;

/** Withholds a late response from a session or API token that ended while it was made. */
const lasting = procedure.use(async ({ ctx, type, meta, next }) => {
  const began = performance.now();
  const result = await next();
  // Other changes may end the session on purpose, such as logging out.
  const isLate = (type === "query" || meta?.waits === true) && performance.now() - began > SHORT_MS;
  if (result.ok && isLate && ctx.principal !== null && !ctx.isStillValid())
    throw new AppError("UNAUTHORIZED", message("credential_ended", {}));
  return result;
});

type Session = Extract<Principal, { kind: "session" }>;

/** @throws FORBIDDEN */
function refuseOthers({ isAdmin }: Session): void {
  if (!isAdmin) throw new AppError("FORBIDDEN", message("administrator_required", {}));
}

/** Open to anyone. */
export const publicProcedure = procedure.use(async ({ getRawInput, next }) => {
  refuseIllegible(await getRawInput());
  return next();
});

/** Needs a session: the cookie on /trpc, the bearer of a login on /api. */
export const sessionProcedure = lasting.use(async ({ ctx, getRawInput, next }) => {
  const { principal } = ctx;
  if (principal?.kind !== "session")
    throw new AppError("UNAUTHORIZED", ctx.authError ?? message(principal ? "session_required" : "login_required", {}));
  refuseIllegible(await getRawInput());
  return next({ ctx: { principal } });
});

/** Needs a session in which an account with a second factor has given password and code within the last minutes. */
export const confirmedProcedure = sessionProcedure.use(({ ctx, next }) => {
  requireConfirmation(ctx.principal);
  return next();
});

/** @throws FORBIDDEN when the account has a second factor and the session has not given it again lately */
export function requireConfirmation(principal: { mustReauthenticate: boolean }): void {
  if (principal.mustReauthenticate) throw new AppError("REAUTHENTICATE", message("confirmation_required", {}));
}

/** As {@link confirmedProcedure}, of the server's administrator: for what changes something. */
export const confirmedAdminProcedure = sessionProcedure.use(({ ctx, next }) => {
  refuseOthers(ctx.principal);
  requireConfirmation(ctx.principal);
  return next();
});

/** Needs a session of the server's administrator. */
export const adminProcedure = sessionProcedure.use(({ ctx, next }) => {
  refuseOthers(ctx.principal);
  return next();
});

/** Needs an API token, and counts against it: each call of a batch is one. */
export const apiTokenProcedure = lasting.use(async ({ ctx, getRawInput, next }) => {
  const { principal } = ctx;
  // The REST adapter counts every request to /api/v1 as it comes in, before it knows which procedure it is for.
  if (ctx.transport === "trpc")
    enforceRateLimit(ctx.app, { principal, address: ctx.origin.address, setHeader: ctx.setHeader });
  if (principal?.kind !== "apiToken")
    throw new AppError(
      "UNAUTHORIZED",
      ctx.authError ?? message(principal ? "session_not_accepted" : "api_token_required", {}),
    );
  refuseIllegible(await getRawInput());
  return next({ ctx: { principal } });
});
