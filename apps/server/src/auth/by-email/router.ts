import { z } from "zod";
import { freshProcedure, publicProcedure, router, sessionProcedure } from "../../rpc/procedures.ts";
import { messageOutput } from "../../rpc/wire.ts";
import { cancelEmailChange, confirmEmailChange, requestEmailChange } from "./email-change.ts";
import { requestPasswordReset, resetPasswordByEmail } from "./password-reset.ts";
import {
  confirmedEmailOutput,
  emailChangeInput,
  emailChangeOutput,
  passwordResetInput,
  resetRequestInput,
  tokenInput,
} from "./schema.ts";

/** Merged into the `auth` router. For the web app only: the links in the emails lead to its pages. */
export const byEmailRouter = router({
  requestPasswordReset: publicProcedure
    .input(resetRequestInput)
    .output(messageOutput)
    .mutation(({ ctx, input }) => requestPasswordReset(ctx.app, { ...input, origin: ctx.origin })),

  resetPassword: publicProcedure
    .input(passwordResetInput)
    .output(messageOutput)
    .mutation(({ ctx, input }) => resetPasswordByEmail(ctx.app, { ...input, origin: ctx.origin })),

  requestEmailChange: freshProcedure
    .input(emailChangeInput)
    .output(emailChangeOutput)
    .mutation(({ ctx, input }) =>
      requestEmailChange(ctx.app, { ...input, userId: ctx.principal.userId, origin: ctx.origin }),
    ),

  cancelEmailChange: sessionProcedure
    .input(z.strictObject({}))
    .output(z.void())
    .mutation(({ ctx }) => cancelEmailChange(ctx.app, { userId: ctx.principal.userId })),

  /** Needs no session: the link may be opened on another device. */
  confirmEmailChange: publicProcedure
    .input(tokenInput)
    .output(confirmedEmailOutput)
    .mutation(({ ctx, input }) => confirmEmailChange(ctx.app, { ...input, origin: ctx.origin })),
});
