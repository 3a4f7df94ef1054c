import { router, sessionProcedure } from "../../rpc/procedures.ts";
import { digestInput, digestOutput } from "./schema.ts";
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
    .input(digestInput)
    .output(digestOutput)
    .query(({ ctx, input }) => previewDigest(ctx.app, { ...input, userId: ctx.principal.userId })),
});
