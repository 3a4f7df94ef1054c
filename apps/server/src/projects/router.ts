import { z } from "zod";
import { memberOf, type RouteMeta, router, sessionProcedure } from "../rpc/procedures.ts";
import { moveKey, setKeys } from "./keys.ts";
import {
  createProjectInput,
  moveKeyInput,
  projectIdInput,
  projectListOutput,
  projectOutput,
  setKeysInput,
  updateProjectInput,
} from "./schema.ts";
import { createProject, deleteProject, getProject, listProjects, updateProject } from "./service.ts";

const route = (
  method: "GET" | "POST" | "PUT" | "DELETE",
  path: `/${string}`,
  texts: { summary: string; description: string },
): RouteMeta => ({ openapi: { method, path, ...texts, tags: ["Projects"], protect: true } });

export const projectsRouter = router({
  list: sessionProcedure
    .meta(
      route("GET", "/projects", {
        summary: "List projects",
        description: "The projects of the team with their keys. `GET /api/v1/projects` returns their costs.",
      }),
    )
    .input(z.strictObject({}))
    .output(projectListOutput)
    .query(({ ctx }) => listProjects(ctx.app, ctx.principal)),

  get: sessionProcedure
    .meta(route("GET", "/projects/{id}", { summary: "Get a project", description: "A project with its keys." }))
    .input(projectIdInput)
    .output(projectOutput)
    .query(({ ctx, input }) => getProject(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  create: sessionProcedure
    .meta({
      ...route("POST", "/projects", {
        summary: "Create a project",
        description: "For editors and above. A name that is taken is 409.",
      }),
      status: 201,
    })
    .input(createProjectInput)
    .output(projectOutput)
    .mutation(({ ctx, input }) => createProject(ctx.app, { ...input, ...memberOf(ctx), origin: ctx.origin })),

  update: sessionProcedure
    .meta(
      route("PUT", "/projects/{id}", {
        summary: "Update or archive a project",
        description: "For editors and above. Changes the fields that are given.",
      }),
    )
    .input(updateProjectInput)
    .output(projectOutput)
    .mutation(({ ctx, input }) => updateProject(ctx.app, { ...input, ...memberOf(ctx), origin: ctx.origin })),

  delete: sessionProcedure
    .meta({
      ...route("DELETE", "/projects/{id}", {
        summary: "Delete a project",
        description:
          "For editors and above. Usage of its keys belongs to no project then, also in the past. Archive a project to keep it.",
      }),
      status: 204,
    })
    .input(projectIdInput)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteProject(ctx.app, { ...input, ...memberOf(ctx), origin: ctx.origin })),

  setKeys: sessionProcedure
    .meta(
      route("PUT", "/projects/{id}/keys", {
        summary: "Set the keys of a project",
        description:
          "For editors and above. Replaces the whole list, also for the past. A key belongs to at most one project on a day: an overlap is 409 with the names of the key and the projects.",
      }),
    )
    .input(setKeysInput)
    .output(projectOutput)
    .mutation(({ ctx, input }) => setKeys(ctx.app, { ...input, ...memberOf(ctx), origin: ctx.origin })),

  moveKey: sessionProcedure
    .meta(
      route("POST", "/projects/{id}/keys/{api_key_id}/move", {
        summary: "Move a key to another project",
        description:
          "For editors and above. From this day on, the key belongs to the other project, or to none. The days before stay unchanged. If the key is not in the project on this day, this is 409.",
      }),
    )
    .input(moveKeyInput)
    .output(projectOutput)
    .mutation(({ ctx, input }) => moveKey(ctx.app, { ...input, ...memberOf(ctx), origin: ctx.origin })),
});
