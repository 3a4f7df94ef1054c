import { z } from "zod";
import { router, sessionProcedure } from "../rpc/procedures.ts";
import { getReconciliation } from "./reconciliation.ts";
import {
  accountIdInput,
  accountKeyListOutput,
  accountListOutput,
  accountOutput,
  deleteAccountInput,
  historyInput,
  historyOutput,
  listAccountKeysInput,
  reconciliationInput,
  reconciliationOutput,
  updateAccountInput,
} from "./schema.ts";
import { deleteAccount, getAccount, listAccountKeys, listAccounts, listHistory, updateAccount } from "./service.ts";

const common = { tags: ["Accounts"], protect: true };

export const accountsRouter = router({
  list: sessionProcedure
    .meta({
      openapi: { ...common, method: "GET", path: "/accounts", summary: "Your OpenRouter accounts, oldest first" },
    })
    .input(z.strictObject({}))
    .output(accountListOutput)
    .query(({ ctx }) => listAccounts(ctx.app, { userId: ctx.principal.userId })),

  get: sessionProcedure
    .meta({ openapi: { ...common, method: "GET", path: "/accounts/{id}", summary: "One OpenRouter account" } })
    .input(accountIdInput)
    .output(accountOutput)
    .query(({ ctx, input }) => getAccount(ctx.app, { ...input, userId: ctx.principal.userId })),

  update: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "PUT",
        path: "/accounts/{id}",
        summary: "Rename an account, or choose whether new keys are watched",
      },
    })
    .input(updateAccountInput)
    .output(accountOutput)
    .mutation(({ ctx, input }) => updateAccount(ctx.app, { ...input, userId: ctx.principal.userId })),

  delete: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "DELETE",
        path: "/accounts/{id}",
        summary: "Delete an account and its management key; the usage of its keys is kept",
      },
      status: 204,
    })
    .input(deleteAccountInput)
    .output(z.void())
    .mutation(({ ctx, input }) =>
      deleteAccount(ctx.app, { ...input, userId: ctx.principal.userId, origin: ctx.origin }),
    ),

  keys: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "GET",
        path: "/accounts/{id}/keys",
        summary: "Keys of an account at OpenRouter, watched or not, the newest first",
      },
    })
    .input(listAccountKeysInput)
    .output(accountKeyListOutput)
    .query(({ ctx, input }) => listAccountKeys(ctx.app, { ...input, userId: ctx.principal.userId })),

  history: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "GET",
        path: "/accounts/{id}/history",
        summary: "What happened to the keys of an account at OpenRouter, newest first",
      },
    })
    .input(historyInput)
    .output(historyOutput)
    .query(({ ctx, input }) => listHistory(ctx.app, { ...input, userId: ctx.principal.userId })),

  reconciliation: sessionProcedure
    .meta({
      openapi: {
        ...common,
        method: "GET",
        path: "/accounts/{id}/reconciliation",
        summary: "The total of an account beside its keys, day by day",
      },
    })
    .input(reconciliationInput)
    .output(reconciliationOutput)
    .query(({ ctx, input }) => getReconciliation(ctx.app, { ...input, userId: ctx.principal.userId })),
});
