import { z } from "zod";
import {
  byokCost,
  count,
  day,
  dayOutput,
  id,
  inputTokens,
  modelOutput,
  money,
  outputTokens,
  requests,
  syncState,
} from "../../rpc/wire.ts";
import { accountId, filters, noKeyId, residualKind } from "../schema.ts";

export const dashboardInput = z.strictObject({
  days: z.coerce
    .number<number>()
    .int()
    .min(1)
    .max(365)
    .optional()
    .describe("Number of days, ending today. Default: 30 if no dates are given."),
  start_date: day.optional(),
  end_date: day.optional(),
  ...filters,
});

const perMillionTokens = money
  .nullable()
  .describe(
    "Cost per million tokens, input and output combined. Includes only usage whose token counts are known. `null` if there is none.",
  );

const share = z.number().describe("Percentage of the total cost, with one decimal.");

const periodSums = z.object({
  total_requests: requests,
  total_cost: money,
  total_tokens_input: inputTokens,
  total_tokens_output: outputTokens,
  cost_per_million_tokens: perMillionTokens,
});

export const dashboardOutput = z
  .object({
    summary: z
      .object({
        total_requests: requests,
        total_cost: money,
        byok_cost: byokCost,
        total_tokens_input: inputTokens,
        total_tokens_output: outputTokens,
        avg_cost_per_request: money
          .nullable()
          .describe("Average cost of a request, of usage whose number of requests is known. `null` if there is none."),
        cost_per_million_tokens: perMillionTokens,
        avg_requests_per_day: z.number().nullable().describe("Average number of requests a day. `null` if unknown."),
        period_days: count.describe("Number of days in the range, inclusive."),
      })
      .describe("Totals of the range."),
    by_model: z
      .array(
        z.object({
          model: modelOutput,
          requests_count: requests,
          cost: money,
          percentage_requests: share
            .nullable()
            .describe("Percentage of all requests, with one decimal. `null` if unknown."),
          percentage_cost: share,
          cost_per_million_tokens: perMillionTokens,
        }),
      )
      .describe("Usage by model, most expensive first."),
    by_date: z
      .array(
        z.object({
          date: dayOutput,
          requests_count: requests,
          cost: money.nullable().describe("Cost of the day. `null` if no selected key covers the day."),
          by_model: z
            .array(z.object({ model: modelOutput, cost: money }))
            .describe("Cost of the day by model, most expensive first."),
        }),
      )
      .describe("Usage by day, oldest first. Days without usage are included."),
    by_key: z
      .array(
        z.object({
          api_key_id: noKeyId,
          name: z.string().describe("Current name of the key, or what the usage without a key is."),
          requests_count: requests,
          cost: money,
          percentage_cost: share,
          kind: residualKind,
          account_id: accountId,
        }),
      )
      .describe("Usage by key, most expensive first."),
    top_models: z.array(z.string()).max(5).describe("The most expensive models, at most 5."),
    previous: periodSums
      .nullable()
      .describe("Totals of the same number of days before the range. `null` if nothing is known about them."),
    comparison: z
      .object({
        start_date: dayOutput.describe("First complete day of the range (UTC)."),
        end_date: dayOutput.describe("Last complete day of the range (UTC)."),
        previous_start_date: dayOutput.describe("First day of the compared period (UTC)."),
        previous_end_date: dayOutput.describe("Last day of the compared period (UTC)."),
        current: periodSums.describe("Totals of the complete days of the range."),
        previous: periodSums.describe("Totals of the compared period."),
      })
      .nullable()
      .describe(
        "Totals of the complete days of the range, and of the same days one range length earlier. Excludes today, which is not complete. `null` if the range has no complete day, or if nothing is known about one of the two periods.",
      ),
    keys: z
      .object({
        active: count.describe("Number of selected keys that are turned on."),
        total: count.describe("Number of selected keys."),
      })
      .describe("Number of keys that the filters select."),
    ...syncState,
  })
  .meta({ id: "Dashboard" });

/** The part of a dashboard that a share link shows, without IDs, and without names of keys unless it shows them. */
export const sharedDashboardOutput = z
  .object({
    kind: z.literal("dashboard").describe("Totals, models and days."),
    ...dashboardOutput.pick({ summary: true, by_model: true, by_date: true, as_of: true, complete_through: true })
      .shape,
    by_key: z
      .array(
        dashboardOutput.shape.by_key.element.pick({
          name: true,
          kind: true,
          requests_count: true,
          cost: true,
          percentage_cost: true,
        }),
      )
      .nullable()
      .describe("Usage by key, most expensive first. `null` if the share link does not show names of keys."),
  })
  .meta({ id: "SharedDashboard" });

/** The filters of the dashboard. */
export const unusualInput = dashboardInput.pick({
  api_key_id: true,
  model: true,
  exclude_api_key_id: true,
  exclude_model: true,
});

export const unusualDay = z.object({
  date: dayOutput,
  cost: money.describe("Cost of the day; so far, if the day is today."),
  usual: money.describe("Median cost of the same weekday in the 8 weeks before, as in alert rules."),
  times: z.number().nullable().describe("`cost` divided by `usual`, with one decimal. `null` if `usual` is 0."),
});

export type UnusualDay = z.infer<typeof unusualDay>;

export const unusualOutput = unusualDay
  .extend({
    api_key_ids: z.array(id).describe("The compared keys: those for which at least three of these weekdays are known."),
    is_all_keys: z
      .boolean()
      .describe("Whether the comparison includes every selected key whose cost is known on the day."),
  })
  .nullable();

export type DashboardInput = z.infer<typeof dashboardInput>;

export type DashboardOutput = z.infer<typeof dashboardOutput>;

export type UnusualInput = z.infer<typeof unusualInput>;

export type UnusualOutput = z.infer<typeof unusualOutput>;
