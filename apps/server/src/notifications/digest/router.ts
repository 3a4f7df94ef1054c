import { router, sessionProcedure } from "../../rpc/procedures.ts";
import { digestInput, digestOutput } from "./schema.ts";
import { previewDigest } from "./service.ts";

export const digestRouter = router({
  preview: sessionProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/digest",
        summary: "Preview the weekly digest",
        description:
          "Covers the last seven complete days. The digest is sent on Mondays to the channels with `wants_digest`.",
        tags: ["Channels"],
        protect: true,
      },
    })
    .input(digestInput)
    .output(digestOutput)
    .query(({ ctx, input }) => previewDigest(ctx.app, { ...input, teamId: ctx.principal.teamId })),
});
