import { message } from "@orwatch/messages/message";
import { z } from "zod";
import { issueText } from "../rpc/validation-issues.ts";
import {
  byokCost,
  count,
  day,
  dayOutput,
  formerly,
  id,
  idInput,
  inputTokens,
  instant,
  limitTo,
  modelOutput,
  money,
  outputTokens,
  range,
  requests,
  syncState,
} from "../rpc/wire.ts";

export const keyFilter = z
  .array(idInput)
  .min(1)
  .max(1000)
  .optional()
  .describe("Return only usage of these keys, at most 1000. An ID that is not yours matches nothing.");

export const modelFilter = z
  .array(z.string().min(1).max(300))
  .min(1)
  .max(200)
  .optional()
  .describe("Return only usage of these models, at most 200, by their exact slugs.");

/** Usage of an OpenRouter account that belongs to no watched key. */
export const residualKind = z
  .enum(["not_watched", "deleted", "chatroom", "other_workspace", "restatement", "unknown"])
  .nullable()
  .describe(
    "Origin of usage of an OpenRouter account that belongs to no key in orwatch (`api_key_id` is `null`). `not_watched`: keys that are not watched. `deleted`: deleted keys. `chatroom`: OpenRouter's chatroom. `other_workspace`: workspaces whose keys OpenRouter does not list. `restatement`: corrections of finished days that are not read for the key yet. `unknown`: not attributed to a key. `null` for usage of a key.",
  );

export const noKeyId = id
  .nullable()
  .describe("ID of the key. `null` for usage of an OpenRouter account that belongs to no key in orwatch; see `kind`.");

export const accountId = id.nullable().describe("ID of the OpenRouter account. `null` if unknown.");

export const usageInput = z.strictObject({
  ...range,
  api_key_id: keyFilter,
  model: modelFilter,
  skip: z.coerce.number<number>().int().min(0).max(100_000_000).default(0).describe("Number of rows to skip."),
  limit: limitTo(1000, 100),
});

/** Values that OpenRouter does not report for every row. */
export const details = {
  reasoning_tokens: count.nullable().describe("Reasoning tokens, included in `tokens_output`. `null` if unknown."),
  cached_tokens: count
    .nullable()
    .describe("Input tokens read from a prompt cache, included in `tokens_input`. `null` if unknown."),
  byok_requests: count
    .nullable()
    .describe("Requests on your own provider keys, included in `requests`. `null` if unknown."),
  upstream_cost: money
    .nullable()
    .describe("Amount charged by the provider, as reported by OpenRouter (`usage_upstream`). `null` if unknown."),
  cache_saving: money
    .nullable()
    .describe(
      "Effect of prompt caching on the cost, with the sign reported by OpenRouter (`usage_cache`). `null` if unknown.",
    ),
  data_discount: money
    .nullable()
    .describe(
      "Discount for data logging, with the sign reported by OpenRouter (`usage_data`), usually negative. `null` if unknown.",
    ),
  web_search_cost: money
    .nullable()
    .describe("Cost of web search, as reported by OpenRouter (`usage_web`). `null` if unknown."),
};

export const usageRow = z
  .object({
    id: id.describe("ID of the usage row. It changes when the day is fetched again."),
    api_key_id: noKeyId,
    date: dayOutput,
    model: modelOutput,
    requests_count: requests,
    tokens_input: inputTokens,
    tokens_output: outputTokens,
    cost: money,
    byok_cost: byokCost,
    created_at: instant.describe("When the row was stored."),
    kind: residualKind,
    account_id: accountId,
    ...details,
  })
  .meta({ id: "UsageRow" });

export const usageOutput = z.array(usageRow);

/** The filters of keys and models that every report takes. */
export const filters = {
  api_key_id: keyFilter,
  model: modelFilter,
  exclude_api_key_id: keyFilter.describe("Exclude usage of these keys."),
  exclude_model: modelFilter.describe("Exclude usage of these models."),
};

const TIMES = ["day", "week", "month"] as const;
const GROUPINGS = [...TIMES, "model", "vendor", "key"] as const;

export type Grouping = (typeof GROUPINGS)[number];
export type Time = (typeof TIMES)[number];

const isTime = (name: string): name is Time => TIMES.some((time) => time === name);

/** The group by time; `null` if none. */
export const timeOf = (groups: readonly Grouping[]): Time | null => groups.find(isTime) ?? null;

/** Columns that only rows of their group have. */
const GROUPED_COLUMNS = ["date", "model", "vendor", "key"] as const;
const SORTABLE = [...GROUPED_COLUMNS, "requests", "requests_count", "tokens_input", "tokens_output", "cost"] as const;

export const groupBy = (max: number) =>
  z
    .array(z.enum(GROUPINGS))
    .min(1)
    .max(max)
    .optional()
    .describe(
      `Dimensions to group by: at most ${max}, with at most one of \`day\`, \`week\` (starting on Monday) and \`month\`. \`vendor\` is the part of a model before the slash. Without it, rows are not grouped.`,
    );

export const sort = z
  .enum([...SORTABLE, ...SORTABLE.map((name) => `-${name}` as const)])
  .optional()
  .describe(
    "Column to sort by. Prefix it with `-` for descending order. Unknown values come last. `requests_count` is deprecated: use `requests`. Default: newest first, then by model, then by key.",
  );

interface Grouped {
  group_by?: readonly Grouping[] | undefined;
  sort?: string | undefined;
}

/** Rejects two units of time, and sorting by a column that is not grouped. */
export function checkGrouping({ group_by: groups = [], sort: order }: Grouped, check: z.RefinementCtx): void {
  if (groups.filter(isTime).length > 1)
    check.addIssue({ code: "custom", path: ["group_by"], message: issueText(message("field_one_period", {})) });
  const column = GROUPED_COLUMNS.find((name) => name === order?.replace(/^-/, ""));
  if (column === undefined || groups.length === 0) return;
  const isGrouped = column === "date" ? timeOf(groups) !== null : groups.includes(column);
  if (!isGrouped)
    check.addIssue({ code: "custom", path: ["sort"], message: issueText(message("field_not_grouped", {})) });
}

export const publicStatsInput = z.strictObject({
  start_date: day
    .describe("First day of the range (UTC), inclusive, in `YYYY-MM-DD` format. Default: 29 days before the end.")
    .optional(),
  end_date: day
    .describe(
      "Last day of the range (UTC), inclusive, in `YYYY-MM-DD` format. Default: today. A range has at most 366 days.",
    )
    .optional(),
  ...filters,
});

const tokens = count
  .nullable()
  .describe(
    "Input and output tokens combined. `null` if unknown: spend known only from a key's counters has no counts.",
  );

export const publicStatsOutput = z
  .object({
    summary: z
      .object({
        requests,
        cost: money,
        tokens,
        tokens_input: inputTokens,
        tokens_output: outputTokens,
        byok_cost: byokCost,
        total_requests: formerly("requests", requests),
        total_cost: formerly("cost", money),
        total_tokens: formerly("tokens", tokens),
        total_tokens_input: formerly("tokens_input", inputTokens),
        total_tokens_output: formerly("tokens_output", outputTokens),
      })
      .describe("Totals of the range."),
    period: z
      .object({
        start_date: dayOutput.describe("First day of the range (UTC), inclusive."),
        end_date: dayOutput.describe("Last day of the range (UTC), inclusive."),
        days: count.describe("Number of days in the range, inclusive."),
      })
      .describe("The range of the totals."),
    ...syncState,
  })
  .meta({ id: "Stats" });

export const publicUsageInput = z
  .strictObject({
    ...range,
    page: z.coerce.number<number>().int().min(1).max(1_000_000).default(1).describe("Page number, starting at 1."),
    cursor: z
      .string()
      .min(1)
      .max(2000)
      .optional()
      .describe(
        "`next_cursor` of the previous page, with the same other parameters. Unlike with `page`, usage that changes meanwhile moves no rows between pages. Not with `group_by`, `sort` or `page`.",
      ),
    limit: limitTo(1000, 100),
    ...filters,
    group_by: groupBy(2),
    sort,
  })
  .superRefine(checkGrouping)
  .superRefine(({ cursor, page, group_by, sort }, check) => {
    const others = { page: page === 1 ? undefined : page, group_by, sort };
    for (const [name, value] of Object.entries(others))
      if (cursor !== undefined && value !== undefined)
        check.addIssue({ code: "custom", path: [name], message: issueText(message("field_not_with_cursor", {})) });
  });

const IF_GROUPED = "With `group_by`, `null` unless the rows are grouped by it.";
const ONLY_GROUPED = "Only with `group_by`; `null` unless the rows are grouped by it.";

/** A row, or with `group_by` a sum of rows. Sums include known values only. */
export const publicUsageRow = z
  .object({
    date: dayOutput.nullable().describe(`UTC date in \`YYYY-MM-DD\` format. ${IF_GROUPED}`),
    week: dayOutput.nullable().optional().describe(`Monday of the week. ${ONLY_GROUPED}`),
    month: z.string().nullable().optional().describe(`Month in \`YYYY-MM\` format. ${ONLY_GROUPED}`),
    api_key_id: noKeyId.describe(
      `ID of the key. \`null\` for usage of an OpenRouter account that belongs to no key in orwatch; see \`kind\`. ${IF_GROUPED}`,
    ),
    api_key_name: z.string().nullable().describe(`Current name of the key. ${IF_GROUPED}`),
    model: z
      .string()
      .nullable()
      .describe(
        `Model slug, such as \`openai/gpt-5\`. \`(unattributed)\` for spend whose model is unknown. ${IF_GROUPED}`,
      ),
    vendor: z
      .string()
      .nullable()
      .optional()
      .describe(`Part of the model before the slash, or the whole without one. ${ONLY_GROUPED}`),
    requests,
    requests_count: formerly("requests", requests),
    tokens_input: inputTokens,
    tokens_output: outputTokens,
    cost: money,
    byok_cost: byokCost,
    kind: residualKind,
    account_id: accountId,
    ...details,
  })
  .meta({ id: "PublicUsageRow" });

export const publicUsageOutput = z
  .object({
    items: z.array(publicUsageRow).describe("Rows of this page."),
    next_cursor: z
      .string()
      .nullable()
      .describe("Send it as `cursor` to get the next page. `null` after the last page, and with `group_by` or `sort`."),
    pagination: z
      .object({
        page: count.describe("Number of this page, starting at 1."),
        limit: count.describe("Maximum number of rows per page."),
        total: count.describe("Total number of rows."),
        pages: count.describe("Total number of pages; 0 if there are no rows."),
      })
      .describe("Position of this page."),
    ...syncState,
  })
  .meta({ id: "UsagePage" });

export const modelsOutput = z
  .object({
    items: z
      .array(
        z.object({
          model: modelOutput,
          vendor: z.string().describe("Part of the model before the slash, or the whole without one."),
          first_used: dayOutput.describe("First day with usage that is stored."),
          last_used: dayOutput.describe("Last day with usage."),
          cost: money.describe("Cost of all stored usage of the model."),
        }),
      )
      .describe("Every model with stored usage, most expensive first."),
    ...syncState,
  })
  .meta({ id: "Models" });

export type UsageInput = z.infer<typeof usageInput>;

export type PublicStatsInput = z.infer<typeof publicStatsInput>;

export type PublicUsageRow = z.infer<typeof publicUsageRow>;

export type PublicUsageInput = z.infer<typeof publicUsageInput>;
