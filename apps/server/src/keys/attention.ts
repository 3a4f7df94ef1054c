import { addDays, toDay } from "@orwatch/domain/day";
import type { App } from "../app.ts";
import type { Attention, AttentionOutput } from "./schema.ts";

/** A key nobody synced for longer may have been used without our knowing. */
const FRESH_MS = 48 * 3_600_000;
const UNUSED_DAYS = 30;

const WATCHED = "k.user_id = :userId AND k.is_active";
/** Keys that spend: a management key cannot. */
const SPENDING = "k.kind = 'inference'";

const CONDITIONS: Record<Attention, string> = {
  // Known since before the 30 days, heard of lately, and nothing in between.
  unused: `${SPENDING} AND unixepoch(k.last_synced_at) >= :fresh
    AND EXISTS (SELECT 1 FROM usage_days d WHERE d.api_key_id = k.id AND d.date <= :before)
    AND NOT EXISTS (SELECT 1 FROM usage_days d WHERE d.api_key_id = k.id AND d.date > :before
      AND (d.cost > 0 OR d.requests > 0 OR d.byok_cost > 0))`,
  no_limit: `${SPENDING} AND k.limit_nanos IS NULL AND k.usage_nanos IS NOT NULL AND k.status = 'valid'`,
  low_limit: `${SPENDING} AND k.limit_nanos IS NOT NULL AND k.limit_remaining_nanos * 5 <= k.limit_nanos`,
  failing: "k.last_sync_error IS NOT NULL",
};

function parametersOf(app: App, userId: number) {
  const now = app.clock.now();
  return {
    userId,
    before: addDays(toDay(now), -UNUSED_DAYS),
    fresh: Math.floor((now.getTime() - FRESH_MS) / 1000),
  };
}

/** Ids of the user's keys to which `show` applies. */
export function listAttention(app: App, input: { userId: number; show: Attention }): number[] {
  const rows = app.db.reader
    .prepare(`SELECT k.id FROM api_keys k WHERE ${WATCHED} AND ${CONDITIONS[input.show]}`)
    .pluck()
    .all(parametersOf(app, input.userId));
  return rows as number[];
}

/** How many keys each list of `listAttention` has, and how many there are to be on one. */
export function countAttention(app: App, input: { userId: number }): AttentionOutput {
  const sums = Object.entries(CONDITIONS).map(([name, sql]) => `total(${sql}) AS ${name}`);
  const row = app.db.reader
    .prepare(`SELECT total(${SPENDING}) AS spending, ${sums.join(", ")} FROM api_keys k WHERE ${WATCHED}`)
    .safeIntegers(false)
    .get(parametersOf(app, input.userId));
  return row as AttentionOutput;
}
