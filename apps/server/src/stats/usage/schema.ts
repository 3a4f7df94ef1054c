import { z } from "zod";
import { count, dayOutput, money } from "../../rpc/wire.ts";
import { dashboardInput } from "../dashboard/schema.ts";
import { exportInput, summedRow } from "../exports/schema.ts";
import { details } from "../schema.ts";

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

export type SeriesInput = z.infer<typeof seriesInput>;

export type SeriesOutput = z.infer<typeof seriesOutput>;

export type TableInput = z.infer<typeof tableInput>;

export type TableOutput = z.infer<typeof tableOutput>;
