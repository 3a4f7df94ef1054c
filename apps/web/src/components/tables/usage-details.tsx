import type { KeyPageData } from "../../lib/api/trpc.ts";
import { Count, Money } from "../ui/values.tsx";

/** Values that OpenRouter does not report for every row, in the order of the API. */
export const DETAILS = [
  "reasoning_tokens",
  "cached_tokens",
  "byok_requests",
  "upstream_cost",
  "cache_saving",
  "data_discount",
  "web_search_cost",
] as const;
type DetailName = (typeof DETAILS)[number];

/** A detail is left out if it was not requested, and `null` if it is unknown. */
type Details = Partial<Pick<KeyPageData["details"], DetailName>>;

/** The details that are known, so that unknown ones are not shown as columns of dashes. */
export const knownDetails = (sums: Details): DetailName[] => DETAILS.filter((name) => sums[name] != null);

/** The value of a detail: a count or an amount. */
export function Detail({ name, of }: { name: DetailName; of: Details }) {
  const value = of[name] ?? null;
  return typeof value === "number" ? <Count value={value} /> : <Money value={value} />;
}
