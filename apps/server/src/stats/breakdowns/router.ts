import { apiTokenProcedure, router, sessionProcedure } from "../../rpc/procedures.ts";
import { getBreakdown } from "./breakdown.ts";
import { breakdownInput, breakdownOutput, speedInput, speedOutput } from "./schema.ts";
import { getSpeed } from "./speed.ts";

const documented = {
  summary: "Break down usage by provider, app, hour and more",
  description:
    "Usage of a range by provider, app, finish reason, end user, member, workspace or hour. OpenRouter keeps most of this for 31 days, so it is available from the day the account was added, minus 31 days.",
  protect: true,
} as const;

export const breakdownsRouter = router({
  /** Latency and throughput by model and provider, for the page of an account. */
  speed: sessionProcedure
    .input(speedInput)
    .output(speedOutput)
    .query(({ ctx, input }) => getSpeed(ctx.app, { ...input, teamId: ctx.principal.teamId })),
  get: sessionProcedure
    .meta({
      openapi: { method: "GET", path: "/breakdowns", tags: ["Usage"], ...documented },
      revalidates: "day",
    })
    .input(breakdownInput)
    .output(breakdownOutput)
    .query(({ ctx, input }) => getBreakdown(ctx.app, { ...input, teamId: ctx.principal.teamId })),
});

/** The same breakdowns for API tokens. */
export const breakdownsV1Router = router({
  breakdowns: apiTokenProcedure
    .meta({
      openapi: { method: "GET", path: "/v1/breakdowns", tags: ["Public API"], ...documented },
      revalidates: "day",
    })
    .input(breakdownInput)
    .output(breakdownOutput)
    .query(({ ctx, input }) => getBreakdown(ctx.app, { ...input, teamId: ctx.principal.teamId })),
});
