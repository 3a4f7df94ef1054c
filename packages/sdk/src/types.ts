import type { Operations } from "./operations.d.ts";

/** A range of days to total. */
export type StatsInput = Operations["stats"]["input"];
/** Totals of a range of days. */
export type Stats = Operations["stats"]["output"];
/** Which rows of usage, and how many a page. */
export type UsageInput = Omit<Operations["usage"]["input"], "group_by">;
/** Which usage to sum on the server, by what, and how many sums a page. */
export type GroupedUsageInput = Omit<UsageInput, "cursor"> & {
  /** At most two dimensions. */
  group_by: NonNullable<Operations["usage"]["input"]["group_by"]>;
};
type AnyRow = Operations["usage"]["output"]["items"][number];
/** What one key spent on one model on one UTC day. */
export type UsageRow = Omit<AnyRow, "week" | "month" | "vendor"> & {
  /** UTC date in `YYYY-MM-DD` format. */
  date: string;
  /** Current name of the key, or what the usage without a key is. */
  api_key_name: string;
  /** Model, or `(unattributed)` where it is unknown. */
  model: string;
};
/** A sum of usage. The columns that it is not grouped by are `null`. */
export type GroupedUsageRow = Required<AnyRow>;
/** Where a page stands. */
export type Pagination = Operations["usage"]["output"]["pagination"];
/** Which metric to return, by which interval and dimensions. */
export type UsageBreakdownInput = Operations["breakdown"]["input"];
/** A metric by interval and group. */
export type UsageBreakdown = Operations["breakdown"]["output"];
/** What to split usage by, and of which days, keys and models. */
export type BreakdownInput = Operations["breakdowns"]["input"];
/** Usage split by a dimension. */
export type Breakdown = Operations["breakdowns"]["output"];
/** Which ranges to compare, and by key or by model. */
export type ChangesInput = Operations["changes"]["input"];
/** The keys or models that explain a change in cost. */
export type ChangeList = Operations["changes"]["output"];
/** Which days to report. */
export type ProjectsInput = Operations["projects"]["input"];
/** The cost of every project. */
export type ProjectList = Operations["projects"]["output"];
/** Which key to forecast; all of them without one. */
export type ForecastInput = Operations["forecast"]["input"];
/** Expected spend of the month, and when limits and credits run out. */
export type Forecast = Operations["forecast"]["output"];
/** The credits of the OpenRouter accounts. */
export type CreditList = Operations["credits"]["output"];
/** The models that were used. */
export type ModelList = Operations["models"]["output"];
/** The alerts that are not resolved. */
export type AlertList = Operations["alerts"]["output"];
/** The team of the API token. */
export type Team = Operations["team"]["output"];
/** The version of the server. */
export type ServerVersion = Operations["version"]["output"];
/** A watched key with its limits, counters and totals. */
export type KeyTotals = Operations["keys"]["output"]["items"][number];
/** All watched keys. */
export type KeyList = Operations["keys"]["output"];
/** An OpenRouter key to add. */
export type KeyInput = Operations["addKey"]["input"];
/** What to change of a key. */
export type KeyChanges = Omit<Operations["updateKey"]["input"], "id">;
/** Which key to sync; all of them without one. */
export type SyncInput = Operations["sync"]["input"];
/** What a sync did. */
export type SyncResult = Operations["sync"]["output"];
/** What to sum by. */
export type SumDimension = NonNullable<Operations["usage"]["input"]["group_by"]>[number];
/** Which usage to sum on the server, and by what. */
export interface UsageSumInput extends Omit<UsageInput, "page" | "cursor" | "limit" | "sort"> {
  /** One or two dimensions, with at most one of `day`, `week` and `month`. */
  by: SumDimension | SumDimension[];
}
