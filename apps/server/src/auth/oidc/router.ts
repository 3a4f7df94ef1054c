import { z } from "zod";
import { type Context, confirmedProcedure, publicProcedure, router, sessionProcedure } from "../../rpc/procedures.ts";
import { beginFlow } from "./begin.ts";
import { disconnectIdentity, listIdentities } from "./identities.ts";
import { beginInput, beginOutput, finishInput, identitiesOutput, identityIdInput, pendingOutput } from "./schema.ts";
import { describePending, finishSignIn } from "./sign-in.ts";

const sessionOf = ({ principal }: Context) => (principal?.kind === "session" ? principal : null);

/** Sign-in through a provider of OpenID Connect. Only browsers need it, so it has no REST routes. */
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
    .input(z.strictObject({}))
    .output(identitiesOutput)
    .query(({ ctx }) => listIdentities(ctx.app, ctx.principal)),

  disconnect: confirmedProcedure
    .input(identityIdInput)
    .output(z.void())
    .mutation(({ ctx, input }) => disconnectIdentity(ctx.app, { ...input, ...ctx.principal, origin: ctx.origin })),
});
