import { z } from "zod";
import { memberOf, type RouteMeta, router, sessionProcedure } from "../rpc/procedures.ts";
import { createViewInput, updateViewInput, viewIdInput, viewListOutput, viewOutput } from "./schema.ts";
import { createView, deleteView, listViews, updateView } from "./service.ts";

const route = (
  method: "GET" | "POST" | "PUT" | "DELETE",
  path: `/${string}`,
  texts: { summary: string; description: string },
): RouteMeta => ({ openapi: { method, path, ...texts, tags: ["Views"], protect: true } });

export const viewsRouter = router({
  list: sessionProcedure
    .meta(
      route("GET", "/views", {
        summary: "List saved views",
        description: "The saved views of the team: pages of the web app with their period, filters and grouping.",
      }),
    )
    .input(z.strictObject({}))
    .output(viewListOutput)
    .query(({ ctx }) => listViews(ctx.app, ctx.principal)),

  create: sessionProcedure
    .meta({
      ...route("POST", "/views", {
        summary: "Save a view",
        description: "For editors and above. All members of the team see the view. A name that is taken is 409.",
      }),
      status: 201,
    })
    .input(createViewInput)
    .output(viewOutput)
    .mutation(({ ctx, input }) => createView(ctx.app, { ...input, ...memberOf(ctx), origin: ctx.origin })),

  update: sessionProcedure
    .meta(
      route("PUT", "/views/{id}", {
        summary: "Update a saved view",
        description: "For editors and above. Changes the fields that are given.",
      }),
    )
    .input(updateViewInput)
    .output(viewOutput)
    .mutation(({ ctx, input }) => updateView(ctx.app, { ...input, ...memberOf(ctx), origin: ctx.origin })),

  delete: sessionProcedure
    .meta({
      ...route("DELETE", "/views/{id}", {
        summary: "Delete a saved view",
        description: "For editors and above.",
      }),
      status: 204,
    })
    .input(viewIdInput)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteView(ctx.app, { ...input, ...memberOf(ctx), origin: ctx.origin })),
});
