import type { App } from "../../app.ts";
import { type AnalyticsMeta, getAnalyticsMeta } from "../../openrouter/breakdown-queries.ts";
import type { Answer, Caller } from "../../openrouter/requests/request.ts";
import { OPTIONAL_METRICS } from "../../openrouter/usage-details.ts";
import { isWithin } from "../../platform/clock.ts";

/** The list of metrics is requested again after this time, whatever the last result. */
const LISTED_FOR_MS = 24 * 3_600_000;

/**
 * Requests analytics with the optional metrics that OpenRouter lists. If OpenRouter rejects the query because of one of them, or warns
 * of one, it is repeated without any of them, and the account does without them until the list is requested again.
 */
export async function queryWithMetrics<T extends { warnings: string[] }>(
  app: Pick<App, "openRouter" | "clock" | "log" | "memory">,
  caller: Caller,
  query: (metrics: readonly string[]) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const metrics = await listMetrics(app, caller);
  const answer = await query(metrics);
  const isRejected = answer.ok ? warnsOf(answer.data.warnings, metrics) : answer.status === 400;
  if (!isRejected || metrics.length === 0) return answer;
  const basic = await query([]);
  const listed = app.memory.sync.metrics.get(caller.lane);
  if (basic.ok && listed) {
    app.memory.sync.metrics.set(caller.lane, { ...listed, names: Promise.resolve([]) });
    app.log.warn("sync.metrics_rejected", { metrics: metrics.join(" ") });
  }
  return basic;
}

const warnsOf = (warnings: string[], metrics: readonly string[]): boolean =>
  warnings.some((warning) => metrics.some((metric) => warning.includes(metric)));

/** Those of OPTIONAL_METRICS that OpenRouter lists for the account; none if the list is not known. */
function listMetrics(
  app: Pick<App, "openRouter" | "clock" | "log" | "memory">,
  caller: Caller,
): Promise<readonly string[]> {
  const now = app.clock.now();
  const { metrics } = app.memory.sync;
  const known = metrics.get(caller.lane);
  if (known && isWithin(known.askedAt, LISTED_FOR_MS, now)) return known.names;
  for (const [lane, { askedAt }] of metrics) if (!isWithin(askedAt, LISTED_FOR_MS, now)) metrics.delete(lane);
  const names = askMetrics(app, caller);
  metrics.set(caller.lane, { askedAt: now, names });
  return names;
}

async function askMetrics(
  app: Pick<App, "openRouter" | "clock" | "log" | "memory">,
  caller: Caller,
): Promise<readonly string[]> {
  const answer = await listAnalytics(app, caller);
  if (!answer.ok) {
    app.log.warn("sync.metrics_unknown", { reason: answer.reason, status: answer.status });
    return [];
  }
  return OPTIONAL_METRICS.filter((name) => answer.data.metrics.has(name));
}

const FRESH_MS = 24 * 3_600_000;

type Listed = { ok: true; data: AnalyticsMeta } | Extract<Answer<never>, { ok: false }>;

/** Metrics, dimensions and granularities that queries may use. They are requested at most once a day, unless the request fails. */
export async function listAnalytics(
  { openRouter, clock, memory }: Pick<App, "openRouter" | "clock" | "memory">,
  caller: Caller,
): Promise<Listed> {
  const now = clock.now();
  const known = memory.sync.analytics.get(caller.lane);
  if (known && isWithin(known.at, FRESH_MS, now)) return { ok: true, data: known.meta };
  const answer = await getAnalyticsMeta(openRouter, caller);
  if (answer.ok) memory.sync.analytics.set(caller.lane, { meta: answer.data, at: now });
  return answer;
}
