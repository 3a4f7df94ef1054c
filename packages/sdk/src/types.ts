import type { Operations } from "./operations.d.ts";

/** A range of days to total. */
export type StatsInput = Operations["stats"]["input"];
/** Totals of a range of days. */
export type Stats = Operations["stats"]["output"];
/** Which rows of usage, and how many a page. */
export type UsageInput = Operations["usage"]["input"];
/** What one key spent on one model on one UTC day. */
export type UsageRow = Operations["usage"]["output"]["items"][number];
/** Where a page stands. */
export type Pagination = Operations["usage"]["output"]["pagination"];
/** What to split usage by, and of which days, keys and models. */
export type BreakdownInput = Operations["breakdowns"]["input"];
/** Usage split by a dimension. */
export type Breakdown = Operations["breakdowns"]["output"];
/** Which key to forecast; all of them without one. */
export type ForecastInput = Operations["forecast"]["input"];
/** Expected spend of the month, and when limits and credits run out. */
export type Forecast = Operations["forecast"]["output"];
/** A watched key with its totals. */
export type KeyTotals = Operations["keys"]["output"]["items"][number];
/** All watched keys. */
export type KeyList = Operations["keys"]["output"];
