import type { Measure } from "../../../components/charts/usage-chart/measure.ts";
import type { Metric } from "../search/explore-search.ts";

const COUNT: Measure = { unit: "count", isSum: true };
const MONEY_RATIO: Measure = { unit: "money", isSum: false };
const LATENCY: Measure = { unit: "milliseconds", isSum: false };

export const MEASURES: Record<Metric, Measure> = {
  cost: { unit: "money", isSum: true },
  requests: COUNT,
  tokens: COUNT,
  tokens_input: COUNT,
  tokens_output: COUNT,
  reasoning_tokens: COUNT,
  cached_tokens: COUNT,
  cache_hit_rate: { unit: "percent", isSum: false },
  cost_per_million_tokens: MONEY_RATIO,
  cost_per_request: MONEY_RATIO,
  tokens_per_request: { unit: "number", isSum: false },
  latency_p50_ms: LATENCY,
  latency_p95_ms: LATENCY,
};

/** Where a metric is stored: for everything, in usage rows by day only, or per provider. */
export type Store = "all" | "rows" | "latency";

export const storeOf = (metric: Metric): Store => {
  if (metric === "latency_p50_ms" || metric === "latency_p95_ms") return "latency";
  return metric === "reasoning_tokens" || metric === "cached_tokens" || metric === "cache_hit_rate" ? "rows" : "all";
};

const USUAL: readonly Metric[] = ["requests", "tokens_input", "tokens_output", "cost_per_request", "cost"];
const OF_ROWS: readonly Metric[] = [
  "requests",
  "tokens_input",
  "cached_tokens",
  "cache_hit_rate",
  "reasoning_tokens",
  "cost",
];

/** Metrics that the table shows beside the chosen one: those that are stored with it, the chosen one last. */
export function columnsOf(metric: Metric): Metric[] {
  const store = storeOf(metric);
  const beside =
    store === "latency" ? (["latency_p50_ms", "latency_p95_ms"] as const) : store === "rows" ? OF_ROWS : USUAL;
  return beside.filter((name) => name !== metric);
}
