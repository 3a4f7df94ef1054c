import { z } from "zod";
import { memberOf, type RouteMeta, router, sessionProcedure } from "../rpc/procedures.ts";
import {
  annotationIdInput,
  annotationListOutput,
  annotationOutput,
  createAnnotationInput,
  listAnnotationsInput,
  updateAnnotationInput,
} from "./schema.ts";
import { createAnnotation, deleteAnnotation, listAnnotations, updateAnnotation } from "./service.ts";

const route = (
  method: "GET" | "POST" | "PUT" | "DELETE",
  path: `/${string}`,
  texts: { summary: string; description: string },
): RouteMeta => ({ openapi: { method, path, ...texts, tags: ["Annotations"], protect: true } });

export const annotationsRouter = router({
  list: sessionProcedure
    .meta(
      route("GET", "/annotations", {
        summary: "List annotations",
        description: "What members of the team noted about days of a range, such as a release. Charts show it.",
      }),
    )
    .input(listAnnotationsInput)
    .output(annotationListOutput)
    .query(({ ctx, input }) => listAnnotations(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  create: sessionProcedure
    .meta({
      ...route("POST", "/annotations", {
        summary: "Add an annotation",
        description: "For editors and above. All members of the team see it. A team has at most 1,000.",
      }),
      status: 201,
    })
    .input(createAnnotationInput)
    .output(annotationOutput)
    .mutation(({ ctx, input }) => createAnnotation(ctx.app, { ...input, ...memberOf(ctx), origin: ctx.origin })),

  update: sessionProcedure
    .meta(
      route("PUT", "/annotations/{id}", {
        summary: "Update an annotation",
        description: "For editors and above. Changes the fields that are given.",
      }),
    )
    .input(updateAnnotationInput)
    .output(annotationOutput)
    .mutation(({ ctx, input }) => updateAnnotation(ctx.app, { ...input, ...memberOf(ctx), origin: ctx.origin })),

  delete: sessionProcedure
    .meta({
      ...route("DELETE", "/annotations/{id}", {
        summary: "Delete an annotation",
        description: "For editors and above.",
      }),
      status: 204,
    })
    .input(annotationIdInput)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteAnnotation(ctx.app, { ...input, ...memberOf(ctx), origin: ctx.origin })),
});
