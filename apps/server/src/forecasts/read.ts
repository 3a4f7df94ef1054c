import { addDays, type Day, firstOfMonth, minDay } from "@orwatch/domain/day";
import type { App } from "../app.ts";
import { CURRENT, creditsLeftOf, currentParameters } from "../keys/current.ts";
import { usageNow } from "../platform/clock.ts";
import { PACE_DAYS } from "./pace.ts";

/** Data of a key for forecasts. Amounts in nano-dollars; `null` is unknown. */
export interface KeyRow {
  id: number;
  name: string;
  /** `residual`: usage of an account that belongs to no key. */
  kind: string | null;
  accountId: number | null;
  isActive: boolean;
  account: string | null;
  managedBy: number | null;
  limit: bigint | null;
  /** Remaining amount in the limit's current period. */
  remaining: bigint | null;
  reset: string | null;
  includesByok: boolean;
  /** Whether OpenRouter has reported the credits of the account. */
  hasCredits: boolean;
  /** `null` also if the account never purchased credits: grants are unknown. */
  creditsLeft: bigint | null;
}

export function readKeys(app: App, teamId: number): KeyRow[] {
  const rows = app.db.reader
    .prepare(
      `SELECT k.id, k.name, k.kind, k.account_id, k.is_active, k.account, k.managed_by_id, k.limit_nanos,
         ${CURRENT.limitRemaining} AS limit_remaining_nanos, k.limit_reset, k.include_byok_in_limit,
         k.credits_total_nanos IS NOT NULL AS has_credits, ${creditsLeftOf("k")} AS credits_left
       FROM api_keys k WHERE k.team_id = :teamId ORDER BY k.id`,
    )
    .safeIntegers(true)
    .all({ ...currentParameters(usageNow(app.clock)), teamId }) as {
    id: bigint;
    name: string;
    kind: string | null;
    account_id: bigint | null;
    is_active: bigint;
    account: string | null;
    managed_by_id: bigint | null;
    limit_nanos: bigint | null;
    limit_remaining_nanos: bigint | null;
    limit_reset: string | null;
    include_byok_in_limit: bigint | null;
    has_credits: bigint;
    credits_left: bigint | null;
  }[];
  return rows.map((row) => ({
    id: Number(row.id),
    name: row.name,
    kind: row.kind,
    accountId: row.account_id === null ? null : Number(row.account_id),
    isActive: row.is_active !== 0n,
    account: row.account,
    managedBy: row.managed_by_id === null ? null : Number(row.managed_by_id),
    limit: row.limit_nanos,
    remaining: row.limit_remaining_nanos,
    reset: row.limit_reset,
    includesByok: row.include_byok_in_limit === 1n,
    hasCredits: row.has_credits !== 0n,
    creditsLeft: row.credits_left,
  }));
}

export interface DayRow {
  cost: bigint;
  /** `null` if unknown. */
  byokCost: bigint | null;
}

/** Known days of each key: the current month and the days on which the pace is based. */
export function readDays(app: App, { teamId, today }: { teamId: number; today: Day }): Map<number, Map<Day, DayRow>> {
  const rows = app.db.reader
    .prepare<[number, Day, Day]>(
      `SELECT d.api_key_id AS id, d.date, d.cost, iif(d.byok_known, d.byok_cost, NULL) AS byok_cost FROM api_keys k JOIN usage_days d ON d.api_key_id = k.id
       WHERE k.team_id = ? AND d.date BETWEEN ? AND ?`,
    )
    .safeIntegers(true)
    .all(teamId, firstDayOf(today), today) as { id: bigint; date: Day; cost: bigint; byok_cost: bigint | null }[];
  const days = new Map<number, Map<Day, DayRow>>();
  for (const row of rows) {
    const id = Number(row.id);
    let ofKey = days.get(id);
    if (!ofKey) {
      ofKey = new Map();
      days.set(id, ofKey);
    }
    ofKey.set(row.date, { cost: row.cost, byokCost: row.byok_cost });
  }
  return days;
}

const firstDayOf = (today: Day): Day => minDay(firstOfMonth(today), addDays(today, -PACE_DAYS));

/** Cost by day over some keys of the same days. */
export function sumDays(
  app: App,
  { keys, today }: { keys: readonly Pick<KeyRow, "id">[]; today: Day },
): Map<Day, bigint> {
  const rows = app.db.reader
    .prepare<[string, Day, Day]>(
      `SELECT date, sum(cost) FROM usage_days
       WHERE api_key_id IN (SELECT value FROM json_each(?)) AND date BETWEEN ? AND ? GROUP BY date`,
    )
    .safeIntegers(true)
    .raw(true)
    .all(JSON.stringify(keys.map(({ id }) => id)), firstDayOf(today), today) as [date: Day, cost: bigint][];
  return new Map(rows);
}

/** Cost by day over some keys. Days that are unknown for all of them, or for which `costOf` returns `null`, are absent. */
export function addUp(
  days: Map<number, Map<Day, DayRow>>,
  keys: readonly Pick<KeyRow, "id">[],
  costOf: (day: DayRow) => bigint | null = ({ cost }) => cost,
): Map<Day, bigint> {
  const sums = new Map<Day, bigint>();
  for (const { id } of keys)
    for (const [date, day] of days.get(id) ?? []) {
      const cost = costOf(day);
      if (cost !== null) sums.set(date, (sums.get(date) ?? 0n) + cost);
    }
  return sums;
}
