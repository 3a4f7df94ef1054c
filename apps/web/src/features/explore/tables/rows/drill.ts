import { addDays, type Day, lastOfMonth } from "@orwatch/domain/day";
import type { StatsRow } from "../../../../lib/api/trpc.ts";
import { rangeOf, type StatsSearch } from "../../../../lib/search/stats-search.ts";

/** First and last day of a row's period; `null` for the whole range. */
export function spanOf({ date, week, month }: StatsRow): { from: Day; through: Day } | null {
  if (date) return { from: date, through: date };
  if (week) return { from: week, through: addDays(week, 6) };
  if (!month) return null;
  return { from: `${month}-01`, through: lastOfMonth(`${month}-01`) };
}

/** Search parameters that open a period: its days within the range, in the next smaller unit, or by model for a day. */
export function openTime(search: StatsSearch, row: StatsRow, today: Day): StatsSearch {
  const span = spanOf(row);
  if (!span) return search;
  const range = rangeOf(search, today);
  const others = (search.group_by ?? []).filter((group) => group === "model" || group === "key");
  return {
    ...search,
    days: undefined,
    start_date: span.from < range.start_date ? range.start_date : span.from,
    end_date: span.through > range.end_date ? range.end_date : span.through,
    group_by: row.date ? (others.length > 0 ? others : ["model"]) : ["day", ...others],
    sort: undefined,
    page: undefined,
  };
}
