import type { Account } from "../ledger/types.ts";
import { type Answer, json } from "../server/answers.ts";
import { type Context, requireManagementKey } from "../server/context.ts";
import { DIMENSIONS, GRANULARITIES, METRICS, type Metric, OPERATORS } from "./metrics.ts";
import { parseAnalyticsRequest } from "./request.ts";
import { runAnalytics } from "./rows.ts";

function requireAccount(context: Context): Account {
  return requireManagementKey(context, 403, "Only management keys can perform this operation");
}

const FORMATS: Record<Metric["kind"], string> = {
  count: "number",
  money: "currency",
  latency: "latency",
  throughput: "throughput",
};

/** GET /analytics/meta */
export function getAnalyticsMeta(context: Context): Answer {
  requireAccount(context);
  const listed = METRICS.filter(({ name }) => !context.options.unlistedMetrics.includes(name));
  const metrics = listed.map((metric) => ({
    name: metric.name,
    display_label: metric.label,
    is_rate: false,
    display_format: FORMATS[metric.kind],
  }));
  const dimensions: { name: string; display_label: string }[] = DIMENSIONS.filter(
    ({ name }) => !context.options.missingDimensions.includes(name),
  ).map(({ name, label }) => ({ name, display_label: label }));
  if (context.options.unknownFields) {
    metrics.push({ name: "carbon_grams", display_label: "Carbon", is_rate: false, display_format: "mass" });
    dimensions.push({ name: "planet", display_label: "Planet" });
  }
  const granularities = GRANULARITIES.map((name) => ({ name, display_label: name[0]!.toUpperCase() + name.slice(1) }));
  return json({ data: { metrics, dimensions, operators: OPERATORS, granularities } });
}

/** POST /analytics/query */
export function queryAnalytics(context: Context): Answer {
  const account = requireAccount(context);
  const nowMs = context.clock.nowMs();
  const cacheId = `${account.id}\n${context.body}`;
  const cached = context.state.cachedQueries.get(cacheId);
  if (cached && nowMs >= cached.atMs && nowMs - cached.atMs < context.options.analyticsCacheMs) {
    return json({ data: { ...cached.data, cachedAt: cached.atMs } });
  }
  const request = parseAnalyticsRequest(context);
  const { ignoredMetrics } = context.options;
  const ignored = request.metrics.flatMap(({ name }) => (ignoredMetrics.includes(name) ? [name] : []));
  const metrics = request.metrics.filter(({ name }) => !ignored.includes(name));
  const result = runAnalytics(context, account, { ...request, metrics });
  const data = {
    data: result.rows,
    metadata: {
      query_time_ms: Math.round(5 + context.random() * 75),
      row_count: result.rows.length,
      truncated: result.truncated,
    },
    ...warningsFor(context, { ignored, unresolved: result.unresolved }),
  };
  if (context.options.analyticsCacheMs > 0) context.state.cachedQueries.set(cacheId, { atMs: nowMs, data });
  return json({ data });
}

function warningsFor(
  context: Context,
  { ignored, unresolved }: { ignored: readonly string[]; unresolved: readonly string[] },
): { warnings?: string[] } {
  const list = [...ignored.map((name) => `Ignored metric: ${name}`), ...unresolvedWarnings(context, unresolved)];
  return list.length === 0 ? {} : { warnings: list };
}

function unresolvedWarnings(context: Context, unresolved: readonly string[]): string[] {
  if (unresolved.length === 0) return [];
  const turn = context.state.unresolvedQueries++;
  const { warnings } = context.options;
  if (warnings === "never" || (warnings === "alternate" && turn % 2 === 1)) return [];
  return unresolved.map((value) => `Could not resolve api_key_id filter value: ${value}`);
}
