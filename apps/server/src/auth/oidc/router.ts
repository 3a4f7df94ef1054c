import { z } from "zod";
import {
  type Context,
  confirmedProcedure,
  publicProcedure,
  type RouteMeta,
  router,
  sessionProcedure,
} from "../../rpc/procedures.ts";
import { beginFlow } from "./begin.ts";
import { disconnectIdentity, listIdentities } from "./identities.ts";
import { beginInput, beginOutput, finishInput, identitiesOutput, identityIdInput, pendingOutput } from "./schema.ts";
import { describePending, finishSignIn } from "./sign-in.ts";

const sessionOf = ({ principal }: Context) => (principal?.kind === "session" ? principal : null);

const route = (method: "GET" | "DELETE", path: `/${string}`, summary: string, description: string): RouteMeta => ({
  openapi: { method, path, summary, description, tags: ["Security"], protect: true },
});

/** Sign-in through a provider of OpenID Connect, which only browsers can do. Over REST, connections are listed and removed. */
export const oidcRouter = router({
  begin: publicProcedure
    .input(beginInput)
    .output(beginOutput)
    .mutation(({ ctx, input }) => beginFlow(ctx.app, { ...ctx, ...input })),

  /** What must still be entered after the visit to the provider. */
  pending: publicProcedure
    .input(z.strictObject({}))
    .output(pendingOutput)
    .query(({ ctx }) => describePending(ctx.app, ctx.cookies)),

  finish: publicProcedure
    .input(finishInput)
    .output(z.void())
    .mutation(({ ctx, input }) => finishSignIn(ctx.app, { ...ctx, ...input, session: sessionOf(ctx) })),

  identities: sessionProcedure
    .meta(
      route(
        "GET",
        "/user/identities",
        "List your connections to sign-in providers",
        "The people at OpenID Connect providers who sign in as you, oldest first. They are connected in the web app.",
      ),
    )
    .input(z.strictObject({}))
    .output(identitiesOutput)
    .query(({ ctx }) => listIdentities(ctx.app, ctx.principal)),

  disconnect: confirmedProcedure
    .meta({
      ...route(
        "DELETE",
        "/user/identities/{id}",
        "Disconnect a sign-in provider",
        "Ends your other sessions that were signed in with it. Returns 409 if you could not sign in any more. If two-factor authentication is on, this returns 403 with code `REAUTHENTICATE` until you confirm your identity with `POST /api/auth/reauthenticate`.",
      ),
      status: 204,
    })
    .input(identityIdInput)
    .output(z.void())
    .mutation(({ ctx, input }) => disconnectIdentity(ctx.app, { ...input, ...ctx.principal, origin: ctx.origin })),
});
