import { router, sessionProcedure } from "../rpc/procedures.ts";
import { activityInput, activityOutput } from "./schema.ts";
import { listActivity } from "./service.ts";

export const auditRouter = router({
  list: sessionProcedure
    .meta({
      openapi: {
        method: "GET",
        path: "/user/activity",
        summary: "List your activity log",
        description: "Newest first. Events are kept for one year.",
        tags: ["Security"],
        protect: true,
      },
    })
    .input(activityInput)
    .output(activityOutput)
    .query(({ ctx, input }) => listActivity(ctx.app, { ...input, userId: ctx.principal.userId })),
});
