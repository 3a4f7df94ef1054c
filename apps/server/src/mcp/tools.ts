import { daysOfPeriod, PERIOD_NAMES } from "@orwatch/domain/period";
import { z } from "zod";
import { currentCreditsOutput } from "../accounts/credits/schema.ts";
import { currentAlertsOutput } from "../alerts/schema.ts";
import { forecastInput, forecastOutput } from "../forecasts/schema.ts";
import { publicKeysOutput } from "../keys/schema.ts";
import { changesInput, changesOutput } from "../stats/changes/schema.ts";
import { exploreInput, exploreOutput } from "../stats/explore/schema.ts";

/** Calls a procedure of /api/v1 with the API token of the request. @throws TRPCError */
export type CallApi = (procedure: string, input: object) => Promise<unknown>;

interface Tool {
  name: string;
  title: string;
  description: string;
  input: z.ZodObject;
  output: z.ZodObject;
  /** @param today the current day (UTC) */
  run(call: CallApi, input: never, today: string): Promise<unknown>;
}

function defineTool<Input extends z.ZodObject>(
  tool: Omit<Tool, "input" | "run"> & {
    input: Input;
    run(call: CallApi, input: z.output<Input>, today: string): Promise<unknown>;
  },
): Tool {
  return tool as unknown as Tool;
}

const noInput = z.strictObject({});

const budgetLeft = z.object({
  credits: currentCreditsOutput.shape.items.describe("Credits of each OpenRouter account."),
  limits: forecastOutput.shape.limits.describe("Keys with a limit, and the day on which it is used up."),
});

/** The tools. Each returns what /api/v1 returns for the same question. */
export const TOOLS: Tool[] = [
  defineTool({
    name: "get_spend",
    title: "Get spend",
    description:
      "Cost, requests or tokens of a period, in total or by model, key, vendor and more. Same result as GET /api/v1/breakdown.",
    input: z
      .strictObject({
        period: z
          .enum(PERIOD_NAMES)
          .optional()
          .describe("A named period instead of `start_date` and `end_date`. Days are UTC, weeks start on Monday."),
        ...exploreInput.shape,
      })
      .refine(({ period, start_date: start, end_date: end }) => period === undefined || (start ?? end) === undefined, {
        path: ["period"],
        message: "Give either `period` or `start_date` and `end_date`, not both.",
      }),
    output: exploreOutput,
    run: (call, { period, ...input }, today) => {
      if (period === undefined) return call("v1.breakdown", input);
      const { start, end } = daysOfPeriod(period, today);
      return call("v1.breakdown", { ...input, start_date: start, end_date: end });
    },
  }),
  defineTool({
    name: "get_budget_left",
    title: "Get what is left",
    description:
      "Remaining credits of each OpenRouter account and remaining limits of keys, with the day on which they are expected to run out.",
    input: noInput,
    output: budgetLeft,
    run: async (call) => {
      const [credits, forecast] = await Promise.all([call("v1.credits", {}), call("v1.forecast", {})]);
      return {
        credits: (credits as z.infer<typeof currentCreditsOutput>).items,
        limits: (forecast as z.infer<typeof forecastOutput>).limits,
      };
    },
  }),
  defineTool({
    name: "get_forecast",
    title: "Get the forecast",
    description: "Expected spend of the current month, with its range. Same result as GET /api/v1/forecast.",
    input: forecastInput,
    output: forecastOutput,
    run: (call, input) => call("v1.forecast", input),
  }),
  defineTool({
    name: "explain_change",
    title: "Explain a change in cost",
    description:
      "Which keys or models explain the difference in cost between two periods, each split into volume, size, price and mix. Same result as GET /api/v1/changes.",
    input: changesInput,
    output: changesOutput,
    run: (call, input) => call("v1.changes", input),
  }),
  defineTool({
    name: "list_keys",
    title: "List keys",
    description: "All keys with their limits, status and totals. Same result as GET /api/v1/keys.",
    input: noInput,
    output: publicKeysOutput,
    run: (call) => call("v1.keys", {}),
  }),
  defineTool({
    name: "list_alerts",
    title: "List alerts",
    description: "Alerts that are active now. Same result as GET /api/v1/alerts.",
    input: noInput,
    output: currentAlertsOutput,
    run: (call) => call("v1.alerts", {}),
  }),
];
