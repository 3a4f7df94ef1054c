import { apiTokenProcedure, router, sessionProcedure } from "../rpc/procedures.ts";
import { forecastInput, forecastOutput } from "./schema.ts";
import { getForecast } from "./service.ts";

export const forecastRouter = router({
  get: sessionProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/forecast",
        summary: "How the month ends, and when limits and credits run out",
        tags: ["Usage"],
        protect: true,
      },
    })
    .input(forecastInput)
    .output(forecastOutput)
    .query(({ ctx, input }) => getForecast(ctx.app, { ...input, userId: ctx.principal.userId })),
});

/** Its part of what an API token opens. */
export const forecastV1Router = router({
  forecast: apiTokenProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/v1/forecast",
        summary: "How the month ends, and when limits and credits run out",
        tags: ["Public API"],
        protect: true,
      },
    })
    .input(forecastInput)
    .output(forecastOutput)
    .query(({ ctx, input }) => getForecast(ctx.app, { ...input, userId: ctx.principal.userId })),
});
