import { apiTokenProcedure, router, sessionProcedure } from "../../rpc/procedures.ts";
import { explore } from "./explore.ts";
import { exploreInput, exploreOutput } from "./schema.ts";

export const exploreRouter = router({
  /** The same answer as /v1/breakdown, for the page Explore. */
  get: sessionProcedure
    .input(exploreInput)
    .output(exploreOutput)
    .query(({ ctx, input }) => explore(ctx.app, { ...input, teamId: ctx.principal.teamId })),
});

export const exploreV1Router = router({
  breakdown: apiTokenProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/v1/breakdown",
        summary: "Get a metric by interval and group",
        description:
          "Cost, requests, tokens, ratios or latency of a range by hour, day, week or month, grouped by up to two dimensions. Groups and `other` sum to the total of `/v1/stats`. A combination that is not collected is rejected with `BREAKDOWN_UNAVAILABLE` and the dimensions that are.",
        tags: ["Public API"],
        protect: true,
      },
      revalidates: "day",
    })
    .input(exploreInput)
    .output(exploreOutput)
    .query(({ ctx, input }) => explore(ctx.app, { ...input, teamId: ctx.principal.teamId })),
});
