import { apiTokenProcedure, router, sessionProcedure } from "../../rpc/procedures.ts";
import { getChanges } from "./changes.ts";
import { changesInput, changesOutput } from "./schema.ts";

export const changesRouter = router({
  /** What changed, for the dashboard. */
  get: sessionProcedure
    .input(changesInput)
    .output(changesOutput)
    .query(({ ctx, input }) => getChanges(ctx.app, { ...input, teamId: ctx.principal.teamId })),
});

export const changesV1Router = router({
  changes: apiTokenProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/v1/changes",
        summary: "Explain a change in cost",
        description:
          "Which keys or models explain the difference in cost between two ranges of days. Each change is split into more requests, tokens per request, cost per token and mix.",
        tags: ["Public API"],
        protect: true,
      },
      revalidates: "day",
    })
    .input(changesInput)
    .output(changesOutput)
    .query(({ ctx, input }) => getChanges(ctx.app, { ...input, teamId: ctx.principal.teamId })),
});
