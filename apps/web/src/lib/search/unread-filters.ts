import { usageSearch } from "./dashboard-search.ts";

/** Other parameters of these pages. */
const NO_FILTERS = new Set([
  "days",
  "start_date",
  "end_date",
  "by",
  "compare",
  "view",
  "changes",
  "group_by",
  "sort",
  "page",
  "details",
  "team",
]);

/** Invalid or unknown filters of the URL, which are reported, because the page ignores them. */
export function unreadFilters(search: object): string[] {
  const read = usageSearch.parse(search) as Record<string, unknown>;
  return Object.entries(search)
    .filter(([name, value]) => value !== undefined && !NO_FILTERS.has(name) && read[name] === undefined)
    .map(([name]) => name);
}
