import { z } from "zod";
import {
  byokCost,
  count,
  dayOutput,
  formerly,
  idInput,
  inputTokens,
  limitTo,
  money,
  outputTokens,
  range,
  requests,
  syncState,
} from "../../rpc/wire.ts";
import { keyFilter, modelFilter } from "../schema.ts";

const BREAKDOWN_DIMENSIONS = [
  "provider",
  "app",
  "finish_reason",
  "end_user",
  "user",
  "workspace",
  "hour",
  "weekday_hour",
] as const;

export const breakdownInput = z.strictObject({
  dimension: z
    .enum(BREAKDOWN_DIMENSIONS)
    .describe(
      "Dimension to group by. `user` (member) and `workspace` are only known for whole accounts, so they are unknown with `api_key_id`.",
    ),
  ...range,
  api_key_id: keyFilter,
  account_id: idInput.optional().describe("Return only usage of this OpenRouter account."),
  model: modelFilter,
  limit: limitTo(10_000, 1000).describe(
    "Maximum number of values to return, 1 to 10000. `others` contains the rest. Hours are always returned in full.",
  ),
});
export type BreakdownInput = z.output<typeof breakdownInput>;

const sums = {
  cost: money,
  byok_cost: byokCost,
  requests,
  requests_count: formerly("requests", requests),
  tokens_input: inputTokens,
  tokens_output: outputTokens,
};

const speed = (what: string) =>
  z
    .number()
    .nullable()
    .describe(
      `${what}: average of the values of each day, key, model and provider, weighted by requests. \`null\` if unknown.`,
    );

const speeds = {
  latency_p50_ms: speed("Median latency in milliseconds"),
  latency_p95_ms: speed("95th percentile of the latency in milliseconds"),
  throughput_p50: speed("Median throughput in tokens per second"),
  throughput_p95: speed("95th percentile of the throughput in tokens per second"),
};

export const breakdownOutput = z
  .object({
    items: z
      .array(
        z.object({
          value: z
            .string()
            .nullable()
            .describe(
              "Text from OpenRouter, for example the name of a provider. Untrusted: apps and end users can set it. `hour`: start of the hour (UTC). `weekday_hour`: weekday and hour (UTC), from `0-0` (Monday, midnight) to `6-23`. `null`: usage of which the value is unknown.",
            ),
          ...sums,
          ...speeds,
        }),
      )
      .describe("Most expensive first, hours by time. Their sum, with `others`, is `total`."),
    others: z
      .object({ values: count.describe("Number of values that are not in `items`."), ...sums })
      .nullable()
      .describe("Sum of the values beyond `limit`. `null` if there are none."),
    total: z.object(sums).describe("All usage of the range, as in the other statistics."),
    since: dayOutput
      .nullable()
      .describe("First day with data. Usage of earlier days has the value `null`. `null` if there is no data."),
    ...syncState,
  })
  .meta({ id: "Breakdown" });
export type BreakdownOutput = z.infer<typeof breakdownOutput>;

export const speedInput = z.strictObject({ account_id: idInput, ...range, limit: limitTo(1000, 200) });
export type SpeedInput = z.output<typeof speedInput>;

/** Speed of each model at each provider. */
export const speedOutput = z.object({
  items: z.array(z.object({ model: z.string(), provider: z.string(), cost: money, requests_count: count, ...speeds })),
  total: count.describe("Number of models at providers, also beyond `limit`."),
});
export type SpeedOutput = z.infer<typeof speedOutput>;
