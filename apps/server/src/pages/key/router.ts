import { z } from "zod";
import { historyOutput } from "../../accounts/schema.ts";
import { ruleOutput } from "../../alerts/schema.ts";
import { forecastOutput } from "../../forecasts/schema.ts";
import { keyOutput } from "../../keys/schema.ts";
import { router, sessionProcedure } from "../../rpc/procedures.ts";
import { breakdownOutput } from "../../stats/breakdowns/schema.ts";
import { unusualDay } from "../../stats/dashboard/schema.ts";
import { detailSums } from "../../stats/usage/schema.ts";
import { keyAccountOutput, keyPageInput, managerOutput, monthOutput, weekOutput } from "./schema.ts";
import { getKeyPage } from "./service.ts";

const { limits, credits } = forecastOutput.shape;

const keyPageOutput = z.object({
  key: keyOutput,
  manager: managerOutput,
  account: keyAccountOutput,
  month: monthOutput,
  details: detailSums,
  unusual_days: unusualDay.array(),
  week: weekOutput,
  providers: breakdownOutput,
  limit: limits.element.nullable(),
  credits: credits.element.nullable(),
  rules: ruleOutput.array(),
  history: historyOutput,
});

/** Merged into the `keys` router. It is apart because `keys/` must not import what the page shows. */
export const keyPageRouter = router({
  /** What the page of a key shows besides the dashboard of its usage. */
  page: sessionProcedure
    .input(keyPageInput)
    .output(keyPageOutput)
    .query(({ ctx, input }) => getKeyPage(ctx.app, { ...input, teamId: ctx.principal.teamId })),
});
