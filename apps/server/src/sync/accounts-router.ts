import { z } from "zod";
import {
  accountIdInput,
  accountOutput,
  addAccountInput,
  replaceKeyInput,
  setAccountKeyInput,
} from "../accounts/schema.ts";
import { confirmedProcedure, router, sessionProcedure } from "../rpc/procedures.ts";
import { id } from "../rpc/wire.ts";
import { addAccount, replaceManagementKey, setAccountKey, syncAccountNow } from "./accounts.ts";
import { syncOutput } from "./schema.ts";

const common = { tags: ["Accounts"], protect: true };

/** Stands among the procedures of accounts, which know nothing of syncs. */
export const syncAccountsRouter = router({
  add: confirmedProcedure
    .meta({
      openapi: {
        ...common,
        method: "POST",
        path: "/accounts",
        summary: "Watch an OpenRouter account",
        description:
          "With a management key, all keys of the account are found and watched without their secrets, in the background. orwatch reads with it and changes nothing at OpenRouter.",
      },
      status: 201,
    })
    .input(addAccountInput)
    .output(accountOutput)
    .mutation(({ ctx, input }) => addAccount(ctx.app, { ...input, userId: ctx.principal.userId, origin: ctx.origin })),

  replaceKey: confirmedProcedure
    .meta({
      openapi: {
        ...common,
        method: "PUT",
        path: "/accounts/{id}/key",
        summary: "Replace the management key of an account",
        description: "It has to be of the same OpenRouter account. The one before it is deleted here.",
      },
    })
    .input(replaceKeyInput)
    .output(accountOutput)
    .mutation(({ ctx, input }) =>
      replaceManagementKey(ctx.app, { ...input, userId: ctx.principal.userId, origin: ctx.origin }),
    ),

  sync: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "POST",
        path: "/accounts/{id}/sync",
        summary: "List the keys of an account and fetch their usage now",
        description: "The history of keys that are new goes on in the background after the answer.",
      },
      waits: true,
    })
    .input(accountIdInput)
    .output(syncOutput)
    .mutation(({ ctx, input }) => syncAccountNow(ctx.app, { ...input, userId: ctx.principal.userId })),

  setKey: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "PUT",
        path: "/accounts/{id}/keys/{hash}",
        summary: "Watch a key of an account, or no longer; name it",
        description: "A key that you have deleted here comes back with is_watched: true.",
      },
      waits: true,
    })
    .input(setAccountKeyInput)
    .output(z.object({ ok: z.literal(true), api_key_id: id }))
    .mutation(({ ctx, input }) => setAccountKey(ctx.app, { ...input, userId: ctx.principal.userId })),
});
