import { z } from "zod";
import { addKeyInput, keyIdInput, keyOutput, publicKeyOutput } from "../keys/schema.ts";
import { apiTokenProcedure, confirmedProcedure, memberOf, router, sessionProcedure } from "../rpc/procedures.ts";
import { findProgress } from "./progress.ts";
import { progressOutput, publicSyncInput, syncOutput } from "./schema.ts";
import { addKey, addPublicKey, syncAllOfTeam, syncForToken, syncKeyNow } from "./service.ts";

const tags = ["Keys"];

export const syncRouter = router({
  key: sessionProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/keys/{id}/sync",
        summary: "Sync a key",
        description:
          "Fetches the key's usage from OpenRouter and returns when it is done. If a sync of the key is already running, waits for that one. For a management key, syncs every key it covers.",
        tags,
        protect: true,
      },
      waits: true,
    })
    .input(keyIdInput)
    .output(syncOutput)
    .mutation(({ ctx, input }) => syncKeyNow(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  /** Every active key of the team. */
  all: sessionProcedure
    .meta({ waits: true })
    .input(z.strictObject({}).optional())
    .output(syncOutput)
    .mutation(({ ctx }) => syncAllOfTeam(ctx.app, { teamId: ctx.principal.teamId })),

  /** Progress of the syncs that this user has started. */
  progress: sessionProcedure
    .input(z.strictObject({}))
    .output(progressOutput)
    .query(({ ctx }) => findProgress(ctx.app, { teamId: ctx.principal.teamId })),
});

/** Merged into the `keys` router. It is apart because `keys/` must not import `sync/`. */
export const addKeyRouter = router({
  add: confirmedProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/keys",
        summary: "Watch an OpenRouter key",
        description: "Checks the key at OpenRouter and stores it encrypted. Its first sync starts in the background.",
        tags,
        protect: true,
      },
      status: 201,
    })
    .input(addKeyInput)
    .output(keyOutput)
    .mutation(({ ctx, input }) => addKey(ctx.app, { ...input, ...memberOf(ctx), origin: ctx.origin })),
});

export const syncV1Router = router({
  sync: apiTokenProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/v1/sync",
        summary: "Sync now",
        description:
          "Fetches the usage of all keys that are turned on, or of one of them, from OpenRouter and returns when it is done. If a sync of a key is already running, waits for that one. For a management key, syncs every key it covers. The API token needs the scope `sync`.",
        tags: ["Public API"],
        protect: true,
      },
      waits: true,
    })
    .input(publicSyncInput)
    .output(syncOutput)
    .mutation(({ ctx, input }) => syncForToken(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  addKey: apiTokenProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/v1/keys",
        summary: "Watch an OpenRouter key",
        description:
          "Checks the key at OpenRouter and stores it encrypted. Its first sync starts in the background. The API token needs the scope `keys:write`.",
        tags: ["Public API"],
        protect: true,
      },
      status: 201,
    })
    .input(addKeyInput)
    .output(publicKeyOutput)
    .mutation(({ ctx, input }) =>
      addPublicKey(ctx.app, { ...input, ...memberOf(ctx), origin: ctx.origin, apiToken: ctx.principal.name }),
    ),
});
