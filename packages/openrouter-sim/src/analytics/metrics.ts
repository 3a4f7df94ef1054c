import type { Amounts } from "../ledger/types.ts";

/** Latency and throughput of the requests of a cell, the same for all of them. */
export interface Sample {
  requests: number;
  latencyMs: number;
  tokensPerSecond: number;
}

/** Percentile of the requests; 0 without requests. */
function percentileOf(samples: readonly Sample[], of: (sample: Sample) => number, share: number): number {
  const sorted = [...samples].sort((a, b) => of(a) - of(b));
  let left = share * sorted.reduce((sum, { requests }) => sum + requests, 0);
  for (const sample of sorted) {
    left -= sample.requests;
    if (left <= 0) return of(sample);
  }
  return 0;
}

const percentile = (kind: "latency" | "throughput", percent: number): Metric => ({
  name: `p${percent}_${kind}`,
  label: `P${percent} ${kind === "latency" ? "Latency" : "Throughput"}`,
  kind,
  short: true,
  of: ({ samples }) =>
    percentileOf(samples, (sample) => (kind === "latency" ? sample.latencyMs : sample.tokensPerSecond), percent / 100),
});

export interface Metric {
  readonly name: string;
  readonly label: string;
  readonly kind: "count" | "money" | "latency" | "throughput";
  /** Available for short ranges only. */
  readonly short?: true;
  readonly of: (group: Amounts & { samples: readonly Sample[] }) => bigint | number;
}

export const METRICS: readonly Metric[] = [
  { name: "request_count", label: "Request Count", kind: "count", of: (a) => a.requests },
  { name: "byok_request_count", label: "BYOK Request Count", kind: "count", of: (a) => a.byokRequests },
  { name: "tokens_total", label: "Total Tokens", kind: "count", of: (a) => a.promptTokens + a.completionTokens },
  { name: "tokens_prompt", label: "Prompt Tokens", kind: "count", of: (a) => a.promptTokens },
  { name: "tokens_completion", label: "Completion Tokens", kind: "count", of: (a) => a.completionTokens },
  { name: "reasoning_tokens", label: "Reasoning Tokens", kind: "count", of: (a) => a.reasoningTokens },
  { name: "cached_tokens", label: "Cached Tokens", kind: "count", of: (a) => a.cachedTokens },
  { name: "total_usage", label: "Total Usage", kind: "money", of: (a) => a.costNanos + a.byokNanos },
  { name: "credits_usage", label: "Credits Usage", kind: "money", of: (a) => a.costNanos },
  { name: "byok_usage", label: "BYOK Usage", kind: "money", of: (a) => a.byokNanos },
  { name: "usage_upstream", label: "Upstream Usage", kind: "money", of: (a) => a.upstreamNanos },
  { name: "usage_cache", label: "Cache Usage", kind: "money", of: (a) => a.cacheNanos },
  { name: "usage_data", label: "Data Usage", kind: "money", of: (a) => a.dataNanos },
  { name: "usage_web", label: "Web Search Usage", kind: "money", of: (a) => a.webNanos },
  { name: "openrouter_usage", label: "OpenRouter Usage", kind: "money", short: true, of: (a) => a.costNanos },
  percentile("latency", 50),
  percentile("latency", 95),
  percentile("throughput", 50),
  percentile("throughput", 95),
];

/** `raw`: only known from generations, which are kept for 31 days. */
export const DIMENSIONS = [
  { name: "model", label: "Model" },
  { name: "api_key_id", label: "API Key" },
  { name: "provider", label: "Provider", raw: true },
  { name: "finish_reason", label: "Finish Reason", raw: true },
  { name: "external_user", label: "External User", raw: true },
  { name: "app", label: "App" },
  { name: "workspace", label: "Workspace" },
  { name: "user", label: "User" },
] as const;

export const isRaw = (name: DimensionName): boolean =>
  DIMENSIONS.some((dimension) => dimension.name === name && "raw" in dimension);

export type DimensionName = (typeof DIMENSIONS)[number]["name"];

export const GRANULARITIES = ["minute", "hour", "day", "week", "month"] as const;

export const OPERATORS = [
  { name: "eq", value_type: "scalar" },
  { name: "neq", value_type: "scalar" },
  { name: "in", value_type: "array" },
  { name: "not_in", value_type: "array" },
  { name: "gt", value_type: "scalar" },
  { name: "gte", value_type: "scalar" },
  { name: "lt", value_type: "scalar" },
  { name: "lte", value_type: "scalar" },
] as const;
