import { z } from "zod";
import { dayOutput, idInput, money, range } from "../../rpc/wire.ts";

export const reconciliationInput = z.strictObject({
  id: idInput,
  ...range,
});

/** Why usage of an account is not that of its watched keys. */
export const RESIDUAL_CAUSES = [
  "not_watched",
  "deleted",
  "chatroom",
  "other_workspace",
  "restatement",
  "byok_fee",
  "day_open",
  "unknown",
  "counters_only",
] as const;
export type ResidualCause = (typeof RESIDUAL_CAUSES)[number];

/** Why two totals of a day differ. */
export const DIFFERENCE_CAUSES = [
  "not_watched",
  "deleted",
  "chatroom",
  "other_workspace",
  "restatement",
  "byok_fee",
  "day_open",
  "counters_only",
  "purchase_or_grant",
  "cached_answer",
  "reading_time",
  "unexplained",
] as const;
export type DifferenceCause = (typeof DIFFERENCE_CAUSES)[number];

export const reconciliationOutput = z.object({
  items: z
    .array(
      z.object({
        date: dayOutput,
        account_total: money.nullable().describe("Total spend of the account. `null` if it has not been read yet."),
        watched_total: money.describe("Part of `account_total` that was spent by keys in orwatch."),
        residuals: z
          .array(
            z.object({
              cause: z
                .enum(RESIDUAL_CAUSES)
                .describe(
                  "`not_watched`: keys that are not watched. `deleted`: deleted keys. `chatroom`: OpenRouter's chatroom. `other_workspace`: workspaces whose keys OpenRouter does not list. `restatement`: corrections of a finished day that are not read for the key yet. `byok_fee`: fee on spend at your own provider keys. `day_open`: the day is still in progress. `unknown`: nothing supports a cause. `counters_only`: known from the spend counters of keys but not reported by OpenRouter's analytics yet, so it is not part of `account_total`.",
                ),
              amount: money.describe("Spend with this cause."),
            }),
          )
          .describe("Spend that is in `account_total` but not in `watched_total`, by cause, and `counters_only`."),
        counters_total: money
          .nullable()
          .describe(
            "Spend according to the counters of the account's keys. `null` if they do not cover the whole day.",
          ),
        credits_change: money
          .nullable()
          .describe(
            "Change of the credits used on this day. `null` unless OpenRouter reported them within an hour of both its ends.",
          ),
        differences: z
          .array(
            z.object({
              between: z
                .array(z.enum(["account_total", "counters_total", "credits_change"]))
                .length(2)
                .describe("The two totals that differ."),
              amount: money.describe("By how much the second total is larger. Negative if it is smaller."),
              cause: z
                .enum(DIFFERENCE_CAUSES)
                .describe(
                  "Likely cause. In addition to those of `residuals`: `purchase_or_grant`: the credits ever purchased changed by the same amount on that day. `cached_answer`: OpenRouter's credits are up to 60 seconds old, so usage around midnight can count on the other day. `reading_time`: the credits were not read exactly at midnight, with the same effect. `unexplained`: nothing supports a cause.",
                ),
            }),
          )
          .describe(
            "Differences of `counters_total` and `credits_change` from `account_total`, by cause. The amounts of two totals add up to their whole difference, except for rounding. Empty if the totals are unknown.",
          ),
        is_open: z
          .boolean()
          .describe(
            "Whether the day is still in progress. Its amounts were read one after the other, so they can differ.",
          ),
      }),
    )
    .describe("Days of the range, newest first."),
});
export type ReconciliationOutput = z.infer<typeof reconciliationOutput>;
