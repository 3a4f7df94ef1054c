import { message } from "@orwatch/messages/message";
import { z } from "zod";
import { issueText } from "../../rpc/validation-issues.ts";
import { byokCost, dayOutput, inputTokens, modelOutput, money, outputTokens, range, requests } from "../../rpc/wire.ts";
import {
  accountId,
  checkGrouping,
  details,
  filters,
  groupBy,
  noKeyId,
  publicUsageRow,
  residualKind,
  sort,
  usageRow,
} from "../schema.ts";

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

const rowsOf = (maxGroups: number) => ({ ...range, ...filters, group_by: groupBy(maxGroups), sort });

/** Exports of sessions group by up to three dimensions, those of API tokens by two. */
const [own, open] = [rowsOf(3), rowsOf(2)];

export const exportInput = z
  .strictObject({ ...own, format, ...csvShape })
  .superRefine(checkCsvShape)
  .superRefine(checkGrouping);

export const publicExportInput = z
  .strictObject({ ...open, format, ...csvShape })
  .superRefine(checkCsvShape)
  .superRefine(checkGrouping);

const checkCsv = (input: Omit<CsvShape, "format">, check: z.RefinementCtx) =>
  checkCsvShape({ ...input, format: "csv" }, check);

export const csvExportInput = z
  .strictObject({ ...own, ...csvShape })
  .superRefine(checkCsv)
  .superRefine(checkGrouping);

export const publicCsvExportInput = z
  .strictObject({ ...open, ...csvShape })
  .superRefine(checkCsv)
  .superRefine(checkGrouping);

export const jsonExportInput = z.strictObject(own).superRefine(checkGrouping);

export const publicJsonExportInput = z.strictObject(open).superRefine(checkGrouping);

export const summedRow = z.object({
  date: dayOutput.optional(),
  week: dayOutput.optional().describe("Monday of the week."),
  month: z.string().optional().describe("Month in `YYYY-MM` format."),
  model: modelOutput.optional(),
  vendor: z.string().optional().describe("Part of the model before the slash, or the whole without one."),
  api_key_id: noKeyId.optional(),
  api_key_name: z.string().optional().describe("Current name of the key."),
  requests_count: requests,
  tokens_input: inputTokens,
  tokens_output: outputTokens,
  cost: money,
  byok_cost: byokCost,
  kind: residualKind.optional(),
  account_id: accountId.optional(),
});

/** Sums include known values only. */
const groupedRow = summedRow.extend(details).meta({ id: "GroupedUsageRow" });

export const exportOutput = z.array(z.union([usageRow, groupedRow]));

export const publicExportOutput = z.array(publicUsageRow);

export type ExportInput = z.infer<typeof exportInput>;

export type PublicExportInput = z.infer<typeof publicExportInput>;
