import { z } from "zod";
import { addKeyInput, keyOutput } from "../keys/schema.ts";
import { confirmedProcedure, router, sessionProcedure } from "../rpc/procedures.ts";
import { findProgress } from "./progress.ts";
import { keyIdInput, progressOutput, syncOutput } from "./schema.ts";
import { addKey, syncAllOfUser, syncKeyNow } from "./service.ts";

const tags = ["Keys"];

export const syncRouter = router({
  key: sessionProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/keys/{id}/sync",
        summary: "Fetch a key's usage now",
        description:
          "Answers when it is done; joins a sync of the key already running. A management key: every key it covers.",
        tags,
        protect: true,
      },
      waits: true,
    })
    .input(keyIdInput)
    .output(syncOutput)
    .mutation(({ ctx, input }) => syncKeyNow(ctx.app, { ...input, userId: ctx.principal.userId })),

  /** Every active key of the user. */
  all: sessionProcedure
    .meta({ waits: true })
    .input(z.strictObject({}).optional())
    .output(syncOutput)
    .mutation(({ ctx }) => syncAllOfUser(ctx.app, { userId: ctx.principal.userId })),

  /** How far the syncs are that this user has started. */
  progress: sessionProcedure
    .input(z.strictObject({}))
    .output(progressOutput)
    .query(({ ctx }) => findProgress(ctx.app, { userId: ctx.principal.userId })),
});

/** Stands among the procedures of keys, which know nothing of syncs. */
export const addKeyRouter = router({
  add: confirmedProcedure
    .meta({
      openapi: {
        method: "POST",
        path: "/keys",
        summary: "Watch an OpenRouter key",
        description: "The key is checked at OpenRouter and stored encrypted; its first sync starts in the background.",
        tags,
        protect: true,
      },
      status: 201,
    })
    .input(addKeyInput)
    .output(keyOutput)
    .mutation(({ ctx, input }) => addKey(ctx.app, { ...input, userId: ctx.principal.userId, origin: ctx.origin })),
});
