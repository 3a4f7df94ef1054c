import type { App } from "../../app.ts";
import { type AnalyticsMeta, getAnalyticsMeta } from "../../openrouter/breakdown-queries.ts";
import type { Answer, Caller } from "../../openrouter/client.ts";
import { isWithin } from "../../platform/clock.ts";

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
