import { z } from "zod";
import { count, dayOutput, money } from "../../rpc/wire.ts";
import { exportInput, groupedRow } from "../schema.ts";

/** Rows of a page. */
export const PAGE_ROWS = 100;
export const UNKNOWN_SPANS = 10;

const { format: _f, group_by: _g, separator: _s, decimal: _d, bom: _b, ...asked } = exportInput.shape;

/** What an export takes, but for the format: with the same question the screen shows the rows of the file. */
export const tableInput = z
  .strictObject({
    ...asked,
    group_by: exportInput.shape.group_by.unwrap().min(1),
    page: z.int().min(1).max(1_000_000).default(1),
  })
  .superRefine(({ page: _page, ...question }, check) => {
    for (const { path, message } of exportInput.safeParse(question).error?.issues ?? [])
      check.addIssue({ code: "custom", path, message });
  });

export const tableOutput = z.object({
  rows: z.array(groupedRow).max(PAGE_ROWS),
  total: count.describe("Rows of all pages"),
  page_rows: count,
  sum: z
    .object({
      requests_count: count.nullable(),
      tokens_input: count.nullable(),
      tokens_output: count.nullable(),
      cost: money,
      byok_cost: money,
    })
    .describe("Of the rows of all pages"),
  days: z.object({
    asked: count,
    known: count.describe("Days of the range whose cost is known for a selected key, also where it is 0"),
    unknown: z
      .array(z.object({ from: dayOutput, through: dayOutput }))
      .max(UNKNOWN_SPANS)
      .describe("The other days, as runs from the newest; at most ten of them"),
  }),
});

export type TableInput = z.infer<typeof tableInput>;
export type TableOutput = z.infer<typeof tableOutput>;
