import type { Day } from "@orwatch/domain/day";
import {
  automaticInterval,
  type Dimension,
  type ExploreSearch,
  filtersOfExplore,
  groupsOfExplore,
  type Interval,
  periodNameOf,
  rangeOfExplore,
} from "../search/explore-search.ts";
import { type Comparison, comparePeriods, type DayRange } from "../search/periods.ts";
import { combinationOf, findGapIn, type Gap } from "./availability.ts";
import { columnsOf } from "./metrics.ts";

/** Series with their own colour. The server combines the others. */
const CHART_GROUPS = 12;
const TABLE_GROUPS = 100;

/** What the page asks for. */
export interface Question {
  range: DayRange;
  interval: Interval;
  groups: Dimension[];
  /** Why the combination is not collected; nothing is requested then. */
  gap: Gap | null;
  /** `null` unless compared. */
  comparison: Comparison | null;
  isHeatmap: boolean;
}

export function toQuestion(search: ExploreSearch, today: Day): Question {
  const range = rangeOfExplore(search, today);
  const isHeatmap = search.chart === "heatmap";
  const canHour = findGapIn(combinationOf(search, "hour"), range) === null;
  const interval = isHeatmap ? "hour" : (search.interval ?? automaticInterval(range, canHour));
  return {
    range,
    interval,
    groups: groupsOfExplore(search),
    gap: findGapIn(combinationOf(search, interval), range),
    comparison: search.compare ? comparePeriods(range, { name: periodNameOf(search), today }) : null,
    isHeatmap,
  };
}

/** The requests of a question, which are sent together. Those that it does not need are `null`. */
export function toInputs(search: ExploreSearch, { range, interval, groups, comparison, isHeatmap }: Question) {
  const metric = search.metric ?? "cost";
  const [first, second] = groups;
  const common = { metric, ...filtersOfExplore(search) };
  const columns = columnsOf(metric);
  /** Sums of a range: of its intervals, as few as there can be. */
  const sums = (days: DayRange, group_by: Dimension[]) => ({
    ...{ ...common, ...days, columns, group_by, interval: "month" as const, limit: TABLE_GROUPS },
  });
  const hasTable = search.table === undefined || search.table === "pivot";
  const of = (days: DayRange | undefined, group_by: (Dimension | undefined)[], isWanted = true) =>
    isWanted && days && hasTable && group_by.every((name) => name !== undefined) ? sums(days, group_by) : null;
  const isPivot = search.table === "pivot" && second !== undefined;
  const hours = comparison?.isByHour === true;
  return {
    chart: {
      ...{ ...common, ...range, interval, limit: CHART_GROUPS },
      // The hours of all weeks are added, so that they have no series.
      group_by: first && !isHeatmap ? [first] : [],
    },
    before: comparison ? { ...common, ...comparison.before, interval, limit: 1, group_by: [] } : null,
    rows: of(range, [first]),
    pairs: of(range, [first, second]),
    columns: of(range, [second], isPivot),
    currentRows: of(comparison?.current, [first], !hours && comparison?.current.end_date !== range.end_date),
    beforeRows: of(comparison?.before, [first], !hours),
    currentPairs: of(comparison?.current, [first, second], !hours && comparison?.current.end_date !== range.end_date),
    beforePairs: of(comparison?.before, [first, second], !hours),
  };
}

export type Inputs = ReturnType<typeof toInputs>;
