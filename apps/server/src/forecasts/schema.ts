import { z } from "zod";
import { count, dayOutput, id, idInput, instant, money } from "../rpc/wire.ts";

export const forecastInput = z.strictObject({
  api_key_id: idInput.describe("One key; without it, all keys together").optional(),
});

const runsOut = {
  verdict: z
    .enum(["used_up", "runs_out", "never", "not_within_a_year", "unknown"])
    .describe(
      "About the window under way. used_up: nothing is left. runs_out: on runs_out_on. never: at this pace it resets before, or nothing is spent. unknown: too little is known, or what is left is not",
    ),
  runs_out_on: dayOutput.nullable(),
  earliest_on: dayOutput.nullable().describe("When spending is at the upper end of its range"),
  latest_on: dayOutput
    .nullable()
    .describe("When it is at the lower end; null: not in this window, not within a year, or never"),
};

export const forecastOutput = z
  .object({
    today: dayOutput,
    days_known: count.describe("Of the 28 days before today"),
    method: z.string().describe("How it was computed, in words"),
    month: z
      .object({
        start_date: dayOutput,
        end_date: dayOutput,
        spent: money.describe("So far"),
        low: money,
        middle: money.describe("Expected spend of the whole month"),
        high: money.describe("Low and high are meant to hold in about 8 of 10 cases"),
      })
      .nullable()
      .describe("null: too little is known"),
    limits: z
      .array(
        z.object({
          api_key_id: id,
          key_name: z.string(),
          limit: money,
          limit_remaining: money
            .nullable()
            .describe("May be negative. null: not known, as after a reset until the next sync"),
          limit_reset: z.string().nullable(),
          includes_byok: z.boolean(),
          resets_at: instant.nullable(),
          window: z
            .object({ start_date: dayOutput, end_date: dayOutput })
            .nullable()
            .describe("The days that verdict is about; null: the limit never resets"),
          next_window: z
            .object({ start_date: dayOutput, end_date: dayOutput, runs_out_on: dayOutput })
            .nullable()
            .describe("Where this window lasts: the first later one in which the whole limit is used up at this pace"),
          ...runsOut,
        }),
      )
      .describe("Keys with a limit, the first to run out first"),
    credits: z
      .array(
        z.object({
          api_key_id: id.describe("The management key that sees the account"),
          key_name: z.string(),
          remaining: money
            .nullable()
            .describe("null: the account has never bought credits; OpenRouter does not report granted credits"),
          keys_watched: count.describe("Keys of the account whose pace is known here; what others spend is not in it"),
          ...runsOut,
        }),
      )
      .describe("Accounts whose credits are known"),
    record: z
      .object({
        compared: count,
        hits: count.describe("How often the month ended between low and high"),
        hit_rate: z.number().nullable().describe("In percent"),
        mean_error: z.number().nullable().describe("Of middle against what came, in percent"),
        past: z.array(
          z.object({
            made_on: dayOutput,
            low: money,
            middle: money,
            high: money,
            actual: money.nullable().describe("Spend of that month; null while it goes on"),
          }),
        ),
      })
      .describe("How good past forecasts were"),
  })
  .meta({ id: "Forecast" });

export type ForecastOutput = z.infer<typeof forecastOutput>;
