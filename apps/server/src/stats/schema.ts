import { message } from "@orwatch/messages/message";
import { z } from "zod";
import { issueText } from "../rpc/validation-issues.ts";
import { count, day, dayOutput, id, idInput, instant, limitTo, money } from "../rpc/wire.ts";

export const keyFilter = z
  .array(idInput)
  .min(1)
  .max(1000)
  .optional()
  .describe("Return only usage of these keys. An ID that is not yours matches nothing.");
export const modelFilter = z
  .array(z.string().min(1).max(300))
  .min(1)
  .max(200)
  .optional()
  .describe("Return only usage of these models.");

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
  api_key_id: keyFilter,
  model: modelFilter,
  exclude_api_key_id: keyFilter.describe("Exclude usage of these keys."),
  exclude_model: modelFilter.describe("Exclude usage of these models."),
});

const perMillionTokens = money
  .nullable()
  .describe(
    "Cost per million tokens, input and output combined. Includes only usage whose token counts are known. `null` if there is none.",
  );

const share = z.number().describe("Percentage with one decimal.");

/** Usage of an OpenRouter account that belongs to no watched key. */
const residualKind = z
  .enum(["not_watched", "deleted", "chatroom", "other_workspace", "restatement", "unknown"])
  .nullable()
  .describe(
    "Origin of usage of an OpenRouter account that belongs to no key in orwatch (`api_key_id` is `null`). `not_watched`: keys that are not watched. `deleted`: deleted keys. `chatroom`: OpenRouter's chatroom. `other_workspace`: workspaces whose keys OpenRouter does not list. `restatement`: corrections of finished days that are not read for the key yet. `unknown`: not attributed to a key. `null` for usage of a key.",
  );
const noKeyId = id
  .nullable()
  .describe("ID of the key. `null` for usage of an OpenRouter account that belongs to no key in orwatch; see `kind`.");
const accountId = id.nullable().describe("ID of the OpenRouter account. `null` if unknown.");

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
    as_of: instant.nullable().describe("Oldest of the last successful syncs of the selected active keys."),
    complete_through: dayOutput
      .nullable()
      .describe("Last day that is final, except for later restatements by OpenRouter."),
  })
  .meta({ id: "Dashboard" });

export const range = {
  start_date: day.describe("First day of the range, inclusive."),
  end_date: day.describe("Last day of the range, inclusive."),
};

export const usageInput = z.strictObject({
  ...range,
  api_key_id: keyFilter,
  model: modelFilter,
  skip: z.coerce.number<number>().int().min(0).max(100_000_000).default(0).describe("Number of rows to skip."),
  limit: limitTo(1000, 100),
});

/** Values that OpenRouter does not report for every row. */
const details = {
  reasoning_tokens: count.nullable().describe("Reasoning tokens, included in `tokens_output`. `null` if unknown."),
  cached_tokens: count
    .nullable()
    .describe("Input tokens read from a prompt cache, included in `tokens_input`. `null` if unknown."),
  byok_requests: count
    .nullable()
    .describe("Requests on your own provider keys, included in `requests_count`. `null` if unknown."),
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

const usageRow = z
  .object({
    id,
    api_key_id: noKeyId,
    date: dayOutput,
    model: z.string(),
    requests_count: count.nullable(),
    tokens_input: count.nullable(),
    tokens_output: count.nullable(),
    cost: money,
    byok_cost: money,
    created_at: instant,
    kind: residualKind,
    account_id: accountId,
    ...details,
  })
  .meta({ id: "UsageRow" });

export const usageOutput = z.array(usageRow);

export const publicStatsInput = z.strictObject({ start_date: day.optional(), end_date: day.optional() });

export const publicStatsOutput = z
  .object({
    summary: z.object({
      total_requests: count.nullable(),
      total_cost: money,
      total_tokens: count.nullable(),
      total_tokens_input: count.nullable(),
      total_tokens_output: count.nullable(),
    }),
    period: z.object({ start_date: dayOutput, end_date: dayOutput, days: count }),
  })
  .meta({ id: "Stats" });

export const publicUsageInput = z.strictObject({
  ...range,
  page: z.coerce.number<number>().int().min(1).max(1_000_000).default(1).describe("Page number, starting at 1."),
  limit: limitTo(1000, 100),
  api_key_id: keyFilter,
  model: modelFilter,
});

/** Format of a CSV file. Spreadsheet programs expect the conventions of the user's locale. */
const csvShape = {
  separator: z
    .enum(["comma", "semicolon", "tab"])
    .optional()
    .describe(
      "CSV only: separator between cells. Default: `comma`. Excel expects `semicolon` in locales with a decimal comma.",
    ),
  decimal: z
    .enum(["point", "comma"])
    .optional()
    .describe(
      "CSV only: decimal mark of amounts. Default: `point`. `comma` requires the separator `semicolon` or `tab`.",
    ),
  bom: z
    .enum(["true", "false"])
    .optional()
    .describe(
      "CSV only: whether the file starts with a byte order mark, which lets Excel recognize UTF-8. Default: `false`.",
    ),
};
interface CsvShape {
  format: "csv" | "json";
  separator?: "comma" | "semicolon" | "tab" | undefined;
  decimal?: "point" | "comma" | undefined;
  bom?: "true" | "false" | undefined;
}

function checkCsvShape(input: CsvShape, check: z.RefinementCtx): void {
  for (const name of ["separator", "decimal", "bom"] as const)
    if (input.format === "json" && input[name] !== undefined)
      check.addIssue({ code: "custom", path: [name], message: issueText(message("field_csv_only", {})) });
  if (input.format === "csv" && input.decimal === "comma" && (input.separator ?? "comma") === "comma")
    check.addIssue({ code: "custom", path: ["decimal"], message: issueText(message("field_needs_separator", {})) });
}

const format = z
  .enum(["csv", "json"])
  .default("csv")
  .describe("File format. `csv`: RFC 4180 with a header row. `json`: an array.");

const GROUPINGS = ["day", "week", "month", "model", "key"] as const;
const SORTABLE = ["date", "model", "key", "requests_count", "tokens_input", "tokens_output", "cost"] as const;

export const exportInput = z
  .strictObject({
    ...range,
    api_key_id: keyFilter,
    model: modelFilter,
    exclude_api_key_id: keyFilter.describe("Exclude usage of these keys."),
    exclude_model: modelFilter.describe("Exclude usage of these models."),
    group_by: z
      .array(z.enum(GROUPINGS))
      .min(1)
      .max(3)
      .optional()
      .describe(
        "Dimensions to group by, with at most one of `day`, `week` (starting on Monday) and `month`. Without it, rows are not grouped.",
      ),
    sort: z
      .enum([...SORTABLE, ...SORTABLE.map((name) => `-${name}` as const)])
      .optional()
      .describe(
        "Column to sort by. Prefix it with `-` for descending order. Unknown values come last. Default: newest first, then by model, then by key.",
      ),
    format,
    ...csvShape,
  })
  .superRefine(checkCsvShape)
  .refine((input) => (input.group_by ?? []).filter((name) => name !== "model" && name !== "key").length <= 1, {
    path: ["group_by"],
    message: issueText(message("field_one_period", {})),
  })
  .refine((input) => isSortable(input), { path: ["sort"], message: issueText(message("field_not_grouped", {})) });

function isSortable({
  group_by,
  sort,
}: {
  group_by?: readonly string[] | undefined;
  sort?: string | undefined;
}): boolean {
  const column = sort?.replace(/^-/, "");
  if (column !== "date" && column !== "model" && column !== "key") return true;
  if (!group_by || group_by.length === 0) return true;
  return column === "date" ? group_by.some((name) => name !== "model" && name !== "key") : group_by.includes(column);
}

export const publicExportInput = z
  .strictObject({ ...range, api_key_id: keyFilter, model: modelFilter, format, ...csvShape })
  .superRefine(checkCsvShape);

const summedRow = z.object({
  date: dayOutput.optional(),
  week: dayOutput.optional().describe("Monday of the week."),
  month: z.string().optional().describe("Month in `YYYY-MM` format."),
  model: z.string().optional(),
  api_key_id: noKeyId.optional(),
  api_key_name: z.string().optional(),
  requests_count: count.nullable(),
  tokens_input: count.nullable(),
  tokens_output: count.nullable(),
  cost: money,
  byok_cost: money,
  kind: residualKind.optional(),
  account_id: accountId.optional(),
});
/** Sums include known values only. */
const groupedRow = summedRow.extend(details).meta({ id: "GroupedUsageRow" });

const publicUsageRow = z
  .object({
    date: dayOutput,
    api_key_id: noKeyId,
    api_key_name: z.string(),
    model: z.string(),
    requests_count: count.nullable(),
    tokens_input: count.nullable(),
    tokens_output: count.nullable(),
    cost: money,
    kind: residualKind,
    account_id: accountId,
    ...details,
  })
  .meta({ id: "PublicUsageRow" });

export const exportOutput = z.array(z.union([usageRow, groupedRow]));
export const publicExportOutput = z.array(publicUsageRow);

export const publicUsageOutput = z
  .object({
    items: z.array(publicUsageRow),
    pagination: z.object({ page: count, limit: count, total: count, pages: count }),
  })
  .meta({ id: "UsagePage" });

export const publicKeysOutput = z
  .object({
    items: z.array(
      z.object({
        id,
        name: z.string(),
        is_active: z.boolean(),
        stats: z.object({ total_requests: count.nullable(), total_cost: money }),
      }),
    ),
    total: count,
  })
  .meta({ id: "KeyTotals" });

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

const seriesBy = z.enum(["key", "vendor"]);

/** Cost by day, stacked. */
export const seriesInput = dashboardInput.extend({ by: seriesBy });

export const seriesOutput = z.object({
  by: seriesBy,
  series: z.array(z.object({ id: z.string(), name: z.string() })).describe("Most expensive first."),
  by_date: z.array(
    z.object({
      date: dayOutput,
      cost: money.nullable(),
      parts: z.array(z.object({ id: z.string(), cost: money })),
    }),
  ),
});

/** Rows of a page. */
export const PAGE_ROWS = 100;
export const UNKNOWN_SPANS = 10;

const { format: _f, group_by: _g, separator: _s, decimal: _d, bom: _b, ...tableQuestion } = exportInput.shape;

/** Parameters of an export without its format: the page shows the same rows as the file. */
export const tableInput = z
  .strictObject({
    ...tableQuestion,
    group_by: exportInput.shape.group_by.unwrap().min(1),
    page: z.int().min(1).max(1_000_000).default(1),
    details: z.boolean().default(false).describe("Whether to include the detail columns. They take longer to read."),
  })
  .superRefine(({ page: _page, details: _details, ...question }, check) => {
    for (const issue of exportInput.safeParse(question).error?.issues ?? [])
      check.addIssue({ code: "custom", path: issue.path, message: issue.message });
  });

const optionalDetails = z.object(details).partial().shape;

export const detailSums = z.object({
  ...details,
  partial: z
    .array(z.enum(Object.keys(details) as (keyof typeof details)[]))
    .describe("Details that are unknown for some of the usage. Their sums include only what is known."),
});
export type DetailSums = z.infer<typeof detailSums>;

export const tableOutput = z.object({
  rows: z.array(summedRow.extend(optionalDetails)).max(PAGE_ROWS),
  total: count.describe("Number of rows on all pages."),
  page_rows: count,
  sum: z
    .object({
      requests_count: count.nullable(),
      tokens_input: count.nullable(),
      tokens_output: count.nullable(),
      cost: money,
      byok_cost: money,
      ...optionalDetails,
    })
    .describe("Sums of the rows of all pages."),
  days: z.object({
    asked: count,
    known: count.describe("Days of the range whose cost is known for a selected key, including days with a cost of 0."),
    unknown: z
      .array(z.object({ from: dayOutput, through: dayOutput }))
      .max(UNKNOWN_SPANS)
      .describe("The other days as spans, newest first. At most ten spans."),
  }),
});

export type Grouping = (typeof GROUPINGS)[number];
export type ExportInput = z.infer<typeof exportInput>;
export type PublicExportInput = z.infer<typeof publicExportInput>;
export type DashboardInput = z.infer<typeof dashboardInput>;
export type DashboardOutput = z.infer<typeof dashboardOutput>;
export type UsageInput = z.infer<typeof usageInput>;
export type PublicUsageInput = z.infer<typeof publicUsageInput>;
export type UnusualInput = z.infer<typeof unusualInput>;
export type UnusualOutput = z.infer<typeof unusualOutput>;
export type SeriesInput = z.infer<typeof seriesInput>;
export type SeriesOutput = z.infer<typeof seriesOutput>;
export type TableInput = z.infer<typeof tableInput>;
export type TableOutput = z.infer<typeof tableOutput>;
