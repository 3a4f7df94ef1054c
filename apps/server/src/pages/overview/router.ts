import { router, sessionProcedure } from "../../rpc/procedures.ts";
import { overviewInput, overviewOutput } from "./schema.ts";
import { getOverview } from "./service.ts";

export const overviewRouter = router({
  /** The figures at the top of the dashboard, which do not depend on its range: month, forecast, credits and today. */
  get: sessionProcedure
    .input(overviewInput)
    .output(overviewOutput)
    .query(({ ctx, input }) => getOverview(ctx.app, { ...input, teamId: ctx.principal.teamId })),
});
