import { z } from "zod";
import {
  accountIdInput,
  accountOutput,
  addAccountInput,
  replaceKeyInput,
  setAccountKeyInput,
} from "../../accounts/schema.ts";
import { confirmedProcedure, memberOf, router, sessionProcedure } from "../../rpc/procedures.ts";
import { id } from "../../rpc/wire.ts";
import { syncOutput } from "../schema.ts";
import { addAccount, replaceManagementKey, setAccountKey, syncAccountNow } from "./service.ts";

const common = { tags: ["Accounts"], protect: true };

/** Merged into the `accounts` router. It is apart because `accounts/` must not import `sync/`. */
export const syncAccountsRouter = router({
  add: confirmedProcedure
    .meta({
      openapi: {
        ...common,
        method: "POST",
        path: "/accounts",
        summary: "Watch an OpenRouter account",
        description:
          "Finds all keys of the account through a management key and watches them without their secrets. This runs in the background. orwatch only reads from OpenRouter and changes nothing there.",
      },
      status: 201,
    })
    .input(addAccountInput)
    .output(accountOutput)
    .mutation(({ ctx, input }) => addAccount(ctx.app, { ...input, ...memberOf(ctx), origin: ctx.origin })),

  replaceKey: confirmedProcedure
    .meta({
      openapi: {
        ...common,
        method: "PUT",
        path: "/accounts/{id}/key",
        summary: "Replace the management key of an OpenRouter account",
        description:
          "The new key must belong to the same OpenRouter account. The previous one is deleted from orwatch.",
      },
    })
    .input(replaceKeyInput)
    .output(accountOutput)
    .mutation(({ ctx, input }) => replaceManagementKey(ctx.app, { ...input, ...memberOf(ctx), origin: ctx.origin })),

  sync: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "POST",
        path: "/accounts/{id}/sync",
        summary: "Sync an OpenRouter account",
        description:
          "Lists the keys of the account and fetches their usage. The backfill of new keys continues in the background after the response.",
      },
      waits: true,
    })
    .input(accountIdInput)
    .output(syncOutput)
    .mutation(({ ctx, input }) => syncAccountNow(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  setKey: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "PUT",
        path: "/accounts/{id}/keys/{hash}",
        summary: "Update a key of an OpenRouter account",
        description:
          "Starts or stops watching the key, or renames it. `is_watched: true` restores a key that you deleted from orwatch.",
      },
      waits: true,
    })
    .input(setAccountKeyInput)
    .output(
      z.object({
        ok: z.literal(true).describe("Always `true`."),
        api_key_id: id.describe("ID of the key in orwatch."),
      }),
    )
    .mutation(({ ctx, input }) => setAccountKey(ctx.app, { ...input, ...memberOf(ctx), origin: ctx.origin })),
});
