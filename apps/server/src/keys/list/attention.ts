import { addDays, toDay } from "@orwatch/domain/day";
import type { App } from "../../app.ts";
import { usageNow } from "../../platform/clock.ts";
import { CURRENT, currentParameters } from "../current.ts";
import type { Attention, AttentionOutput, KeyFilter } from "../schema.ts";

/** A key that was not synced for longer may have unknown usage. */
const FRESH_MS = 48 * 3_600_000;
const UNUSED_DAYS = 30;

const WATCHED = `k.team_id = :teamId AND k.is_active
  AND (:only IS NULL OR k.id IN (SELECT value FROM json_each(:only)))
  AND (:without IS NULL OR k.id NOT IN (SELECT value FROM json_each(:without)))`;
/** Only inference keys can spend. */
const SPENDING = "k.kind = 'inference'";

const CONDITIONS: Record<Attention, string> = {
  // Known for more than 30 days, synced recently, and without usage since.
  unused: `${SPENDING} AND unixepoch(k.last_synced_at) >= :fresh
    AND EXISTS (SELECT 1 FROM usage_days d WHERE d.api_key_id = k.id AND d.date <= :before)
    AND NOT EXISTS (SELECT 1 FROM usage_days d WHERE d.api_key_id = k.id AND d.date > :before
      AND (d.cost > 0 OR d.requests > 0 OR d.byok_cost > 0 OR NOT d.byok_known))`,
  no_limit: `${SPENDING} AND k.has_limit = 0 AND k.status = 'valid'`,
  low_limit: `${SPENDING} AND (${CURRENT.limitRemaining}) * 5 <= k.limit_nanos`,
  failing: "k.last_sync_error IS NOT NULL",
};

function parametersOf(
  app: App,
  { teamId, api_key_id: only, exclude_api_key_id: without }: KeyFilter & { teamId: number },
) {
  const now = app.clock.now();
  return {
    ...currentParameters(usageNow(app.clock)),
    teamId,
    only: only ? JSON.stringify(only) : null,
    without: without ? JSON.stringify(without) : null,
    before: addDays(toDay(now), -UNUSED_DAYS),
    fresh: Math.floor((now.getTime() - FRESH_MS) / 1000),
  };
}

/** IDs of the team's keys that match `show`. */
export function listAttention(app: App, input: KeyFilter & { teamId: number; show: Attention }): number[] {
  const rows = app.db.reader
    .prepare(`SELECT k.id FROM api_keys k WHERE ${WATCHED} AND ${CONDITIONS[input.show]}`)
    .pluck()
    .all(parametersOf(app, input));
  return rows as number[];
}

/** Number of keys in each list of `listAttention`, and of all keys that can be in one. */
export function countAttention(app: App, input: KeyFilter & { teamId: number }): AttentionOutput {
  const sums = Object.entries(CONDITIONS).map(([name, sql]) => `total(${sql}) AS ${name}`);
  const row = app.db.reader
    .prepare(`SELECT total(${SPENDING}) AS spending, ${sums.join(", ")} FROM api_keys k WHERE ${WATCHED}`)
    .safeIntegers(false)
    .get(parametersOf(app, input));
  return row as AttentionOutput;
}
