import { initTRPC, TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import type { App } from "./app.ts";

/** Who is asking, and by which credential. */
export type Principal =
  | { kind: "session"; userId: number; sessionId: string; via: "cookie" | "bearer" }
  | { kind: "apiToken"; userId: number; tokenId: number };

/** What a request brings to a procedure. */
export interface Context {
  app: App;
  requestId: string;
  /** Address of the client; an IPv6 address stands for its /64. */
  address: string;
  door: "trpc" | "rest";
  principal: Principal | null;
  /** Why there is no principal although a credential came. */
  refusal: string | null;
  setHeader(name: string, value: string): void;
  addCookie(cookie: string): void;
}

/** The route of a procedure on the REST door; only what trpc-to-openapi reads. */
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
}

const t = initTRPC
  .context<Context>()
  .meta<RouteMeta>()
  .create({
    isDev: false,
    errorFormatter({ shape, error, ctx }) {
      const isOurFault = error.code === "INTERNAL_SERVER_ERROR";
      const issues =
        error.cause instanceof ZodError
          ? error.cause.issues.map((issue) => ({ path: issue.path.map(String).join("."), message: issue.message }))
          : undefined;
      return {
        ...shape,
        message: isOurFault
          ? "Something broke on our side; nothing was changed. Quote the request id when you report it."
          : issues
            ? describeIssues(issues)
            : shape.message,
        data: { ...shape.data, ...(issues ? { issues } : {}), request_id: ctx?.requestId ?? null },
      };
    },
  });

function describeIssues(issues: { path: string; message: string }[]): string {
  const first = issues[0];
  if (!first) return "The request is not valid.";
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : "";
  return `${first.path ? `${first.path}: ` : ""}${first.message}${more}`;
}

export const router = t.router;
export const mergeRouters = t.mergeRouters;

/** Open to anybody. */
export const publicProcedure = t.procedure;

/** Needs a session: the cookie on /trpc, the bearer of a log-in on /api. */
export const sessionProcedure = t.procedure.use(({ ctx, next }) => {
  if (ctx.principal?.kind === "session") return next({ ctx: { ...ctx, principal: ctx.principal } });
  throw new TRPCError({
    code: "UNAUTHORIZED",
    message:
      ctx.refusal ??
      (ctx.principal
        ? "An API token opens /api/v1 only. Here, send the access_token of POST /api/auth/login."
        : "Log in first: send the access_token of POST /api/auth/login as Authorization: Bearer."),
  });
});

/** Needs an API token. */
export const apiTokenProcedure = t.procedure.use(({ ctx, next }) => {
  if (ctx.principal?.kind === "apiToken") return next({ ctx: { ...ctx, principal: ctx.principal } });
  throw new TRPCError({
    code: "UNAUTHORIZED",
    message:
      ctx.refusal ??
      (ctx.principal
        ? "A session does not open /api/v1. Send an API token (or_api_…), issued under API tokens, as Authorization: Bearer."
        : "Send an API token (or_api_…), issued under API tokens, as Authorization: Bearer."),
  });
});
