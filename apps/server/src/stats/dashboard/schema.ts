import { z } from "zod";
import { count, day, dayOutput, id, money, syncState } from "../../rpc/wire.ts";
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

const share = z.number().describe("Percentage with one decimal.");

const periodSums = z.object({
  total_requests: count.nullable(),
  total_cost: money,
  total_tokens_input: count.nullable(),
  total_tokens_output: count.nullable(),
  cost_per_million_tokens: perMillionTokens,
});

export const dashboardOutput = z
  .object({
    summary: z.object({
      total_requests: count.nullable(),
      total_cost: money,
      byok_cost: money.describe(
        "Estimated spend on your own provider keys (BYOK). Not charged by OpenRouter and not included in any cost.",
      ),
      total_tokens_input: count.nullable(),
      total_tokens_output: count.nullable(),
      avg_cost_per_request: money.nullable(),
      cost_per_million_tokens: perMillionTokens,
      avg_requests_per_day: z.number().nullable(),
      period_days: count,
    }),
    by_model: z.array(
      z.object({
        model: z.string(),
        requests_count: count.nullable(),
        cost: money,
        percentage_requests: share.nullable(),
        percentage_cost: share,
        cost_per_million_tokens: perMillionTokens,
      }),
    ),
    by_date: z.array(
      z.object({
        date: dayOutput,
        requests_count: count.nullable(),
        cost: money.nullable().describe("`null` if no selected key covers the day."),
        by_model: z.array(z.object({ model: z.string(), cost: money })),
      }),
    ),
    by_key: z.array(
      z.object({
        api_key_id: noKeyId,
        name: z.string(),
        requests_count: count.nullable(),
        cost: money,
        percentage_cost: share,
        kind: residualKind,
        account_id: accountId,
      }),
    ),
    top_models: z.array(z.string()).max(5),
    previous: periodSums
      .nullable()
      .describe("Totals of the same number of days before the range. `null` if nothing is known about them."),
    comparison: z
      .object({
        start_date: dayOutput,
        end_date: dayOutput,
        previous_start_date: dayOutput,
        previous_end_date: dayOutput,
        current: periodSums,
        previous: periodSums,
      })
      .nullable()
      .describe(
        "Totals of the complete days of the range, and of the same days one range length earlier. Excludes today, which is not complete. `null` if the range has no complete day, or if nothing is known about one of the two periods.",
      ),
    keys: z.object({ active: count, total: count }),
    ...syncState,
  })
  .meta({ id: "Dashboard" });

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
