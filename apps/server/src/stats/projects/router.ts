import { apiTokenProcedure, router, sessionProcedure } from "../../rpc/procedures.ts";
import { reportProjects } from "./report.ts";
import { projectsInput, projectsOutput } from "./schema.ts";

export const projectReportRouter = router({
  /** The same answer as /v1/projects, for the page Projects. */
  report: sessionProcedure
    .input(projectsInput)
    .output(projectsOutput)
    .query(({ ctx, input }) => reportProjects(ctx.app, { ...input, teamId: ctx.principal.teamId })),
});

export const projectReportV1Router = router({
  projects: apiTokenProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/v1/projects",
        summary: "List projects with their costs",
        description:
          "Cost, requests and tokens of every project in a range of days, the last 30 by default. Usage of a day belongs to the project that its key had on that day. The item with `id` `null` is the usage without a project, so that the items sum to the total of `/v1/stats`.",
        tags: ["Public API"],
        protect: true,
      },
      revalidates: "day",
    })
    .input(projectsInput)
    .output(projectsOutput)
    .query(({ ctx, input }) => reportProjects(ctx.app, { ...input, teamId: ctx.principal.teamId })),
});
