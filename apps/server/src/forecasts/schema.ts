import { z } from "zod";
import { count, dayOutput, formerly, id, idInput, instant, money, syncState } from "../rpc/wire.ts";

export const forecastInput = z.strictObject({
  api_key_id: idInput.describe("Forecast for one key. Without it, for all keys combined.").optional(),
});

const runsOut = {
  verdict: z
    .enum(["used_up", "runs_out", "never", "not_within_a_year", "unknown"])
    .describe(
      "Forecast for the current period. `used_up`: nothing is left. `runs_out`: it runs out on `runs_out_on`. `never`: at the current pace it resets first, or nothing is being spent. `not_within_a_year`: it lasts longer than a year. `unknown`: there is too little data, or the remaining amount is unknown.",
    ),
  runs_out_on: dayOutput
    .nullable()
    .describe("Expected day on which nothing is left (UTC). `null` unless `verdict` is `runs_out`."),
  earliest_on: dayOutput.nullable().describe("Date if spending is at the upper end of the expected range."),
  latest_on: dayOutput
    .nullable()
    .describe(
      "Date if spending is at the lower end of the expected range. `null` if it does not run out in the current period, within a year, or at all.",
    ),
};

export const forecastOutput = z
  .object({
    today: dayOutput.describe("Day of the forecast (UTC)."),
    days_known: count.describe("Days with known spend among the 28 days before today."),
    method: z.string().describe("How the forecast was computed, in words."),
    month: z
      .object({
        start_date: dayOutput.describe("First day of the month (UTC)."),
        end_date: dayOutput.describe("Last day of the month (UTC)."),
        spent: money.describe("Spend so far."),
        low: money.describe("Lower end of the expected range."),
        middle: money.describe("Expected spend of the whole month."),
        high: money.describe(
          "Upper end of the expected range. In about 8 of 10 cases, the month is meant to end between `low` and `high`.",
        ),
      })
      .nullable()
      .describe("`null` if there is too little data."),
    limits: z
      .array(
        z.object({
          api_key_id: id.describe("ID of the key."),
          api_key_name: z.string().describe("Name of the key in orwatch."),
          key_name: formerly("api_key_name", z.string()),
          limit: money.describe("Limit in USD."),
          limit_remaining: money
            .nullable()
            .describe(
              "Amount left until the limit resets. Can be negative. `null` if unknown, for example between a reset and the next sync.",
            ),
          limit_reset: z
            .string()
            .nullable()
            .describe("How often the limit resets: `daily`, `weekly` or `monthly`. `null` if never."),
          include_byok_in_limit: z
            .boolean()
            .describe("Whether spend on your own provider keys (BYOK) counts against the limit."),
          includes_byok: formerly("include_byok_in_limit", z.boolean()),
          resets_at: instant.nullable().describe("Next reset of the limit. `null` if it never resets."),
          window: z
            .object({
              start_date: dayOutput.describe("First day (UTC)."),
              end_date: dayOutput.describe("Last day (UTC)."),
            })
            .nullable()
            .describe("The current period, to which `verdict` applies. `null` if the limit never resets."),
          next_window: z
            .object({
              start_date: dayOutput.describe("First day (UTC)."),
              end_date: dayOutput.describe("Last day (UTC)."),
              runs_out_on: dayOutput.describe("Expected day on which nothing is left (UTC)."),
            })
            .nullable()
            .describe(
              "If the limit lasts for the current period: the first later period in which the whole limit is used up at the current pace.",
            ),
          ...runsOut,
        }),
      )
      .describe("Keys with a limit, in the order in which they run out."),
    credits: z
      .array(
        z.object({
          api_key_id: id.describe("ID of the management key of the account."),
          api_key_name: z.string().describe("Name of the management key in orwatch."),
          key_name: formerly("api_key_name", z.string()),
          remaining: money
            .nullable()
            .describe(
              "`null` if the account has never purchased credits, because OpenRouter does not report granted credits.",
            ),
          keys_watched: count.describe(
            "Number of the account's keys on which the forecast is based. Spend of other keys is not included.",
          ),
          ...runsOut,
        }),
      )
      .describe("OpenRouter accounts whose credits are reported."),
    record: z
      .object({
        compared: count.describe("Number of forecasts of months that have ended."),
        hits: count.describe("Number of forecasts for which the month ended between `low` and `high`."),
        hit_rate: z.number().nullable().describe("Share of `hits` in `compared`, in percent."),
        mean_error: z.number().nullable().describe("Mean deviation of `middle` from the actual spend, in percent."),
        past: z
          .array(
            z.object({
              made_on: dayOutput.describe("Day of the forecast (UTC)."),
              low: money.describe("Lower end of the expected range."),
              middle: money.describe("Expected spend of the whole month."),
              high: money.describe("Upper end of the expected range."),
              actual: money.nullable().describe("Actual spend of the month. `null` until the month has ended."),
            }),
          )
          .describe("Past forecasts, newest first."),
      })
      .describe("Accuracy of past forecasts."),
    ...syncState,
  })
  .meta({ id: "Forecast" });

export type ForecastOutput = z.infer<typeof forecastOutput>;
