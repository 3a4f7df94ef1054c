import {
  COLLECTED,
  type Collected,
  type Dimension,
  type ExploreSearch,
  filteredCollected,
  groupsOfExplore,
  type Interval,
  type Metric,
} from "../search/explore-search.ts";
import { type DayRange, lengthOf } from "../search/periods.ts";
import { storeOf } from "./metrics.ts";

/** Most days of a range by hour. */
export const MAX_HOURLY_DAYS = 31;

/** Why usage is not collected in a combination: texts in `explore.gaps`. */
export type Gap = "twoCollected" | "details" | "latency" | "hour" | "finishReason" | "tooLong";

export interface Combination {
  metric: Metric;
  interval: Interval;
  groups: readonly Dimension[];
  /** Dimensions that are collected apart and filtered by. */
  filtered: readonly Collected[];
}

const isCollected = (name: Dimension): name is Collected => COLLECTED.some((one) => one === name);

/** The rules of the server: a combination that has a gap is rejected there. */
export function findGap({ metric, interval, groups, filtered }: Combination): Gap | null {
  const collected = [...new Set([...groups.filter(isCollected), ...filtered])];
  const store = storeOf(metric);
  if (collected.length > 1) return "twoCollected";
  if (store === "rows" && (collected.length > 0 || interval === "hour")) return "details";
  if (store === "latency" && collected.some((name) => name !== "provider")) return "latency";
  if (interval === "hour" && (collected.length > 0 || store === "latency")) return "hour";
  const isByModel = groups.includes("model") || groups.includes("vendor");
  return collected.includes("finish_reason") && isByModel ? "finishReason" : null;
}

export const findGapIn = (combination: Combination, range: DayRange): Gap | null =>
  combination.interval === "hour" && lengthOf(range) > MAX_HOURLY_DAYS ? "tooLong" : findGap(combination);

/** The combination of a search, by an interval. */
export const combinationOf = (search: ExploreSearch, interval: Interval): Combination => ({
  metric: search.metric ?? "cost",
  interval,
  groups: groupsOfExplore(search),
  filtered: filteredCollected(search),
});
