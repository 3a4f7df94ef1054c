import { toDay } from "@orwatch/domain/day";
import { z } from "zod";
import { VERSION } from "../platform/installation.ts";
import { apiTokenProcedure, router, sessionProcedure } from "../rpc/procedures.ts";
import { getDashboard } from "./dashboard/dashboard.ts";
import { dashboardInput, dashboardOutput, unusualInput, unusualOutput } from "./dashboard/schema.ts";
import { findUnusualDay } from "./dashboard/unusual.ts";
import { freshnessOutput, getFreshness } from "./freshness.ts";
import { listModels } from "./models/models.ts";
import {
  modelsOutput,
  publicStatsInput,
  publicStatsOutput,
  publicUsageInput,
  publicUsageOutput,
  usageInput,
  usageOutput,
} from "./schema.ts";
import { getPublicStats, listPublicUsage, listUsage } from "./service.ts";
import { seriesInput, seriesOutput, tableInput, tableOutput } from "./usage/schema.ts";
import { getSeries } from "./usage/series.ts";
import { getTable } from "./usage/table.ts";

export const statsRouter = router({
  dashboard: sessionProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/stats/dashboard",
        summary: "Get the dashboard",
        description: "Totals of a range by model, day and key, with a comparison to the days before.",
        tags: ["Usage"],
        protect: true,
      },
      revalidates: "day",
    })
    .input(dashboardInput)
    .output(dashboardOutput)
    .query(({ ctx, input }) => getDashboard(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  usage: sessionProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/usage",
        summary: "List usage",
        description: "Usage by day, model and key. Sorted by day (newest first), then by model, then by key.",
        tags: ["Usage"],
        protect: true,
      },
      revalidates: "data",
    })
    .input(usageInput)
    .output(usageOutput)
    .query(({ ctx, input }) => listUsage(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  /** One page of the rows that /usage/export returns for the same parameters, with the sums of all pages. */
  table: sessionProcedure
    .input(tableInput)
    .output(tableOutput)
    .query(({ ctx, input }) => getTable(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  /** Daily cost of the dashboard, grouped by key or vendor instead of model. */
  series: sessionProcedure
    .input(seriesInput)
    .output(seriesOutput)
    .query(({ ctx, input }) => getSeries(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  /** Today or yesterday, if its cost is far above the usual cost of that weekday. */
  unusual: sessionProcedure
    .input(unusualInput)
    .output(unusualOutput)
    .query(({ ctx, input }) => findUnusualDay(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  /** Whether the data of a page has changed since it was fetched. */
  freshness: sessionProcedure
    .input(z.strictObject({}))
    .output(freshnessOutput)
    .query(({ ctx }) => getFreshness(ctx.app, { teamId: ctx.principal.teamId, today: toDay(ctx.app.clock.now()) })),
});

const tags = ["Public API"];

/** What an API token may call, over REST or tRPC. Its input and output types are published with the SDK. */
export const v1Router = router({
  stats: apiTokenProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/v1/stats",
        summary: "Get usage totals",
        description:
          "Totals of a range of days, the last 30 by default, for all keys and models or those of the filters.",
        tags,
        protect: true,
      },
      revalidates: "day",
    })
    .input(publicStatsInput)
    .output(publicStatsOutput)
    .query(({ ctx, input }) => getPublicStats(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  usage: apiTokenProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/v1/usage",
        summary: "List usage",
        description:
          "Usage by day, key and model, one page at a time. Sorted by day (newest first), then by key name, model and key ID.",
        tags,
        protect: true,
      },
      revalidates: "day",
    })
    .input(publicUsageInput)
    .output(publicUsageOutput)
    .query(({ ctx, input }) => listPublicUsage(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  models: apiTokenProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/v1/models",
        summary: "List models with their totals",
        description: "Every model with stored usage, most expensive first. The costs sum to that of all stored usage.",
        tags: ["Public API"],
        protect: true,
      },
      revalidates: "day",
    })
    .input(z.strictObject({}))
    .output(modelsOutput)
    .query(({ ctx }) => listModels(ctx.app, { teamId: ctx.principal.teamId })),

  version: apiTokenProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/v1/version",
        summary: "Get the version of the server",
        description: "Version of the server, as in the header `X-Orwatch-Version`.",
        tags: ["Public API"],
        protect: true,
      },
    })
    .input(z.strictObject({}))
    .output(
      z.object({ version: z.string().describe("Version of the server, such as `0.1.0`.") }).meta({ id: "Version" }),
    )
    .query(() => ({ version: VERSION })),
});
