import { apiTokenProcedure, router, sessionProcedure } from "../rpc/procedures.ts";
import { forecastInput, forecastOutput } from "./schema.ts";
import { getForecast } from "./service.ts";

export const forecastRouter = router({
  get: sessionProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/forecast",
        summary: "Get the forecast",
        description: "Expected spend of the current month, and when limits and credits run out.",
        tags: ["Usage"],
        protect: true,
      },
    })
    .input(forecastInput)
    .output(forecastOutput)
    .query(({ ctx, input }) => getForecast(ctx.app, { ...input, teamId: ctx.principal.teamId })),
});

/** The same forecast for API tokens. */
export const forecastV1Router = router({
  forecast: apiTokenProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/v1/forecast",
        summary: "Get the forecast",
        description: "Expected spend of the current month, and when limits and credits run out.",
        tags: ["Public API"],
        protect: true,
      },
    })
    .input(forecastInput)
    .output(forecastOutput)
    .query(({ ctx, input }) => getForecast(ctx.app, { ...input, teamId: ctx.principal.teamId })),
});
