import { z } from "zod";
import { apiTokenProcedure, memberOf, router, sessionProcedure } from "../rpc/procedures.ts";
import { getCreditsHistory } from "./credits/credits.ts";
import { listCredits } from "./credits/current-credits.ts";
import { creditsInput, creditsOutput, currentCreditsOutput } from "./credits/schema.ts";
import { listAccountKeys } from "./keys-list.ts";
import { getReconciliation } from "./reconciliation/reconciliation.ts";
import { reconciliationInput, reconciliationOutput } from "./reconciliation/schema.ts";
import {
  accountIdInput,
  accountKeyListOutput,
  accountListOutput,
  accountOutput,
  deleteAccountInput,
  historyInput,
  historyOutput,
  listAccountKeysInput,
  updateAccountInput,
} from "./schema.ts";
import { deleteAccount, getAccount, listAccounts, listHistory, updateAccount } from "./service.ts";

const common = { tags: ["Accounts"], protect: true };

export const accountsRouter = router({
  list: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "GET",
        path: "/accounts",
        summary: "List your OpenRouter accounts",
        description: "Oldest first.",
      },
    })
    .input(z.strictObject({}))
    .output(accountListOutput)
    .query(({ ctx }) => listAccounts(ctx.app, { teamId: ctx.principal.teamId })),

  get: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "GET",
        path: "/accounts/{id}",
        summary: "Get an OpenRouter account",
        description: "An account with its workspaces, coverage, credits and the progress of its backfill.",
      },
    })
    .input(accountIdInput)
    .output(accountOutput)
    .query(({ ctx, input }) => getAccount(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  update: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "PUT",
        path: "/accounts/{id}",
        summary: "Update an OpenRouter account",
        description: "Changes the fields that are given. Nothing is changed at OpenRouter.",
      },
    })
    .input(updateAccountInput)
    .output(accountOutput)
    .mutation(({ ctx, input }) => updateAccount(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  delete: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "DELETE",
        path: "/accounts/{id}",
        summary: "Delete an OpenRouter account",
        description: "Also deletes its management key. The usage of its keys is kept unless `delete_usage` is `true`.",
      },
      status: 204,
    })
    .input(deleteAccountInput)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteAccount(ctx.app, { ...input, ...memberOf(ctx), origin: ctx.origin })),

  keys: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "GET",
        path: "/accounts/{id}/keys",
        summary: "List the keys of an OpenRouter account",
        description: "Includes keys that are not watched.",
      },
    })
    .input(listAccountKeysInput)
    .output(accountKeyListOutput)
    .query(({ ctx, input }) => listAccountKeys(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  history: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "GET",
        path: "/accounts/{id}/history",
        summary: "List the history of an OpenRouter account",
        description: "What happened to the account and its keys at OpenRouter, newest first.",
      },
    })
    .input(historyInput)
    .output(historyOutput)
    .query(({ ctx, input }) => listHistory(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  credits: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "GET",
        path: "/accounts/{id}/credits",
        summary: "Get the credits history of an OpenRouter account",
        description:
          "The credits that OpenRouter reported over time, the purchases, and the day on which they run out.",
      },
    })
    .input(creditsInput)
    .output(creditsOutput)
    .query(({ ctx, input }) => getCreditsHistory(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  reconciliation: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "GET",
        path: "/accounts/{id}/reconciliation",
        summary: "Compare an OpenRouter account with its keys",
        description: "Returns the total of the account and the sum of its keys for each day.",
      },
    })
    .input(reconciliationInput)
    .output(reconciliationOutput)
    .query(({ ctx, input }) => getReconciliation(ctx.app, { ...input, teamId: ctx.principal.teamId })),
});

export const creditsV1Router = router({
  credits: apiTokenProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/v1/credits",
        summary: "List the credits of OpenRouter accounts",
        description: "Remaining credits of every OpenRouter account, and when they run out at the current pace.",
        tags: ["Public API"],
        protect: true,
      },
    })
    .input(z.strictObject({}))
    .output(currentCreditsOutput)
    .query(({ ctx }) => listCredits(ctx.app, { teamId: ctx.principal.teamId })),
});
