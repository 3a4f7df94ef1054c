import { z } from "zod";
import {
  type Context,
  confirmedProcedure,
  publicProcedure,
  type RouteMeta,
  router,
  sessionProcedure,
} from "../rpc/procedures.ts";
import { messageOutput } from "../rpc/wire.ts";
import { getAccount, getSecurity, getSettings, getUser } from "./account.ts";
import { exportAccount } from "./export-account.ts";
import {
  accountDeletionInput,
  accountExportOutput,
  accountOutput,
  codeInput,
  credentialsInput,
  endedOutput,
  loginOutput,
  passwordChangeInput,
  reauthenticationInput,
  reauthenticationOutput,
  recoveryCodesOutput,
  registerInput,
  secondFactorInput,
  secondFactorOutput,
  securityOutput,
  sessionIdInput,
  sessionListOutput,
  settingsOutput,
  userOutput,
} from "./schema.ts";
import { changePassword, deleteAccount, logIn, logOut, reauthenticate, register, signIn } from "./service.ts";
import { endAll, endOne, endOthers, listSessions } from "./sessions/sessions.ts";
import {
  beginSecondFactor,
  disableSecondFactor,
  enableSecondFactor,
  renewRecoveryCodes,
} from "./two-factor/second-factor.ts";

type Method = "GET" | "POST" | "PUT" | "DELETE";

const account = (method: Method, path: `/${string}`, summary: string): RouteMeta => ({
  openapi: { method, path, summary, tags: ["Account"], protect: true },
});
const security = (method: Method, path: `/${string}`, summary: string, description?: string): RouteMeta => ({
  openapi: { method, path, summary, ...(description ? { description } : {}), tags: ["Security"], protect: true },
});
const open = (meta: RouteMeta): RouteMeta => ({
  ...meta,
  ...(meta.openapi ? { openapi: { ...meta.openapi, protect: false } } : {}),
});

/** Over REST there is no browser to mark, and no cookie. */
const browserOf = ({ origin, cookies, addCookie, transport }: Context) => ({
  origin,
  cookies,
  addCookie: transport === "trpc" ? addCookie : undefined,
});

const CONFIRMED =
  "An account with a second factor is asked for it again: 403 with code REAUTHENTICATE until POST /auth/reauthenticate.";

export const authRouter = router({
  register: publicProcedure
    .meta({ ...open(account("POST", "/auth/register", "Open an account")), status: 201 })
    .input(registerInput)
    .output(userOutput)
    .mutation(({ ctx, input }) => register(ctx.app, { ...input, origin: ctx.origin })),

  login: publicProcedure
    .meta(open(account("POST", "/auth/login", "Log in for a session bearer")))
    .input(credentialsInput)
    .output(loginOutput)
    .mutation(({ ctx, input }) => logIn(ctx.app, { ...input, origin: ctx.origin })),

  /** As `login`, for the web app: the session goes into an HttpOnly cookie and never into script. */
  signIn: publicProcedure
    .input(credentialsInput)
    .output(userOutput)
    .mutation(({ ctx, input }) =>
      signIn(ctx.app, { ...input, origin: ctx.origin, cookies: ctx.cookies, addCookie: ctx.addCookie }),
    ),

  logout: sessionProcedure
    .meta(account("POST", "/auth/logout", "End this session"))
    .input(z.strictObject({}))
    .output(messageOutput)
    .mutation(({ ctx }) => logOut(ctx.app, { ...ctx.principal, origin: ctx.origin, addCookie: ctx.addCookie })),

  me: sessionProcedure
    .meta(account("GET", "/user", "The account of this session"))
    .input(z.strictObject({}))
    .output(userOutput)
    .query(({ ctx }) => getUser(ctx.app, { userId: ctx.principal.userId })),

  /** As `me`, with what decides which pages there are. */
  account: sessionProcedure
    .input(z.strictObject({}))
    .output(accountOutput)
    .query(({ ctx }) => getAccount(ctx.app, { userId: ctx.principal.userId })),

  changePassword: confirmedProcedure
    .meta(account("PUT", "/user/password", "Change the password; every other session ends"))
    .input(passwordChangeInput)
    .output(messageOutput)
    .mutation(({ ctx, input }) => changePassword(ctx.app, { ...input, ...ctx.principal, ...browserOf(ctx) })),

  deleteAccount: confirmedProcedure
    .meta({
      ...account("POST", "/user/delete", "Delete the account with its keys, usage, tokens and sessions"),
      status: 204,
    })
    .input(accountDeletionInput)
    .output(z.void())
    .mutation(({ ctx, input }) =>
      deleteAccount(ctx.app, { ...input, ...ctx.principal, origin: ctx.origin, addCookie: ctx.addCookie }),
    ),

  /** What is kept about the user, for them to take away; the rows of usage come from /usage/export. */
  exportData: sessionProcedure
    .input(z.strictObject({}).optional())
    .output(accountExportOutput)
    .query(({ ctx }) => exportAccount(ctx.app, { userId: ctx.principal.userId, origin: ctx.origin })),

  /** What the web app shows before anybody has logged in. */
  settings: publicProcedure
    .input(z.strictObject({}).optional())
    .output(settingsOutput)
    .query(({ ctx }) => getSettings(ctx.app)),

  security: sessionProcedure
    .meta(security("GET", "/user/security", "How this account is guarded"))
    .input(z.strictObject({}))
    .output(securityOutput)
    .query(({ ctx }) => getSecurity(ctx.app, ctx.principal)),

  reauthenticate: sessionProcedure
    .meta(
      security(
        "POST",
        "/auth/reauthenticate",
        "Give password and code again",
        "Opens, for ten minutes in this session, what answers 403 with code REAUTHENTICATE.",
      ),
    )
    .input(reauthenticationInput)
    .output(reauthenticationOutput)
    .mutation(({ ctx, input }) => reauthenticate(ctx.app, { ...input, ...ctx.principal, origin: ctx.origin })),

  sessions: sessionProcedure
    .meta(security("GET", "/user/sessions", "Your sessions, the last used first; at most 200"))
    .input(z.strictObject({}))
    .output(sessionListOutput)
    .query(({ ctx }) => listSessions(ctx.app, ctx.principal)),

  endSession: sessionProcedure
    .meta({ ...security("DELETE", "/user/sessions/{id}", "End one of your sessions"), status: 204 })
    .input(sessionIdInput)
    .output(z.void())
    .mutation(({ ctx, input }) => endOne(ctx.app, { ...input, userId: ctx.principal.userId, origin: ctx.origin })),

  endOtherSessions: sessionProcedure
    .meta(security("POST", "/user/sessions/end-others", "End every session but this one"))
    .input(z.strictObject({}))
    .output(endedOutput)
    .mutation(({ ctx }) => endOthers(ctx.app, { ...ctx.principal, origin: ctx.origin })),

  endAllSessions: sessionProcedure
    .meta({ ...security("DELETE", "/user/sessions", "End every session, this one too"), status: 204 })
    .input(z.strictObject({}))
    .output(z.void())
    .mutation(({ ctx }) =>
      endAll(ctx.app, { userId: ctx.principal.userId, origin: ctx.origin, addCookie: ctx.addCookie }),
    ),

  beginSecondFactor: sessionProcedure
    .meta(
      security(
        "POST",
        "/user/second-factor",
        "Make a secret for an authenticator",
        "It counts once POST /user/second-factor/enable has had its first code, within 15 minutes.",
      ),
    )
    .input(secondFactorInput)
    .output(secondFactorOutput)
    .mutation(({ ctx, input }) => beginSecondFactor(ctx.app, { ...input, ...ctx.principal, origin: ctx.origin })),

  enableSecondFactor: sessionProcedure
    .meta(
      security(
        "POST",
        "/user/second-factor/enable",
        "Switch the second factor on with its first code",
        "Every other session ends.",
      ),
    )
    .input(codeInput)
    .output(recoveryCodesOutput)
    .mutation(({ ctx, input }) => enableSecondFactor(ctx.app, { ...input, ...ctx.principal, ...browserOf(ctx) })),

  disableSecondFactor: confirmedProcedure
    .meta(security("POST", "/user/second-factor/disable", "Switch the second factor off", CONFIRMED))
    .input(z.strictObject({}))
    .output(messageOutput)
    .mutation(({ ctx }) => disableSecondFactor(ctx.app, { userId: ctx.principal.userId, ...browserOf(ctx) })),

  renewRecoveryCodes: confirmedProcedure
    .meta(security("POST", "/user/second-factor/recovery-codes", "New recovery codes in place of the old", CONFIRMED))
    .input(z.strictObject({}))
    .output(recoveryCodesOutput)
    .mutation(({ ctx }) => renewRecoveryCodes(ctx.app, { userId: ctx.principal.userId, origin: ctx.origin })),
});
