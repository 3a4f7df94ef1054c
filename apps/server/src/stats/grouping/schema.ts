import { message } from "@orwatch/messages/message";
import { z } from "zod";
import { issueText } from "../../rpc/validation-issues.ts";

const TIMES = ["day", "week", "month"] as const;
const GROUPINGS = [...TIMES, "model", "vendor", "key"] as const;

export type Grouping = (typeof GROUPINGS)[number];
export type Time = (typeof TIMES)[number];

const isTime = (name: string): name is Time => TIMES.some((time) => time === name);

/** The group by time; `null` if none. */
export const timeOf = (groups: readonly Grouping[]): Time | null => groups.find(isTime) ?? null;

/** Columns that only rows of their group have. */
const GROUPED_COLUMNS = ["date", "model", "vendor", "key"] as const;
const SORTABLE = [...GROUPED_COLUMNS, "requests_count", "tokens_input", "tokens_output", "cost"] as const;

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
    "Column to sort by. Prefix it with `-` for descending order. Unknown values come last. Default: newest first, then by model, then by key.",
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
