import * as z from "zod/mini";
import { daysBetween, isDay } from "./day.ts";

// Without this zod probes for `eval`, which the Content-Security-Policy reports.
z.config({ jitless: true });

export const RANGES = [7, 30, 90, 365] as const;
export const DEFAULT_DAYS = 30;
export const MAX_DAYS = 366;

const day = z.string().check(z.refine(isDay));
export const keyId = z.int().check(z.gte(1));
export const modelName = z.string().check(z.maxLength(300));
export const oneOrMore = <T extends z.ZodMiniType>(item: T) =>
  z.union([
    z.array(item).check(z.minLength(1), z.maxLength(200)),
    z.pipe(
      item,
      z.transform((one: z.output<T>) => [one]),
    ),
  ]);

/** What the address of the dashboard may say; anything odd falls back to the default. */
export const dashboardSearch = z.object({
  days: z.catch(z.optional(z.int().check(z.gte(1), z.lte(365))), undefined),
  start_date: z.catch(z.optional(day), undefined),
  end_date: z.catch(z.optional(day), undefined),
  api_key_id: z.catch(z.optional(oneOrMore(keyId)), undefined),
  model: z.catch(z.optional(oneOrMore(modelName)), undefined),
});

export type DashboardSearch = z.output<typeof dashboardSearch>;

/** The part of an address that the dashboard and the statistics share. */
export function sharedSearch(search: object): DashboardSearch {
  const shared = dashboardSearch.parse(search);
  return Object.fromEntries(Object.entries(shared).filter(([, value]) => value !== undefined));
}

/** True for a span the server answers: in order, at most 366 days. */
export const isSpan = (start: string, end: string): boolean => start <= end && daysBetween(start, end) < MAX_DAYS;

/** The query of the page: always one way to say a range, and no empty filters. */
export function toDashboardInput({ days, start_date, end_date, api_key_id, model }: DashboardSearch) {
  const filters = { ...(api_key_id ? { api_key_id } : {}), ...(model ? { model } : {}) };
  if (start_date && end_date && isSpan(start_date, end_date)) return { start_date, end_date, ...filters };
  return { days: days ?? DEFAULT_DAYS, ...filters };
}
