/** Details of a usage row beyond cost, requests and tokens. `null` if not known. Amounts are nano-dollars. */
export interface UsageDetails {
  reasoningTokens: number | null;
  cachedTokens: number | null;
  byokRequests: number | null;
  /** Amount charged by the provider. Amounts have the sign reported by OpenRouter. */
  upstreamCost: bigint | null;
  cacheSaving: bigint | null;
  dataDiscount: bigint | null;
  webSearchCost: bigint | null;
}
export type DetailName = keyof UsageDetails;

interface DetailSource {
  kind: "count" | "money";
  /** Name of the metric of analytics. */
  metric: string;
  /** Column of `/activity`, if there is one. */
  activity: string | null;
}

export const DETAIL_SOURCES: Record<DetailName, DetailSource> = {
  reasoningTokens: { kind: "count", metric: "reasoning_tokens", activity: "reasoning_tokens" },
  cachedTokens: { kind: "count", metric: "cached_tokens", activity: "cached_tokens" },
  byokRequests: { kind: "count", metric: "byok_request_count", activity: "byok_requests" },
  upstreamCost: { kind: "money", metric: "usage_upstream", activity: null },
  cacheSaving: { kind: "money", metric: "usage_cache", activity: null },
  dataDiscount: { kind: "money", metric: "usage_data", activity: null },
  webSearchCost: { kind: "money", metric: "usage_web", activity: null },
};
export const DETAIL_NAMES = Object.keys(DETAIL_SOURCES) as DetailName[];

/** Metrics that are only requested if OpenRouter lists them, because an unknown metric fails the whole query. */
export const OPTIONAL_METRICS = DETAIL_NAMES.map((name) => DETAIL_SOURCES[name].metric);

export const NO_DETAILS: UsageDetails = Object.freeze({
  reasoningTokens: null,
  cachedTokens: null,
  byokRequests: null,
  upstreamCost: null,
  cacheSaving: null,
  dataDiscount: null,
  webSearchCost: null,
});

const plus = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b);
const plusNanos = (a: bigint | null, b: bigint | null) => (a === null || b === null ? null : a + b);

/** Details of two rows combined into one: not known unless known for both. */
export const addDetails = (a: UsageDetails, b: UsageDetails): UsageDetails =>
  a === NO_DETAILS || b === NO_DETAILS
    ? NO_DETAILS
    : {
        reasoningTokens: plus(a.reasoningTokens, b.reasoningTokens),
        cachedTokens: plus(a.cachedTokens, b.cachedTokens),
        byokRequests: plus(a.byokRequests, b.byokRequests),
        upstreamCost: plusNanos(a.upstreamCost, b.upstreamCost),
        cacheSaving: plusNanos(a.cacheSaving, b.cacheSaving),
        dataDiscount: plusNanos(a.dataDiscount, b.dataDiscount),
        webSearchCost: plusNanos(a.webSearchCost, b.webSearchCost),
      };

const opposite = (count: number | null) => (count === null ? null : 0 - count);
const oppositeNanos = (nanos: bigint | null) => (nanos === null ? null : -nanos);

export const negateDetails = (details: UsageDetails): UsageDetails => ({
  reasoningTokens: opposite(details.reasoningTokens),
  cachedTokens: opposite(details.cachedTokens),
  byokRequests: opposite(details.byokRequests),
  upstreamCost: oppositeNanos(details.upstreamCost),
  cacheSaving: oppositeNanos(details.cacheSaving),
  dataDiscount: oppositeNanos(details.dataDiscount),
  webSearchCost: oppositeNanos(details.webSearchCost),
});

const countOrUnknown = (count: number | null) => (count !== null && count < 0 ? null : count);

/** Negative counts become `null`; amounts may be negative. */
export const withoutNegativeCounts = (details: UsageDetails): UsageDetails => ({
  ...details,
  reasoningTokens: countOrUnknown(details.reasoningTokens),
  cachedTokens: countOrUnknown(details.cachedTokens),
  byokRequests: countOrUnknown(details.byokRequests),
});

export const ZERO_DETAILS: UsageDetails = Object.freeze({
  reasoningTokens: 0,
  cachedTokens: 0,
  byokRequests: 0,
  upstreamCost: 0n,
  cacheSaving: 0n,
  dataDiscount: 0n,
  webSearchCost: 0n,
});

export const areSameDetails = (a: UsageDetails, b: UsageDetails): boolean =>
  a === b ||
  (a.reasoningTokens === b.reasoningTokens &&
    a.cachedTokens === b.cachedTokens &&
    a.byokRequests === b.byokRequests &&
    a.upstreamCost === b.upstreamCost &&
    a.cacheSaving === b.cacheSaving &&
    a.dataDiscount === b.dataDiscount &&
    a.webSearchCost === b.webSearchCost);

/** `details`, with missing values taken from `known`. */
export const fillDetails = (details: UsageDetails, known: UsageDetails): UsageDetails =>
  details === NO_DETAILS
    ? known
    : {
        reasoningTokens: details.reasoningTokens ?? known.reasoningTokens,
        cachedTokens: details.cachedTokens ?? known.cachedTokens,
        byokRequests: details.byokRequests ?? known.byokRequests,
        upstreamCost: details.upstreamCost ?? known.upstreamCost,
        cacheSaving: details.cacheSaving ?? known.cacheSaving,
        dataDiscount: details.dataDiscount ?? known.dataDiscount,
        webSearchCost: details.webSearchCost ?? known.webSearchCost,
      };
