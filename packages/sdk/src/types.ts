import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "./app-router.d.ts";

type Inputs = inferRouterInputs<AppRouter>["v1"];
type Outputs = inferRouterOutputs<AppRouter>["v1"];

/** A range of days to total. */
export type StatsInput = Inputs["stats"];
/** Totals of a range of days. */
export type Stats = Outputs["stats"];
/** Which rows of usage, and how many a page. */
export type UsageInput = Inputs["usage"];
/** What one key spent on one model on one UTC day. */
export type UsageRow = Outputs["usage"]["items"][number];
/** Where a page stands. */
export type Pagination = Outputs["usage"]["pagination"];
/** What to split usage by, and of which days, keys and models. */
export type BreakdownInput = Inputs["breakdowns"];
/** Usage split by a dimension. */
export type Breakdown = Outputs["breakdowns"];
/** A watched key with its totals. */
export type KeyTotals = Outputs["keys"]["items"][number];
/** All watched keys. */
export type KeyList = Outputs["keys"];
