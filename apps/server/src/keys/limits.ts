import { formatNanos } from "@orwatch/domain/money";
import type { App } from "../app.ts";
import type { KeyLimitsOutput } from "./schema.ts";

const SHOWN = 12;

interface Row {
  id: bigint;
  name: string;
  daily: bigint | null;
  own_limit: bigint | null;
  own_left: bigint | null;
  reset: string | null;
  byok: bigint | null;
  credits: bigint | null;
  first: "own" | "credits" | null;
  total: bigint;
}

// Without both of its figures a limit is not known. Credits are all or nothing: what was ever bought measures nothing. Of equals the
// one that is used most today stands first.
const NEAREST = `
WITH known AS (
  SELECT k.id, k.name, k.usage_daily_nanos AS daily, k.limit_reset AS reset, k.include_byok_in_limit AS byok,
    iif(k.limit_remaining_nanos IS NULL, NULL, k.limit_nanos) AS own_limit,
    iif(k.limit_nanos IS NULL, NULL, k.limit_remaining_nanos) AS own_left,
    coalesce(k.credits_total_nanos - k.credits_used_nanos, m.credits_total_nanos - m.credits_used_nanos) AS credits
  FROM api_keys k LEFT JOIN api_keys m ON m.id = k.managed_by_id
  WHERE k.user_id = :userId AND k.is_active AND k.kind = 'inference'
    AND (:ids IS NULL OR k.id IN (SELECT value FROM json_each(:ids)))
), judged AS (
  SELECT *, CASE
    WHEN own_left IS NULL THEN iif(credits IS NULL, NULL, 'credits')
    WHEN credits IS NULL OR own_left <= credits THEN 'own'
    ELSE 'credits' END AS first
  FROM known
)
SELECT *, count(*) OVER () AS total, CASE first
    WHEN 'credits' THEN iif(credits > 0, 1.0, 0.0)
    WHEN 'own' THEN iif(own_limit <= 0, 0.0, min(1.0, max(0.0, own_left * 1.0 / own_limit)))
    ELSE 1.0 END AS share
FROM judged
ORDER BY share, own_left IS NULL, own_left, daily DESC, id DESC
LIMIT ${SHOWN}`;

const money = (nanos: bigint | null) => (nanos === null ? null : formatNanos(nanos));

/** The dozen of the user's keys that are nearest to what stops them, and how many there are. */
export function listLimits(app: App, input: { userId: number; api_key_id?: number[] | undefined }): KeyLimitsOutput {
  const ids = input.api_key_id ? JSON.stringify(input.api_key_id) : null;
  const rows = app.db.reader.prepare(NEAREST).safeIntegers(true).all({ userId: input.userId, ids }) as Row[];
  return {
    items: rows.map((row) => ({
      id: Number(row.id),
      name: row.name,
      usage_daily: money(row.daily),
      limit: money(row.own_limit),
      limit_remaining: money(row.own_left),
      limit_reset: row.reset,
      include_byok_in_limit: row.byok === null ? null : row.byok === 1n,
      credits_remaining: money(row.credits),
      first: row.first,
    })),
    total: Number(rows[0]?.total ?? 0n),
  };
}
