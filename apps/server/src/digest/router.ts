import { z } from "zod";
import { router, sessionProcedure } from "../trpc.ts";
import { digestOutput } from "./schema.ts";
import { previewDigest } from "./service.ts";

export const digestRouter = router({
  preview: sessionProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/digest",
        summary: "The weekly digest as it would be written now",
        description:
          "About the last seven whole days. Which channels get it on Mondays is their `wants_digest`; none does until it is chosen.",
        tags: ["Channels"],
        protect: true,
      },
    })
    .input(z.object({}))
    .output(digestOutput)
    .query(({ ctx }) => previewDigest(ctx.app, { userId: ctx.principal.userId })),
});
