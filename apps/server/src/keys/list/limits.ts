import type { App } from "../../app.ts";
import { usageNow } from "../../platform/clock.ts";
import { formatMoney } from "../../rpc/wire.ts";
import { CURRENT, creditsLeftOf, currentParameters } from "../current.ts";
import type { KeyFilter, KeyLimitsOutput } from "../schema.ts";

const SHOWN = 12;

interface Row {
  id: bigint;
  name: string;
  daily: bigint | null;
  byok_daily: bigint | null;
  has_limit: bigint | null;
  own_limit: bigint | null;
  own_left: bigint | null;
  reset: string | null;
  byok: bigint | null;
  credits: bigint | null;
  free_tier: bigint | null;
  first: "own" | "credits" | null;
  total: bigint;
}

// The remaining limit is unknown if its period has ended since it was read. Credits have no percentage, because purchases over all time are
// no measure. Whether credits run out first is known only if the key's own limit is known. Of equal keys, the one
// with the highest spend today is first.
const NEAREST = `
WITH known AS (
  SELECT k.id, k.name, ${CURRENT.daily} AS daily, ${CURRENT.byokDaily} AS byok_daily, k.limit_reset AS reset,
    k.include_byok_in_limit AS byok, k.has_limit, k.limit_nanos AS own_limit,
    iif(k.limit_nanos IS NULL, NULL, ${CURRENT.limitRemaining}) AS own_left,
    coalesce(${creditsLeftOf("k")}, ${creditsLeftOf("m")}) AS credits,
    coalesce(m.is_free_tier OR m.credits_total_nanos <= 0, k.is_free_tier) AS free_tier
  FROM api_keys k LEFT JOIN api_keys m ON m.id = k.managed_by_id
  WHERE k.team_id = :teamId AND k.is_active AND k.kind = 'inference'
    AND (:only IS NULL OR k.id IN (SELECT value FROM json_each(:only)))
    AND (:without IS NULL OR k.id NOT IN (SELECT value FROM json_each(:without)))
), with_first AS (
  SELECT *, CASE
    WHEN own_left IS NULL THEN iif(credits IS NULL OR has_limit IS NOT 0, NULL, 'credits')
    WHEN credits IS NULL OR own_left <= credits THEN 'own'
    ELSE 'credits' END AS first
  FROM known
)
SELECT *, count(*) OVER () AS total, CASE first
    WHEN 'credits' THEN iif(credits > 0, 1.0, 0.0)
    WHEN 'own' THEN iif(own_limit <= 0, 0.0, min(1.0, max(0.0, own_left * 1.0 / own_limit)))
    ELSE 1.0 END AS share
FROM with_first
ORDER BY share, own_left IS NULL, own_left, daily DESC, id DESC
LIMIT ${SHOWN}`;

const flag = (value: bigint | null) => (value === null ? null : value === 1n);

/** The twelve keys of the team with the lowest remaining budget, and the number of all keys. */
export function listLimits(app: App, input: KeyFilter & { teamId: number }): KeyLimitsOutput {
  const { teamId, api_key_id: only, exclude_api_key_id: without } = input;
  const parameters = {
    ...currentParameters(usageNow(app.clock)),
    teamId,
    only: only ? JSON.stringify(only) : null,
    without: without ? JSON.stringify(without) : null,
  };
  const rows = app.db.reader.prepare(NEAREST).safeIntegers(true).all(parameters) as Row[];
  return {
    items: rows.map((row) => ({
      id: Number(row.id),
      name: row.name,
      usage_daily: formatMoney(row.daily),
      byok_usage_daily: formatMoney(row.byok_daily),
      has_limit: flag(row.has_limit),
      limit: formatMoney(row.own_limit),
      limit_remaining: formatMoney(row.own_left),
      limit_reset: row.reset,
      include_byok_in_limit: flag(row.byok),
      credits_remaining: formatMoney(row.credits),
      is_free_tier: flag(row.free_tier),
      first: row.first,
    })),
    total: Number(rows[0]?.total ?? 0n),
  };
}
