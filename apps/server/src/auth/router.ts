import { z } from "zod";
import { publicProcedure, router, sessionProcedure } from "../trpc.ts";
import { message } from "../wire.ts";
import { exportAccount } from "./export-account.ts";
import {
  accountDeletionInput,
  accountExportOutput,
  credentialsInput,
  loginOutput,
  passwordChangeInput,
  registerInput,
  settingsOutput,
  userOutput,
} from "./schema.ts";
import { changePassword, deleteAccount, getSettings, getUser, logIn, logOut, register, signIn } from "./service.ts";

const tags = ["Account"];

export const authRouter = router({
  register: publicProcedure
    .meta({
      openapi: { method: "POST", path: "/auth/register", summary: "Open an account", tags, protect: false },
      status: 201,
    })
    .input(registerInput)
    .output(userOutput)
    .mutation(({ ctx, input }) => register(ctx.app, { ...input, address: ctx.address })),

  login: publicProcedure
    .meta({
      openapi: { method: "POST", path: "/auth/login", summary: "Log in for a session bearer", tags, protect: false },
    })
    .input(credentialsInput)
    .output(loginOutput)
    .mutation(({ ctx, input }) => logIn(ctx.app, { ...input, address: ctx.address })),

  /** As `login`, for the web app: the session goes into an HttpOnly cookie and never into script. */
  signIn: publicProcedure
    .input(credentialsInput)
    .output(userOutput)
    .mutation(({ ctx, input }) => signIn(ctx.app, { ...input, address: ctx.address, addCookie: ctx.addCookie })),

  logout: sessionProcedure
    .meta({ openapi: { method: "POST", path: "/auth/logout", summary: "End this session", tags, protect: true } })
    .input(z.strictObject({}))
    .output(message)
    .mutation(({ ctx }) => logOut(ctx.app, { sessionId: ctx.principal.sessionId, addCookie: ctx.addCookie })),

  me: sessionProcedure
    .meta({ openapi: { method: "GET", path: "/user", summary: "The account of this session", tags, protect: true } })
    .input(z.object({}))
    .output(userOutput)
    .query(({ ctx }) => getUser(ctx.app, { userId: ctx.principal.userId })),

  changePassword: sessionProcedure
    .meta({
      openapi: {
        method: "PUT",
        path: "/user/password",
        summary: "Change the password; every other session ends",
        tags,
        protect: true,
      },
    })
    .input(passwordChangeInput)
    .output(message)
    .mutation(({ ctx, input }) => changePassword(ctx.app, { ...input, ...ctx.principal, address: ctx.address })),

  deleteAccount: sessionProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/user/delete",
        summary: "Delete the account with its keys, usage, tokens and sessions",
        tags,
        protect: true,
      },
      status: 204,
    })
    .input(accountDeletionInput)
    .output(z.void())
    .mutation(({ ctx, input }) =>
      deleteAccount(ctx.app, {
        ...input,
        userId: ctx.principal.userId,
        address: ctx.address,
        addCookie: ctx.addCookie,
      }),
    ),

  /** What is kept about the user, for them to take away; the rows of usage come from /usage/export. */
  exportData: sessionProcedure
    .output(accountExportOutput)
    .query(({ ctx }) => exportAccount(ctx.app, { userId: ctx.principal.userId })),

  /** What the web app shows before anybody has logged in. */
  settings: publicProcedure.output(settingsOutput).query(({ ctx }) => getSettings(ctx.app)),
});
