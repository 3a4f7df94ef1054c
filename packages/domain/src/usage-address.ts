import type { Day } from "./day.ts";

/** Usage that a page of the web app shows: some days, of some keys. */
export interface ShownUsage {
  start_date: Day;
  end_date: Day;
  /** `null`: all keys. */
  api_key_ids: number[] | null;
}

/** The page that shows usage by day, model and key. */
const PAGE = "/explore";

/** Its search parameters. */
export const usageSearchOf = ({ start_date, end_date, api_key_ids }: ShownUsage) => ({
  start_date,
  end_date,
  ...(api_key_ids && { api_key_id: api_key_ids }),
});

/** Its path and query, as the web app writes them: lists are JSON. @param team ID of the team that it is shown in */
export function usageAddress(usage: ShownUsage, team?: number): string {
  const search = { ...usageSearchOf(usage), ...(team !== undefined && { team }) };
  const query = Object.entries(search).map(
    ([name, value]) => `${name}=${encodeURIComponent(typeof value === "string" ? value : JSON.stringify(value))}`,
  );
  return `${PAGE}?${query.join("&")}`;
}
