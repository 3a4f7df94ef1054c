import type { UsageDetails } from "../../openrouter/usage-details.ts";

export const DETAIL_COUNT_COLUMNS = ["reasoning_tokens", "cached_tokens", "byok_requests"] as const;
export const DETAIL_MONEY_COLUMNS = ["upstream_cost", "cache_saving", "data_discount", "web_search_cost"] as const;
/** Columns of usage_stats, and of all responses with usage rows, that are not known for every row. */
export const DETAIL_COLUMNS = [...DETAIL_COUNT_COLUMNS, ...DETAIL_MONEY_COLUMNS] as const;

/** The detail columns of a row as read from SQLite. */
export type DetailColumns = Record<(typeof DETAIL_COLUMNS)[number], bigint | null>;

type DetailValues = [
  reasoningTokens: number | null,
  cachedTokens: number | null,
  byokRequests: number | null,
  upstreamCost: bigint | null,
  cacheSaving: bigint | null,
  dataDiscount: bigint | null,
  webSearchCost: bigint | null,
];

/** The values of DETAIL_COLUMNS. */
export const toDetailValues = (details: UsageDetails): DetailValues => [
  details.reasoningTokens,
  details.cachedTokens,
  details.byokRequests,
  details.upstreamCost,
  details.cacheSaving,
  details.dataDiscount,
  details.webSearchCost,
];

export const toNumber = (value: bigint | null) => (value === null ? null : Number(value));

export const toDetails = (row: DetailColumns): UsageDetails => ({
  reasoningTokens: toNumber(row.reasoning_tokens),
  cachedTokens: toNumber(row.cached_tokens),
  byokRequests: toNumber(row.byok_requests),
  upstreamCost: row.upstream_cost,
  cacheSaving: row.cache_saving,
  dataDiscount: row.data_discount,
  webSearchCost: row.web_search_cost,
});
