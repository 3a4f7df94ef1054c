import { z } from "zod";
import { apiTokenProcedure, memberOf, router, sessionProcedure } from "../rpc/procedures.ts";
import { countAttention } from "./list/attention.ts";
import { listLimits } from "./list/limits.ts";
import { listKeys } from "./list/list.ts";
import { getPublicKey, listPublicKeys } from "./list/public.ts";
import { deleteKey, getDeletionImpact } from "./removal.ts";
import {
  attentionOutput,
  deletionImpactOutput,
  keyFilter,
  keyIdInput,
  keyLimitsOutput,
  keyListOutput,
  keyNamesOutput,
  keyOutput,
  listKeysInput,
  publicKeyOutput,
  publicKeysOutput,
  updateKeyInput,
} from "./schema.ts";
import { getKey, listKeyNames, updateKey } from "./service.ts";
import { validateKey } from "./validation/validate.ts";

const tags = ["Keys"];

export const keysRouter = router({
  list: sessionProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/keys",
        summary: "List your keys",
        description:
          "Newest first, unless `sort` is given. Filters are combined. `sums` contains all keys that match, not only those of the page.",
        tags,
        protect: true,
      },
    })
    .input(listKeysInput)
    .output(keyListOutput)
    .query(({ ctx, input }) => listKeys(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  get: sessionProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/keys/{id}",
        summary: "Get a key",
        description: "A key with its limit, counters and status, without its secret.",
        tags,
        protect: true,
      },
    })
    .input(keyIdInput)
    .output(keyOutput)
    .query(({ ctx, input }) => getKey(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  update: sessionProcedure
    .meta({
      openapi: {
        method: "PUT",
        path: "/keys/{id}",
        summary: "Update a key",
        description: "Changes the fields that are given. Nothing is changed at OpenRouter.",
        tags,
        protect: true,
      },
    })
    .input(updateKeyInput)
    .output(keyOutput)
    .mutation(({ ctx, input }) => updateKey(ctx.app, { ...input, ...memberOf(ctx), origin: ctx.origin })),

  delete: sessionProcedure
    .meta({
      openapi: {
        method: "DELETE",
        path: "/keys/{id}",
        summary: "Delete a key and its usage",
        description:
          "The key stays at OpenRouter. Its usage in orwatch cannot be restored if OpenRouter no longer has it.",
        tags,
        protect: true,
      },
      status: 204,
    })
    .input(keyIdInput)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteKey(ctx.app, { ...input, ...memberOf(ctx), origin: ctx.origin })),

  validate: sessionProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/keys/{id}/validate",
        summary: "Check a key at OpenRouter",
        description: "Asks OpenRouter about the key now, and returns it with its new status, limit and counters.",
        tags,
        protect: true,
      },
      waits: true,
    })
    .input(keyIdInput)
    .output(keyOutput)
    .mutation(({ ctx, input }) => validateKey(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  /** What would be deleted together with the key. */
  deletionImpact: sessionProcedure
    .input(keyIdInput)
    .output(deletionImpactOutput)
    .query(({ ctx, input }) => getDeletionImpact(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  /** How many keys each value of `show` would list. */
  attention: sessionProcedure
    .input(keyFilter)
    .output(attentionOutput)
    .query(({ ctx, input }) => countAttention(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  /** Id, name and kind of every key. */
  names: sessionProcedure
    .input(z.strictObject({}))
    .output(keyNamesOutput)
    .query(({ ctx }) => listKeyNames(ctx.app, { teamId: ctx.principal.teamId })),

  /** The keys with the lowest remaining budget. */
  limits: sessionProcedure
    .input(keyFilter)
    .output(keyLimitsOutput)
    .query(({ ctx, input }) => listLimits(ctx.app, { ...input, teamId: ctx.principal.teamId })),
});

export const keysV1Router = router({
  keys: apiTokenProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/v1/keys",
        summary: "List keys with their totals",
        description:
          "Limits, spend counters, status and totals of every key, sorted by name. Contains keys only. Usage of OpenRouter accounts that belongs to no key is not part of it, so the keys can add up to less than the totals of `/api/v1/stats`. `/api/v1/usage` lists that usage with `api_key_id: null`.",
        tags: ["Public API"],
        protect: true,
      },
      revalidates: "day",
    })
    .input(z.strictObject({}))
    .output(publicKeysOutput)
    .query(({ ctx }) => listPublicKeys(ctx.app, { teamId: ctx.principal.teamId })),

  updateKey: apiTokenProcedure
    .meta({
      openapi: {
        method: "PUT",
        path: "/v1/keys/{id}",
        summary: "Rename a key, or turn it on or off",
        description:
          "Changes the fields that are given. Nothing is changed at OpenRouter. The API token needs the scope `keys:write`.",
        tags: ["Public API"],
        protect: true,
      },
    })
    .input(updateKeyInput)
    .output(publicKeyOutput)
    .mutation(async ({ ctx, input }) => {
      await updateKey(ctx.app, { ...input, ...memberOf(ctx), origin: ctx.origin, apiToken: ctx.principal.name });
      return getPublicKey(ctx.app, { teamId: ctx.principal.teamId, id: input.id });
    }),
});
