import { z } from "zod";
import type { Principal } from "../rpc/principal.ts";
import {
  type Context,
  confirmedProcedure,
  memberOf,
  publicProcedure,
  type RouteMeta,
  router,
  sessionProcedure,
} from "../rpc/procedures.ts";
import { messageOutput } from "../rpc/wire.ts";
import { getAccount, getCurrentUser, getSecurity, getSettings, updateUser } from "./account.ts";
import { exportAccount } from "./export-account.ts";
import {
  accountDeletionInput,
  accountExportOutput,
  accountOutput,
  codeInput,
  credentialsInput,
  currentUserOutput,
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
  signInInput,
  updateUserInput,
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

const account = (method: Method, path: `/${string}`, summary: string, description?: string): RouteMeta => ({
  openapi: { method, path, summary, ...(description ? { description } : {}), tags: ["Current user"], protect: true },
});
const security = (method: Method, path: `/${string}`, summary: string, description?: string): RouteMeta => ({
  openapi: { method, path, summary, ...(description ? { description } : {}), tags: ["Security"], protect: true },
});
const open = (meta: RouteMeta): RouteMeta => ({
  ...meta,
  ...(meta.openapi ? { openapi: { ...meta.openapi, protect: false } } : {}),
});

/** Requests over REST set no cookies. */
const browserOf = ({ origin, cookies, addCookie, transport }: Context) => ({
  origin,
  cookies,
  addCookie: transport === "trpc" ? addCookie : undefined,
});

/** The user and the team of the request; `null` if it names one that the user is not in. */
const userInTeam = ({ principal, isForeignTeam }: Context & { principal: Principal }) => ({
  userId: principal.userId,
  teamId: isForeignTeam ? null : principal.teamId,
});

const CONFIRMED =
  "If two-factor authentication is on, this returns 403 with code `REAUTHENTICATE` until you confirm your identity with `POST /api/auth/reauthenticate`.";

export const authRouter = router({
  register: publicProcedure
    .meta({
      ...open(
        account(
          "POST",
          "/auth/register",
          "Register a user",
          "Creates a user. The first one is the administrator of the server. Returns 403 if registration is closed and there is no `invitation`, or if the first user comes from another machine and `setup_code` is missing or wrong.",
        ),
      ),
      status: 201,
    })
    .input(registerInput)
    .output(userOutput)
    .mutation(({ ctx, input }) => register(ctx.app, { ...input, isLocal: ctx.isLocal, origin: ctx.origin })),

  login: publicProcedure
    .meta(
      open(
        account(
          "POST",
          "/auth/login",
          "Log in",
          "Returns an `access_token` for `Authorization: Bearer`. With two-factor authentication, `code` is required.",
        ),
      ),
    )
    .input(credentialsInput)
    .output(loginOutput)
    .mutation(({ ctx, input }) => logIn(ctx.app, { ...input, origin: ctx.origin })),

  /** Like `login`, for the web app: the session is stored in an HttpOnly cookie, out of reach of scripts. */
  signIn: publicProcedure
    .input(signInInput)
    .output(userOutput)
    .mutation(({ ctx, input }) =>
      signIn(ctx.app, { ...input, origin: ctx.origin, cookies: ctx.cookies, addCookie: ctx.addCookie }),
    ),

  logout: sessionProcedure
    .meta(account("POST", "/auth/logout", "Log out", "Ends the current session."))
    .input(z.strictObject({}))
    .output(messageOutput)
    .mutation(({ ctx }) => logOut(ctx.app, { ...ctx.principal, origin: ctx.origin, addCookie: ctx.addCookie })),

  me: sessionProcedure
    .meta(account("GET", "/user", "Get the current user", "The user of the session, with their teams."))
    .input(z.strictObject({}))
    .output(currentUserOutput)
    .query(({ ctx }) => getCurrentUser(ctx.app, userInTeam(ctx))),

  update: sessionProcedure
    .meta(account("PUT", "/user", "Update the current user", "Chooses the team of requests that name none."))
    .input(updateUserInput)
    .output(currentUserOutput)
    .mutation(({ ctx, input }) => updateUser(ctx.app, { ...input, ...userInTeam(ctx) })),

  /** Like `me`, with what decides which pages are shown. */
  account: sessionProcedure
    .input(z.strictObject({}))
    .output(accountOutput)
    .query(({ ctx }) => getAccount(ctx.app, userInTeam(ctx))),

  changePassword: confirmedProcedure
    .meta(account("PUT", "/user/password", "Change your password", "Ends all other sessions."))
    .input(passwordChangeInput)
    .output(messageOutput)
    .mutation(({ ctx, input }) => changePassword(ctx.app, { ...input, ...ctx.principal, ...browserOf(ctx) })),

  deleteAccount: confirmedProcedure
    .meta({
      ...account(
        "POST",
        "/user/delete",
        "Delete the current user",
        "Also deletes your sessions and the teams of which you are the only member, with their keys, usage and API tokens. Returns 409 if you are the only owner of a team with other members, unless `delete_teams` is `true`.",
      ),
      status: 204,
    })
    .input(accountDeletionInput)
    .output(z.void())
    .mutation(({ ctx, input }) =>
      deleteAccount(ctx.app, { ...input, ...ctx.principal, origin: ctx.origin, addCookie: ctx.addCookie }),
    ),

  /** The data stored about the user, for download. Usage rows come from /usage/export. */
  exportData: sessionProcedure
    .input(z.strictObject({}).optional())
    .output(accountExportOutput)
    .query(({ ctx }) => exportAccount(ctx.app, { ...memberOf(ctx), origin: ctx.origin })),

  /** Settings that the web app needs before anyone has logged in. */
  settings: publicProcedure
    .input(z.strictObject({}).optional())
    .output(settingsOutput)
    .query(({ ctx }) => getSettings(ctx.app, { isLocal: ctx.isLocal })),

  security: sessionProcedure
    .meta(
      security(
        "GET",
        "/user/security",
        "Get your security settings",
        "Whether two-factor authentication is on, by an authenticator app or passkeys, and how many recovery codes are left.",
      ),
    )
    .input(z.strictObject({}))
    .output(securityOutput)
    .query(({ ctx }) => getSecurity(ctx.app, ctx.principal)),

  reauthenticate: sessionProcedure
    .meta(
      security(
        "POST",
        "/auth/reauthenticate",
        "Confirm your identity",
        "For ten minutes, allows this session to call the endpoints that return 403 with code `REAUTHENTICATE`.",
      ),
    )
    .input(reauthenticationInput)
    .output(reauthenticationOutput)
    .mutation(({ ctx, input }) => reauthenticate(ctx.app, { ...input, ...ctx.principal, origin: ctx.origin })),

  sessions: sessionProcedure
    .meta(
      security(
        "GET",
        "/user/sessions",
        "List your sessions",
        "Returns at most 200 sessions, most recently used first.",
      ),
    )
    .input(z.strictObject({}))
    .output(sessionListOutput)
    .query(({ ctx }) => listSessions(ctx.app, ctx.principal)),

  endSession: sessionProcedure
    .meta({
      ...security(
        "DELETE",
        "/user/sessions/{id}",
        "End a session",
        "Signs out one session. Requests with it are 401 from then on.",
      ),
      status: 204,
    })
    .input(sessionIdInput)
    .output(z.void())
    .mutation(({ ctx, input }) => endOne(ctx.app, { ...input, userId: ctx.principal.userId, origin: ctx.origin })),

  endOtherSessions: sessionProcedure
    .meta(
      security(
        "POST",
        "/user/sessions/end-others",
        "End all other sessions",
        "Signs out every session of the user but the current one.",
      ),
    )
    .input(z.strictObject({}))
    .output(endedOutput)
    .mutation(({ ctx }) => endOthers(ctx.app, { ...ctx.principal, origin: ctx.origin })),

  endAllSessions: sessionProcedure
    .meta({
      ...security("DELETE", "/user/sessions", "End all sessions", "Includes the session that makes the request."),
      status: 204,
    })
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
        "Set up two-factor authentication",
        "Returns a secret for an authenticator app. To turn on two-factor authentication, send the first code to `POST /api/user/second-factor/enable` within 15 minutes.",
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
        "Turn on two-factor authentication",
        "Requires the first code from the authenticator app. Ends all other sessions.",
      ),
    )
    .input(codeInput)
    .output(recoveryCodesOutput)
    .mutation(({ ctx, input }) => enableSecondFactor(ctx.app, { ...input, ...ctx.principal, ...browserOf(ctx) })),

  disableSecondFactor: confirmedProcedure
    .meta(
      security(
        "POST",
        "/user/second-factor/disable",
        "Turn off the authenticator app",
        `Without passkeys, this turns off two-factor authentication. ${CONFIRMED}`,
      ),
    )
    .input(z.strictObject({}))
    .output(messageOutput)
    .mutation(({ ctx }) => disableSecondFactor(ctx.app, { userId: ctx.principal.userId, ...browserOf(ctx) })),

  renewRecoveryCodes: confirmedProcedure
    .meta(
      security(
        "POST",
        "/user/second-factor/recovery-codes",
        "Generate new recovery codes",
        `Replaces all earlier recovery codes. ${CONFIRMED}`,
      ),
    )
    .input(z.strictObject({}))
    .output(recoveryCodesOutput)
    .mutation(({ ctx }) => renewRecoveryCodes(ctx.app, { userId: ctx.principal.userId, origin: ctx.origin })),
});
