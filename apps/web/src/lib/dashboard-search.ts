import { daysBetween, isDay } from "./day.ts";
import { oneOrMore, searchOf, textWhere, whole } from "./search.ts";

export const RANGES = [7, 30, 90, 365] as const;
export const DEFAULT_DAYS = 30;
export const MAX_DAYS = 366;

const day = textWhere(isDay);
export const keyIds = oneOrMore(whole({ min: 1 }));
export const modelNames = oneOrMore(textWhere((name) => name.length <= 300));

/** What the address of the dashboard may say; anything odd falls back to the default. */
export const dashboardSearch = searchOf({
  days: whole({ min: 1, max: 365 }),
  start_date: day,
  end_date: day,
  api_key_id: keyIds,
  model: modelNames,
});

export type DashboardSearch = ReturnType<typeof dashboardSearch.parse>;

/** The part of an address that the dashboard and the statistics share. */
export const sharedSearch = (search: object): DashboardSearch => dashboardSearch.parse(search);

/** True for a span the server answers: in order, at most 366 days. */
export const isSpan = (start: string, end: string): boolean => start <= end && daysBetween(start, end) < MAX_DAYS;

/** The query of the page: always one way to say a range, and no empty filters. */
export function toDashboardInput({ days, start_date, end_date, api_key_id, model }: DashboardSearch) {
  const filters = { ...(api_key_id ? { api_key_id } : {}), ...(model ? { model } : {}) };
  if (start_date && end_date && isSpan(start_date, end_date)) return { start_date, end_date, ...filters };
  return { days: days ?? DEFAULT_DAYS, ...filters };
}
