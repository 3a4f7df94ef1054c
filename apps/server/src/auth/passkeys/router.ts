import { z } from "zod";
import {
  confirmedProcedure,
  freshProcedure,
  publicProcedure,
  type RouteMeta,
  router,
  sessionProcedure,
} from "../../rpc/procedures.ts";
import { reauthenticationOutput, userOutput } from "../schema.ts";
import { confirmWithPasskey, signInWithPasskey } from "../service.ts";
import {
  addedPasskeyOutput,
  addPasskeyInput,
  creationOptionsOutput,
  passkeyIdInput,
  passkeyInput,
  passkeyListOutput,
  renamePasskeyInput,
  requestOptionsOutput,
} from "./schema.ts";
import { addPasskey, beginPasskey, beginUse, listPasskeys, removePasskey, renamePasskey } from "./service.ts";

const route = (
  method: "GET" | "PUT" | "DELETE",
  path: `/${string}`,
  summary: string,
  description: string,
): RouteMeta => ({
  openapi: { method, path, summary, description, tags: ["Security"], protect: true },
});

/** Passkeys are created and used in browsers only. Over REST, they are listed, renamed and removed. */
export const passkeysRouter = router({
  /** Options for `signIn`, for the second factor of `auth.signIn`, and for `confirm`. */
  beginUse: publicProcedure
    .input(z.strictObject({}))
    .output(requestOptionsOutput)
    .mutation(({ ctx }) =>
      beginUse(ctx.app, {
        userId: ctx.principal?.kind === "session" ? ctx.principal.userId : null,
        site: ctx.site,
        address: ctx.origin.address,
      }),
    ),

  signIn: publicProcedure
    .input(passkeyInput)
    .output(userOutput)
    .mutation(({ ctx, input }) =>
      signInWithPasskey(ctx.app, { ...input, origin: ctx.origin, cookies: ctx.cookies, addCookie: ctx.addCookie }),
    ),

  /** Confirms the identity of the user as `auth.reauthenticate` does. */
  confirm: sessionProcedure
    .input(passkeyInput)
    .output(reauthenticationOutput)
    .mutation(({ ctx, input }) => confirmWithPasskey(ctx.app, { ...input, ...ctx.principal, origin: ctx.origin })),

  begin: freshProcedure
    .input(z.strictObject({}))
    .output(creationOptionsOutput)
    .mutation(({ ctx }) => beginPasskey(ctx.app, { userId: ctx.principal.userId, site: ctx.site })),

  add: sessionProcedure
    .input(addPasskeyInput)
    .output(addedPasskeyOutput)
    .mutation(({ ctx, input }) => {
      const { userId, sessionId } = ctx.principal;
      const { origin, cookies, addCookie } = ctx;
      return addPasskey(ctx.app, { ...input, userId, sessionId, origin, cookies, addCookie });
    }),

  list: sessionProcedure
    .meta(
      route("GET", "/user/passkeys", "List your passkeys", "Oldest first, at most 20. They are added in the web app."),
    )
    .input(z.strictObject({}))
    .output(passkeyListOutput)
    .query(({ ctx }) => listPasskeys(ctx.app, { userId: ctx.principal.userId })),

  rename: sessionProcedure
    .meta(route("PUT", "/user/passkeys/{id}", "Rename a passkey", "Changes its name in orwatch only."))
    .input(renamePasskeyInput)
    .output(passkeyListOutput.element)
    .mutation(({ ctx, input }) => renamePasskey(ctx.app, { ...input, userId: ctx.principal.userId })),

  remove: confirmedProcedure
    .meta({
      ...route(
        "DELETE",
        "/user/passkeys/{id}",
        "Remove a passkey",
        "It no longer logs you in. If it is your last second factor, two-factor authentication is turned off and the recovery codes are deleted; where it is required, this returns 409. This returns 403 with code `REAUTHENTICATE` until you confirm your identity with `POST /api/auth/reauthenticate`.",
      ),
      status: 204,
    })
    .input(passkeyIdInput)
    .output(z.void())
    .mutation(({ ctx, input }) => {
      const { origin, cookies, addCookie } = ctx;
      return removePasskey(ctx.app, { ...input, userId: ctx.principal.userId, origin, cookies, addCookie });
    }),
});
