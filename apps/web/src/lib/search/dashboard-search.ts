import { addDays, type Day, daysBetween, isDay } from "@orwatch/domain/day";
import { oneOf, oneOrMore, searchOf, textWhere, whole } from "./readers.ts";

export const RANGES = [7, 30, 90, 365] as const;
export const DEFAULT_DAYS = 30;
const MAX_DAYS = 366;

const day = textWhere(isDay);
const keyIds = oneOrMore(whole({ min: 1 }));
const modelNames = oneOrMore(textWhere((name) => name.length > 0 && name.length <= 300));

/** Search parameters shared by the dashboard and statistics. */
export const usageSearch = searchOf({
  days: whole({ min: 1, max: 365 }),
  start_date: day,
  end_date: day,
  api_key_id: keyIds,
  model: modelNames,
  exclude_api_key_id: keyIds,
  exclude_model: modelNames,
});

export type UsageSearch = ReturnType<typeof usageSearch.parse>;

export const sharedSearch = (search: object): UsageSearch => usageSearch.parse(search);

/** Grouping of the chart. */
export const GROUPS = ["model", "key", "vendor"] as const;
export type Group = (typeof GROUPS)[number];

/** Search parameters of the dashboard. Invalid values fall back to the default. */
export const dashboardSearch = searchOf({
  ...usageSearch.readers,
  by: oneOf(["key", "vendor"]),
  compare: oneOf([true]),
  view: oneOf(["month"]),
  changes: oneOf(["model"]),
});

export type DashboardSearch = ReturnType<typeof dashboardSearch.parse>;

/** True if the page has filters in addition to the range. */
export const isFiltered = (search: UsageSearch): boolean =>
  Boolean(search.api_key_id || search.model || search.exclude_api_key_id || search.exclude_model);

/** The same parameters without filters. */
export const unfiltered = <S extends UsageSearch>(search: S): S => ({
  ...search,
  api_key_id: undefined,
  model: undefined,
  exclude_api_key_id: undefined,
  exclude_model: undefined,
});

/** True for a valid range: in order and at most 366 days. */
export const isSpan = (start: string, end: string): boolean => start <= end && daysBetween(start, end) < MAX_DAYS;

/** The range without filters. */
export const rangeOfSearch = ({ days, start_date, end_date }: UsageSearch) => ({ days, start_date, end_date });

/** Parameters of the request: the range in one form, and no empty filters. */
export function toDashboardInput(search: UsageSearch) {
  const { days, start_date, end_date } = search;
  if (start_date && end_date && isSpan(start_date, end_date)) return { start_date, end_date, ...filtersOf(search) };
  return { days: days ?? DEFAULT_DAYS, ...filtersOf(search) };
}

/** The filters on keys, without those on models. */
export const keyFiltersOf = ({
  api_key_id,
  exclude_api_key_id,
}: Pick<UsageSearch, "api_key_id" | "exclude_api_key_id">) => ({
  ...(api_key_id ? { api_key_id } : {}),
  ...(exclude_api_key_id ? { exclude_api_key_id } : {}),
});

export const filtersOf = ({ api_key_id, model, exclude_api_key_id, exclude_model }: UsageSearch) => ({
  ...(api_key_id ? { api_key_id } : {}),
  ...(model ? { model } : {}),
  ...(exclude_api_key_id ? { exclude_api_key_id } : {}),
  ...(exclude_model ? { exclude_model } : {}),
});

export const toSeriesInput = (search: DashboardSearch) => ({
  ...toDashboardInput(search),
  by: search.by ?? ("key" as const),
});

/** The previous period of the same length, with the same filters. */
export const toBeforeInput = (search: UsageSearch, { first, days }: { first: Day; days: number }) => ({
  start_date: addDays(first, -days),
  end_date: addDays(first, -1),
  ...filtersOf(search),
});
