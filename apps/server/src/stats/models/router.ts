import { router, sessionProcedure } from "../../rpc/procedures.ts";
import { getModel, listModelUsage } from "./models.ts";
import { modelFactsOutput, modelInput, modelUsageInput, modelUsageOutput } from "./schema.ts";

export const modelsRouter = router({
  /** Every model that the team has used, with its usage in a range. */
  list: sessionProcedure
    .input(modelUsageInput)
    .output(modelUsageOutput)
    .query(({ ctx, input }) => listModelUsage(ctx.app, { ...input, teamId: ctx.principal.teamId })),

  /** What the page of a model shows besides the dashboard of its usage. */
  get: sessionProcedure
    .input(modelInput)
    .output(modelFactsOutput)
    .query(({ ctx, input }) => getModel(ctx.app, { ...input, teamId: ctx.principal.teamId })),
});
