import type { Amounts } from "./ledger-types.ts";

export interface Metric {
  readonly name: string;
  readonly label: string;
  readonly kind: "count" | "money";
  /** Answered for short ranges only. */
  readonly short?: true;
  readonly of: (amounts: Amounts) => bigint | number;
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
];

export const DIMENSIONS = [
  { name: "model", label: "Model" },
  { name: "api_key_id", label: "API Key" },
  { name: "provider", label: "Provider" },
  { name: "workspace", label: "Workspace" },
  { name: "user", label: "User" },
] as const;

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
