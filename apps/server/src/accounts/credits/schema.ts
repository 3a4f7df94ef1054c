import { z } from "zod";
import { forecastOutput } from "../../forecasts/schema.ts";
import { dayOutput, id, idInput, instant, money, range, syncState } from "../../rpc/wire.ts";

export const creditsInput = z.strictObject({
  id: idInput,
  ...range,
});

export const creditsOutput = z.object({
  items: z
    .array(
      z.object({
        at: instant.describe("When OpenRouter first reported these amounts."),
        last_seen_at: instant.describe("When OpenRouter last reported the same amounts."),
        total: money.describe("All credits ever purchased. OpenRouter does not include granted credits."),
        used: money.describe("All credits ever used."),
        remaining: money.nullable().describe("Credits left. `null` if unknown: see `remaining_unknown`."),
      }),
    )
    .describe(
      "One item for each change, oldest first, starting with the last change before the range. For days before the last 31, the first and last change of the day and all purchases are kept.",
    ),
  purchases: z
    .array(
      z.object({
        at: instant.describe("When the amount was first reported."),
        amount: money.describe("Negative if credits were taken back."),
      }),
    )
    .describe("Changes of the credits ever purchased."),
  remaining_unknown: z
    .enum(["never_bought", "not_reported"])
    .nullable()
    .describe(
      "Why the remaining credits are unknown. `never_bought`: the account has only granted credits, which OpenRouter does not report. `not_reported`: no credits have been reported yet. `null` if they are known.",
    ),
  run_out_date: dayOutput
    .nullable()
    .describe("Day on which the credits run out according to the forecast. `null` if not within a year, or unknown."),
});
export type CreditsOutput = z.infer<typeof creditsOutput>;

const { credits } = forecastOutput.shape;
const { verdict, runs_out_on, earliest_on, latest_on } = credits.element.shape;

/** Credits of an account, and when they run out at the current pace. */
export const creditsForecast = z.object({
  account_id: id,
  name: z.string(),
  remaining: money.nullable(),
  verdict,
  runs_out_on,
  earliest_on,
  latest_on,
});

export const currentCreditsOutput = z
  .object({
    items: z
      .array(
        z.object({
          account_id: id.describe("ID of the OpenRouter account."),
          name: z.string().describe("Name of the OpenRouter account in orwatch."),
          total: money
            .nullable()
            .describe(
              "All credits ever purchased. OpenRouter does not include granted credits. `null` if OpenRouter has not reported them.",
            ),
          used: money.nullable().describe("All credits ever used. `null` if OpenRouter has not reported them."),
          remaining: money
            .nullable()
            .describe(
              "Credits left. `null` if unknown: OpenRouter has not reported them, or the account has never purchased credits.",
            ),
          runs_out_on: dayOutput
            .nullable()
            .describe("Expected day on which nothing is left (UTC). `null` if not within a year, or unknown."),
        }),
      )
      .describe("Every OpenRouter account, oldest first."),
    ...syncState,
    as_of: instant
      .nullable()
      .describe("When OpenRouter last reported these amounts: the oldest of all accounts. `null` if it never did."),
  })
  .meta({ id: "Credits" });
