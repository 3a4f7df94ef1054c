import { z } from "zod";
import { dayOutput, modelOutput, money, requests, syncState } from "../../rpc/wire.ts";
import { dashboardInput, dashboardOutput } from "../dashboard/schema.ts";

export const modelInput = z.strictObject({ model: z.string().min(1).max(300) });

const { percentage_cost, cost_per_million_tokens } = dashboardOutput.shape.by_model.element.shape;

export const modelFactsOutput = z.object({
  model: modelOutput,
  vendor: z.string(),
  first_used: dayOutput.nullable().describe("`null` if the team has not used the model."),
  last_used: dayOutput.nullable(),
  total_cost: money.nullable().describe("Of all stored usage."),
});

export const modelUsageInput = dashboardInput.pick({ days: true, start_date: true, end_date: true });
export type ModelUsageInput = z.output<typeof modelUsageInput>;

export const modelUsageOutput = z.object({
  items: z
    .array(
      z.object({
        model: modelOutput,
        vendor: z.string(),
        first_used: dayOutput,
        last_used: dayOutput,
        requests_count: requests,
        cost: money,
        percentage_cost,
        cost_per_million_tokens,
      }),
    )
    .describe("Every model with stored usage, the most expensive of the range first."),
  ...syncState,
});
export type ModelUsageOutput = z.output<typeof modelUsageOutput>;
