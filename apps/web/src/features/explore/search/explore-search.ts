import type { Day } from "@orwatch/domain/day";
import { isSpan, usageSearch } from "../../../lib/search/dashboard-search.ts";
import { oneOf, oneOrMore, searchOf, textWhere, whole } from "../../../lib/search/readers.ts";
import { rangeOf, SORTABLE, type StatsSearch, TIMES } from "../../../lib/search/stats-search.ts";
import { type DayRange, daysOfPeriod, lengthOf, PERIODS } from "./periods.ts";

export const METRICS = [
  "cost",
  "requests",
  "tokens",
  "tokens_input",
  "tokens_output",
  "reasoning_tokens",
  "cached_tokens",
  "cache_hit_rate",
  "cost_per_million_tokens",
  "cost_per_request",
  "tokens_per_request",
  "latency_p50_ms",
  "latency_p95_ms",
] as const;
export type Metric = (typeof METRICS)[number];

export const COLLECTED = ["provider", "app", "finish_reason", "end_user"] as const;
export type Collected = (typeof COLLECTED)[number];
export const DIMENSIONS = ["model", "vendor", "key", "workspace", "account", ...COLLECTED] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export const INTERVALS = ["hour", "day", "week", "month"] as const;
export type Interval = (typeof INTERVALS)[number];

/** The parameter with the values of a dimension. */
export const PARAMETER = {
  model: "model",
  vendor: "vendor",
  key: "api_key_id",
  workspace: "workspace",
  account: "account_id",
  provider: "provider",
  app: "app",
  finish_reason: "finish_reason",
  end_user: "end_user",
} as const satisfies Record<Dimension, string>;

const texts = oneOrMore(textWhere((text) => text.length > 0 && text.length <= 300));
const ids = oneOrMore(whole({ min: 1 }));

/** Search parameters of Explore, named as in the API. Invalid values fall back to the default. */
export const exploreSearch = searchOf({
  ...usageSearch.readers,
  period: oneOf(PERIODS),
  metric: oneOf(METRICS),
  /** `none` for no group, which is not the default. */
  group_by: oneOrMore(oneOf([...DIMENSIONS, "none"])),
  interval: oneOf(INTERVALS),
  chart: oneOf(["lines", "area", "heatmap", "none"]),
  compare: oneOf([true]),
  cumulative: oneOf([true]),
  table: oneOf(["intervals", "pivot", "rows"]),
  vendor: texts,
  exclude_vendor: texts,
  workspace: texts,
  exclude_workspace: texts,
  account_id: ids,
  exclude_account_id: ids,
  provider: texts,
  exclude_provider: texts,
  app: texts,
  exclude_app: texts,
  finish_reason: texts,
  exclude_finish_reason: texts,
  end_user: texts,
  exclude_end_user: texts,
  /** Of the table of groups and of usage rows. */
  sort: oneOf([...SORTABLE, ...SORTABLE.map((name) => `-${name}` as const)]),
  /** Of usage rows. */
  page: whole({ min: 1, max: 1_000_000 }),
  details: oneOf([true]),
  whole_range: oneOf([true]),
});
export type ExploreSearch = ReturnType<typeof exploreSearch.parse>;

const DEFAULT_GROUPS: Dimension[] = ["model"];

export function groupsOfExplore({ group_by = DEFAULT_GROUPS }: ExploreSearch): Dimension[] {
  const groups = DIMENSIONS.filter((name) => group_by.includes(name));
  return groups.sort((a, b) => group_by.indexOf(a) - group_by.indexOf(b)).slice(0, 2);
}

/** The range of a custom period, a named one, or of the last days. */
export function rangeOfExplore(search: ExploreSearch, today: Day): DayRange {
  const { start_date, end_date, period } = search;
  if (start_date && end_date && isSpan(start_date, end_date)) return { start_date, end_date };
  return period ? daysOfPeriod(period, today) : rangeOf(search, today);
}

/** A name only counts where no dates are given. */
export const periodNameOf = ({ start_date, end_date, period }: ExploreSearch) =>
  start_date && end_date && isSpan(start_date, end_date) ? undefined : period;

/** Names of the parameters that filter. */
export const FILTERS = DIMENSIONS.flatMap((name) => [PARAMETER[name], `exclude_${PARAMETER[name]}`] as const);
export type FilterName = (typeof FILTERS)[number];

export const filtersOfExplore = (search: ExploreSearch): Pick<ExploreSearch, FilterName> =>
  Object.fromEntries(FILTERS.flatMap((name) => (search[name] ? [[name, search[name]]] : [])));

export const withoutFilters = (search: ExploreSearch): ExploreSearch => ({
  ...search,
  ...Object.fromEntries(FILTERS.map((name) => [name, undefined])),
  page: undefined,
});

/** Dimensions that are collected apart and filtered by. */
export const filteredCollected = (search: ExploreSearch): Collected[] =>
  COLLECTED.filter((name) => search[name] || search[`exclude_${name}`]);

/** The longest range that is shown by hour, and by day, unless another interval is chosen. */
const HOURLY_DAYS = 2;
const DAILY_DAYS = 120;

/** The interval that suits a range. */
export function automaticInterval(range: DayRange, canHour: boolean): Interval {
  const days = lengthOf(range);
  if (days <= HOURLY_DAYS && canHour) return "hour";
  return days <= DAILY_DAYS ? "day" : "week";
}

/** What an address of the former page Statistics means here: its rows, below a chart of the same usage. */
export function fromStats(search: StatsSearch): ExploreSearch {
  const { group_by = ["day"], ...rest } = search;
  const time = TIMES.find((unit) => group_by.includes(unit));
  const groups = (["key", "model"] as const).filter((name) => group_by.includes(name));
  return {
    ...rest,
    table: "rows",
    group_by: groups.length > 0 ? groups : ["none"],
    ...(time ? { interval: time } : { whole_range: true }),
  };
}

/** The rows of usage that the table shows: those of the former page Statistics. */
export const toStatsSearch = (search: ExploreSearch, interval: Interval, range: DayRange): StatsSearch => {
  const { api_key_id, model, exclude_api_key_id, exclude_model, sort, page, details, whole_range } = search;
  const groups = groupsOfExplore(search).filter((name) => name === "model" || name === "key");
  const time = whole_range && groups.length > 0 ? [] : [interval === "hour" ? ("day" as const) : interval];
  return {
    ...{ api_key_id, model, exclude_api_key_id, exclude_model, sort, page, details },
    ...range,
    group_by: [...time, ...groups],
  };
};
