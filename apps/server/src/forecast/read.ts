import { addDays, type Day, firstOfMonth, minDay } from "@orwatch/domain/day";
import type { App } from "../app.ts";
import { PACE_DAYS } from "./pace.ts";

/** What a forecast needs of a key. Amounts in nano-dollars; `null` is unknown. */
export interface KeyRow {
  id: number;
  name: string;
  kind: string | null;
  isActive: boolean;
  account: string | null;
  managedBy: number | null;
  limit: bigint | null;
  remaining: bigint | null;
  reset: string | null;
  includesByok: boolean;
  creditsTotal: bigint | null;
  creditsUsed: bigint | null;
  validatedAt: Date | null;
}

export function readKeys(app: App, userId: number): KeyRow[] {
  const rows = app.db.reader
    .prepare<[number]>(
      `SELECT id, name, kind, is_active, account, managed_by_id, limit_nanos, limit_remaining_nanos, limit_reset,
         include_byok_in_limit, credits_total_nanos, credits_used_nanos, last_validated_at
       FROM api_keys WHERE user_id = ? ORDER BY id`,
    )
    .safeIntegers(true)
    .all(userId) as {
    id: bigint;
    name: string;
    kind: string | null;
    is_active: bigint;
    account: string | null;
    managed_by_id: bigint | null;
    limit_nanos: bigint | null;
    limit_remaining_nanos: bigint | null;
    limit_reset: string | null;
    include_byok_in_limit: bigint | null;
    credits_total_nanos: bigint | null;
    credits_used_nanos: bigint | null;
    last_validated_at: string | null;
  }[];
  return rows.map((row) => ({
    id: Number(row.id),
    name: row.name,
    kind: row.kind,
    isActive: row.is_active !== 0n,
    account: row.account,
    managedBy: row.managed_by_id === null ? null : Number(row.managed_by_id),
    limit: row.limit_nanos,
    remaining: row.limit_remaining_nanos,
    reset: row.limit_reset,
    includesByok: row.include_byok_in_limit === 1n,
    creditsTotal: row.credits_total_nanos,
    creditsUsed: row.credits_used_nanos,
    validatedAt: row.last_validated_at === null ? null : new Date(row.last_validated_at),
  }));
}

export interface DayRow {
  cost: bigint;
  byokCost: bigint;
}

/** Known days of each key: the month under way and what a pace is taken from. */
export function readDays(app: App, { userId, today }: { userId: number; today: Day }): Map<number, Map<Day, DayRow>> {
  const from = minDay(firstOfMonth(today), addDays(today, -PACE_DAYS));
  const rows = app.db.reader
    .prepare<[number, Day, Day]>(
      `SELECT d.api_key_id AS id, d.date, d.cost, d.byok_cost FROM api_keys k JOIN usage_days d ON d.api_key_id = k.id
       WHERE k.user_id = ? AND d.date BETWEEN ? AND ?`,
    )
    .safeIntegers(true)
    .all(userId, from, today) as { id: bigint; date: Day; cost: bigint; byok_cost: bigint }[];
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

/** Cost by day over some keys; a day that none of them knows is absent. */
export function addUp(
  days: Map<number, Map<Day, DayRow>>,
  keys: readonly Pick<KeyRow, "id">[],
  costOf: (day: DayRow) => bigint = ({ cost }) => cost,
): Map<Day, bigint> {
  const sums = new Map<Day, bigint>();
  for (const { id } of keys)
    for (const [date, day] of days.get(id) ?? []) sums.set(date, (sums.get(date) ?? 0n) + costOf(day));
  return sums;
}
