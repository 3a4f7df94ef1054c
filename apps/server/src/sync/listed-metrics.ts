import type { App } from "../app.ts";
import type { Answer, Caller } from "../openrouter/client.ts";
import { OPTIONAL_METRICS } from "../openrouter/usage-details.ts";
import { isWithin } from "../platform/clock.ts";

/** Which metrics there are is asked again after this, whatever came of it. */
const ASKED_AGAIN_MS = 24 * 3_600_000;

/**
 * Asks analytics with the optional metrics that it lists. A query that OpenRouter rejects because of one of them must not cost the
 * day its usage: it is asked again without any, and so are all others of the account until the list is asked for again.
 */
export async function queryWithMetrics<T>(
  app: Pick<App, "openRouter" | "clock" | "log" | "memory">,
  caller: Caller,
  query: (metrics: readonly string[]) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const metrics = await listMetrics(app, caller);
  const answer = await query(metrics);
  if (answer.ok || answer.status !== 400 || metrics.length === 0) return answer;
  const basic = await query([]);
  const listed = app.memory.sync.metrics.get(caller.lane);
  if (basic.ok && listed) {
    app.memory.sync.metrics.set(caller.lane, { ...listed, names: Promise.resolve([]) });
    app.log.warn("sync.metrics_rejected", { metrics: metrics.join(" ") });
  }
  return basic;
}

/** Those of OPTIONAL_METRICS that the account's analytics lists; none while that is not known. */
function listMetrics(
  app: Pick<App, "openRouter" | "clock" | "log" | "memory">,
  caller: Caller,
): Promise<readonly string[]> {
  const now = app.clock.now();
  const { metrics } = app.memory.sync;
  const known = metrics.get(caller.lane);
  if (known && isWithin(known.askedAt, ASKED_AGAIN_MS, now)) return known.names;
  for (const [lane, { askedAt }] of metrics) if (!isWithin(askedAt, ASKED_AGAIN_MS, now)) metrics.delete(lane);
  const names = askMetrics(app, caller);
  metrics.set(caller.lane, { askedAt: now, names });
  return names;
}

async function askMetrics(app: Pick<App, "openRouter" | "log">, caller: Caller): Promise<readonly string[]> {
  const answer = await app.openRouter.listMetrics(caller);
  if (!answer.ok) {
    app.log.warn("sync.metrics_unknown", { reason: answer.reason, status: answer.status });
    return [];
  }
  return OPTIONAL_METRICS.filter((name) => answer.data.includes(name));
}
