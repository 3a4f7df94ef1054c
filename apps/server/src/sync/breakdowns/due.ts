import { type Day, daysBetween, toDay } from "@orwatch/domain/day";
import type { App } from "../../app.ts";
import { DIMENSION_IDS, type KeyDimension } from "../../usage/breakdowns/dimensions.ts";
import type { Window } from "../analytics/plan.ts";

/** Last request for a breakdown. `askedAt` is `null` before the first one. */
interface Asked {
  askedAt: Date | null;
  hasProblem: boolean;
}

const RETRY_MS = 3_600_000;
const DAY_MINUTES = 1440;

/**
 * Whether a breakdown is due (pure): immediately the first time, then once a day at a minute that depends on the key, which spreads
 * the requests, and an hour after a failure.
 * @param input.spread hex digits that determine the minute
 */
export function isTime({ askedAt, hasProblem }: Asked, { now, spread }: { now: Date; spread: string }): boolean {
  if (askedAt === null || askedAt > now) return true;
  if (hasProblem) return now.getTime() - askedAt.getTime() >= RETRY_MS;
  const days = daysBetween(toDay(askedAt), toDay(now));
  const slot = Number.parseInt(spread.slice(0, 6), 16) % DAY_MINUTES;
  return days > 1 || (days === 1 && Math.floor((now.getTime() % 86_400_000) / 60_000) >= slot);
}

/** A key and the days to request. */
export interface DueKey extends Window {
  id: number;
  hash: string;
  /** Name at OpenRouter. `null` if unknown. */
  name: string | null;
  /** When its usage was read. */
  syncedAt: Date | null;
}

interface Row {
  id: number;
  hash: string;
  name: string | null;
  last_synced_at: string | null;
  asked_at: string | null;
  has_problem: number;
  changed_from: Day | null;
  changed_through: Day | null;
  partial_from: Day | null;
  partial_through: Day | null;
}

const CHANGED = `(c.day IS NULL OR c.cost <> u.cost OR c.byok_cost <> u.byok_cost OR c.requests <> coalesce(u.requests, 0)
  OR c.tokens_input <> coalesce(u.tokens_input, 0) OR c.tokens_output <> coalesce(u.tokens_output, 0))`;

/** Days with usage whose breakdown is missing or was compared with other usage, and recent days with an incomplete breakdown. */
const DUE = `SELECT k.id, k.key_hash AS hash, k.name_at_openrouter AS name, k.last_synced_at, p.asked_at, p.problem IS NOT NULL AS has_problem,
    min(u.date) FILTER (WHERE ${CHANGED}) AS changed_from, max(u.date) FILTER (WHERE ${CHANGED}) AS changed_through,
    min(u.date) FILTER (WHERE c.is_whole = 0 AND u.date >= :partialFrom AND u.date < :today) AS partial_from,
    max(u.date) FILTER (WHERE c.is_whole = 0 AND u.date >= :partialFrom AND u.date < :today) AS partial_through
  FROM api_keys k CROSS JOIN usage_days u ON u.api_key_id = k.id AND u.date BETWEEN :from AND :through
    AND u.attributed AND (u.cost <> 0 OR u.byok_cost <> 0 OR u.requests > 0)
  LEFT JOIN breakdown_owners o ON o.api_key_id = k.id
  LEFT JOIN breakdown_progress p ON p.owner_id = o.id AND p.dimension = :dimension
  LEFT JOIN breakdown_days c ON c.owner_id = o.id AND c.dimension = :dimension AND c.day = unixepoch(u.date) / 86400
  WHERE k.account_id = :accountId AND k.kind = 'inference' AND k.is_active AND k.gone_at IS NULL AND k.year_resynced_on IS NOT NULL
  GROUP BY k.id ORDER BY k.usage_monthly_nanos DESC, k.id`;

/** Keys of an account whose breakdown is due: their usage has changed, and their history was read. */
export function listDueKeys(
  app: App,
  input: { accountId: number; dimension: KeyDimension; window: Window; partialFrom: Day; now: Date },
): DueKey[] {
  const { dimension, now } = input;
  const rows = app.db.reader
    .prepare(DUE)
    .safeIntegers(false)
    .all({
      accountId: input.accountId,
      dimension: DIMENSION_IDS[dimension],
      from: input.window.from,
      through: input.window.through,
      partialFrom: input.partialFrom,
      today: toDay(now),
    }) as Row[];
  return rows.flatMap((row) => {
    const askedAt = row.asked_at === null ? null : new Date(row.asked_at);
    const isDaily = isTime({ askedAt, hasProblem: row.has_problem !== 0 }, { now, spread: row.hash });
    // Hours are requested after each sync, incomplete days once a day.
    const syncedAt = row.last_synced_at === null ? null : new Date(row.last_synced_at);
    const isSynced = dimension === "hour" && askedAt !== null && syncedAt !== null && askedAt < syncedAt;
    const days = [
      ...(isDaily || isSynced ? [row.changed_from, row.changed_through] : []),
      ...(isDaily ? [row.partial_from, row.partial_through] : []),
    ].filter((day) => day !== null);
    const [from] = days.toSorted();
    const through = days.toSorted().at(-1);
    if (from === undefined || through === undefined) return [];
    return [{ id: row.id, hash: row.hash, name: row.name, syncedAt, from, through }];
  });
}
