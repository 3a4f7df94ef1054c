import { addDays, type Day } from "@orwatch/domain/day";
import { DEFAULT_DAYS, filtersOf, isSpan, usageSearch } from "./dashboard-search.ts";
import { oneOf, oneOrMore, searchOf, whole } from "./readers.ts";

export const TIMES = ["day", "week", "month"] as const;
type Time = (typeof TIMES)[number];
export type Grouping = Time | "model" | "key";
export const SORTABLE = ["date", "key", "model", "requests_count", "tokens_input", "tokens_output", "cost"] as const;
export type SortColumn = (typeof SORTABLE)[number];

const DEFAULT_GROUPS: Grouping[] = ["day"];

/** Search parameters of the statistics. Invalid values fall back to the default. */
export const statsSearch = searchOf({
  ...usageSearch.readers,
  group_by: oneOrMore(oneOf([...TIMES, "model", "key"])),
  sort: oneOf([...SORTABLE, ...SORTABLE.map((name) => `-${name}` as const)]),
  page: whole({ min: 1, max: 1_000_000 }),
  details: oneOf([true]),
});

export type StatsSearch = ReturnType<typeof statsSearch.parse>;

/** The groups in the order of the columns: at most one unit of time, and at least one group. */
export function groupsOf({ group_by = DEFAULT_GROUPS }: StatsSearch): Grouping[] {
  const time = TIMES.find((unit) => group_by.includes(unit));
  return [...(time ? [time] : []), ...(["key", "model"] as const).filter((group) => group_by.includes(group))];
}

export const timeOf = (groups: Grouping[]): Time | undefined => TIMES.find((unit) => groups.includes(unit));

/** The range as parameters of the request. */
export function rangeOf(
  { days, start_date, end_date }: Pick<StatsSearch, "days" | "start_date" | "end_date">,
  today: Day,
): { start_date: Day; end_date: Day } {
  if (start_date && end_date && isSpan(start_date, end_date)) return { start_date, end_date };
  return { start_date: addDays(today, 1 - (days ?? DEFAULT_DAYS)), end_date: today };
}

const isColumnOf = (column: string, groups: Grouping[]) => {
  if (column === "date") return timeOf(groups) !== undefined;
  return (column !== "model" && column !== "key") || groups.includes(column);
};

/** Parameters of both the table and its files. */
export function toStatsQuestion(search: StatsSearch, today: Day) {
  const { sort } = search;
  const groups = groupsOf(search);
  return {
    ...rangeOf(search, today),
    ...filtersOf(search),
    group_by: groups,
    ...(sort && isColumnOf(sort.replace("-", ""), groups) ? { sort } : {}),
  };
}

export type StatsQuestion = ReturnType<typeof toStatsQuestion>;

export const toTableInput = (search: StatsSearch, today: Day) => ({
  ...toStatsQuestion(search, today),
  page: search.page ?? 1,
  details: search.details ?? false,
});

/** URL of the file with exactly the rows of the table. */
export function exportHref(question: StatsQuestion, format: "csv" | "json"): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(question))
    for (const one of [value].flat()) query.append(name, String(one));
  return `/api/usage/export.${format}?${query}`;
}

/**
 * URL of the file for Excel: with a byte order mark and the separators of a language. If it contains several keys,
 * each has its own rows.
 */
export function excelHref(question: StatsQuestion, options: { locale: string; hasSeveralKeys: boolean }): string {
  const parts = new Intl.NumberFormat(options.locale).formatToParts(1.5);
  const hasComma = parts.some(({ type, value }) => type === "decimal" && value === ",");
  const { group_by } = question;
  const groups = options.hasSeveralKeys && !group_by.includes("key") ? [...group_by, "key" as const] : group_by;
  const style = hasComma ? "&separator=semicolon&decimal=comma&bom=true" : "&bom=true";
  return `${exportHref({ ...question, group_by: groups }, "csv")}${style}`;
}

/** The requested order of the rows, or the default of the server. */
export function orderOf({ sort, group_by }: StatsQuestion): { column: SortColumn; descending: boolean } {
  if (sort) return { column: sort.replace("-", "") as SortColumn, descending: sort.startsWith("-") };
  return timeOf(group_by) ? { column: "date", descending: true } : { column: "cost", descending: true };
}
