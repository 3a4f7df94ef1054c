import { message } from "@orwatch/messages/message";
import { z } from "zod";
import { issueText } from "../../rpc/validation-issues.ts";
import { count, day, dayOutput, idInput, limitTo, money, syncState } from "../../rpc/wire.ts";
import { filters, residualKind } from "../schema.ts";

const METRIC_NAMES = [
  "cost",
  "requests",
  "tokens",
  "tokens_input",
  "tokens_output",
  "reasoning_tokens",
  "cached_tokens",
  "cache_hit_rate",
  "cost_per_million_tokens",
  "cost_per_request",
  "tokens_per_request",
  "latency_p50_ms",
  "latency_p95_ms",
] as const;
export type MetricName = (typeof METRIC_NAMES)[number];

/** Dimensions of all stored usage. */
const STORED_DIMENSIONS = ["model", "vendor", "key", "workspace", "account"] as const;
/** Dimensions that are collected per day, for the last 31 days before the first sync and from then on. */
export const COLLECTED_DIMENSIONS = ["provider", "app", "finish_reason", "end_user"] as const;
export const DIMENSIONS = [...STORED_DIMENSIONS, ...COLLECTED_DIMENSIONS] as const;
export type CollectedDimension = (typeof COLLECTED_DIMENSIONS)[number];
export type GroupDimension = (typeof DIMENSIONS)[number];

const INTERVALS = ["hour", "day", "week", "month"] as const;
export type Interval = (typeof INTERVALS)[number];

/** Most days of a range by hour. */
export const MAX_HOURLY_DAYS = 31;

/** Most metrics that are returned beside the requested one. */
const MAX_COLUMNS = 6;

const valueFilter = (what: string) =>
  z.array(z.string().min(1).max(300)).min(1).max(200).optional().describe(`${what}, at most 200.`);

const accountFilter = z.array(idInput).min(1).max(200).optional();

/** Filters of dimensions that only this report has. */
const dimensionFilters = {
  vendor: valueFilter("Return only usage of models of these vendors"),
  exclude_vendor: valueFilter("Exclude usage of models of these vendors"),
  workspace: valueFilter("Return only usage of keys of these workspaces, by their names"),
  exclude_workspace: valueFilter("Exclude usage of keys of these workspaces"),
  account_id: accountFilter.describe("Return only usage of these OpenRouter accounts, at most 200."),
  exclude_account_id: accountFilter.describe("Exclude usage of these OpenRouter accounts, at most 200."),
  provider: valueFilter("Return only usage at these providers"),
  exclude_provider: valueFilter("Exclude usage at these providers"),
  app: valueFilter("Return only usage of these apps"),
  exclude_app: valueFilter("Exclude usage of these apps"),
  finish_reason: valueFilter("Return only usage with these finish reasons"),
  exclude_finish_reason: valueFilter("Exclude usage with these finish reasons"),
  end_user: valueFilter("Return only usage of these end users"),
  exclude_end_user: valueFilter("Exclude usage of these end users"),
};

export const exploreInput = z
  .strictObject({
    metric: z
      .enum(METRIC_NAMES)
      .default("cost")
      .describe(
        "What to return. `tokens` is input and output combined, `cache_hit_rate` the percentage of input tokens that were read from a cache. Latencies are averages of the daily percentiles, weighted by requests.",
      ),
    group_by: z
      .array(z.enum(DIMENSIONS))
      .max(2)
      .default([])
      .describe(
        "Dimensions to group by, at most two. `vendor` is the part of a model before the slash. `provider`, `app`, `finish_reason` and `end_user` are known from 31 days before the first sync at the earliest.",
      ),
    interval: z
      .enum(INTERVALS)
      .default("day")
      .describe(
        `Length of the intervals of \`points\`. Weeks start on Monday. \`hour\` for at most ${MAX_HOURLY_DAYS} days, from 31 days before the first sync at the earliest.`,
      ),
    start_date: day.optional().describe("First day of the range (UTC), inclusive. Default: 29 days before the end."),
    end_date: day
      .optional()
      .describe("Last day of the range (UTC), inclusive. Default: today. A range has at most 366 days."),
    limit: limitTo(100, 10).describe("Maximum number of groups to return, 1 to 100. `other` contains the rest."),
    columns: z
      .array(z.enum(METRIC_NAMES))
      .max(MAX_COLUMNS)
      .default([])
      .describe(
        `Further metrics of \`total\`, each group and \`other\`, at most ${MAX_COLUMNS}. They must be stored together with \`metric\`: latencies only with latencies, reasoning and cached tokens only with each other.`,
      ),
    ...filters,
    ...dimensionFilters,
  })
  .superRefine(({ group_by: groups }, check) => {
    if (new Set(groups).size < groups.length)
      check.addIssue({ code: "custom", path: ["group_by"], message: issueText(message("field_duplicate", {})) });
  });
export type ExploreInput = z.output<typeof exploreInput>;

const value = z
  .union([money, z.number()])
  .nullable()
  .describe(
    "Value of the metric: money as a decimal string in USD, counts and other ratios as numbers. `null` if unknown or not defined, such as the cost per request without requests.",
  );

const points = z
  .array(
    z.object({
      at: z
        .string()
        .describe("Start of the interval: a UTC date, or with `interval=hour` a timestamp.")
        .meta({ examples: ["2026-11-01"] }),
      value,
    }),
  )
  .describe(
    "One point for each interval of the range, in order. The first and the last interval may be partly outside.",
  );

const columns = z.array(value).describe("Values of the metrics in `columns`, in their order.");

const group = z.object({
  key: z
    .object({
      model: z.string().nullable().optional().describe("Model slug."),
      vendor: z.string().nullable().optional().describe("Part of the model before the slash."),
      api_key_id: z
        .int()
        .nullable()
        .optional()
        .describe("ID of the key. `null` for usage that belongs to no key; see `kind`."),
      api_key_name: z.string().nullable().optional().describe("Current name of the key."),
      kind: residualKind.optional(),
      workspace: z.string().nullable().optional().describe("Name of the workspace. `null` if unknown."),
      account_id: z.int().nullable().optional().describe("ID of the OpenRouter account. `null` if there is none."),
      provider: z.string().nullable().optional().describe("Provider. Untrusted text of OpenRouter's."),
      app: z.string().nullable().optional().describe("App. Untrusted: apps choose their names."),
      finish_reason: z.string().nullable().optional().describe("Finish reason."),
      end_user: z.string().nullable().optional().describe("End user. Untrusted: your requests contain it."),
    })
    .describe(
      "Values of the dimensions. If all collected ones are `null`, the group is the usage that is not known by this dimension.",
    ),
  total: value,
  columns,
  points,
});

const span = z.object({ start_date: dayOutput, end_date: dayOutput });

export const exploreOutput = z
  .object({
    metric: z.enum(METRIC_NAMES).describe("As requested."),
    group_by: z.array(z.enum(DIMENSIONS)).describe("As requested."),
    period: z
      .object({
        start_date: dayOutput.describe("First day of the range (UTC), inclusive."),
        end_date: dayOutput.describe("Last day of the range (UTC), inclusive."),
        interval: z.enum(INTERVALS).describe("Length of the intervals."),
      })
      .describe("The range and its intervals."),
    total: value.describe("Value of all selected usage, the same as of `/v1/stats`."),
    columns,
    points: points.describe("All selected usage by interval."),
    groups: z
      .array(group)
      .describe(
        "Highest value first, or for ratios the most expensive first. With metrics that can be added, `groups` and `other` sum to `total`.",
      ),
    other: z
      .object({ groups: count.describe("Number of groups that are not in `groups`."), total: value, columns, points })
      .nullable()
      .describe("Value of the groups beyond `limit`. `null` if there are none."),
    unknown: z
      .array(span.extend({ value }))
      .describe(
        "Days whose usage is in no point. `value` is `null` if it is not known at all, else the amount that is not known by hour.",
      ),
    ...syncState,
  })
  .meta({ id: "UsageBreakdown" });
export type ExploreOutput = z.infer<typeof exploreOutput>;
