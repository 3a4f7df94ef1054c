import { z } from "zod";
import { byokCost, day, dayOutput, id, inputTokens, money, outputTokens, requests, syncState } from "../../rpc/wire.ts";
import { filters } from "../schema.ts";

export const projectsInput = z.strictObject({
  start_date: day.optional().describe("First day of the range (UTC), inclusive. Default: 29 days before the end."),
  end_date: day
    .optional()
    .describe("Last day of the range (UTC), inclusive. Default: today. A range has at most 366 days."),
  ...filters,
});

const sums = {
  cost: money,
  byok_cost: byokCost,
  requests,
  tokens_input: inputTokens,
  tokens_output: outputTokens,
};

export const projectsOutput = z
  .object({
    items: z
      .array(
        z.object({
          id: id.nullable().describe("ID of the project. `null` for usage without a project."),
          name: z.string().describe("Name of the project, or `No project`."),
          color: z.string().nullable().describe("Color in charts. `null`: the web app chooses one."),
          reference: z.string().nullable().describe("How the customer or cost center is named elsewhere."),
          archived: z.boolean().describe("Whether the project is archived."),
          ...sums,
        }),
      )
      .describe(
        "Most expensive first, and usage without a project last. Includes projects without usage, unless they are archived.",
      ),
    total: z.object(sums).describe("All selected usage. The items sum to it."),
    period: z
      .object({
        start_date: dayOutput.describe("First day of the range (UTC), inclusive."),
        end_date: dayOutput.describe("Last day of the range (UTC), inclusive."),
      })
      .describe("The range of the sums."),
    ...syncState,
  })
  .meta({ id: "ProjectCosts" });

export type ProjectsInput = z.output<typeof projectsInput>;
export type ProjectsOutput = z.infer<typeof projectsOutput>;
