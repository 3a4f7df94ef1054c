import type { Connection } from "@orwatch/db";
import { addDays, type Day, startOf } from "@orwatch/domain/day";
import type { App } from "../../app.ts";
import { storedInstant } from "../../platform/clock.ts";

/** Credits of an account as OpenRouter reported them from `at` to `lastSeenAt`. Nano-dollars. */
export interface CreditRow {
  at: Date;
  lastSeenAt: Date;
  /** Ever bought; grants are not part of it. */
  total: bigint;
  /** Ever used. */
  used: bigint;
}

interface StoredRow {
  at: string;
  last_seen_at: string;
  total_nanos: bigint;
  used_nanos: bigint;
}

const toRow = (row: StoredRow): CreditRow => ({
  at: new Date(row.at),
  lastSeenAt: new Date(row.last_seen_at),
  total: row.total_nanos,
  used: row.used_nanos,
});

const SELECT = "SELECT at, last_seen_at, total_nanos, used_nanos FROM account_credits WHERE account_id = :id";

/**
 * Records the credits that OpenRouter has reported, inside the caller's transaction: a new row when an amount changed. A response that
 * is older than the last one changes nothing.
 */
export function recordCredits(
  connection: Connection,
  { accountId, at, total, used }: { accountId: number; at: Date; total: bigint; used: bigint },
): void {
  const stored = storedInstant(at);
  const last = connection.prepare(`${SELECT} ORDER BY at DESC LIMIT 1`).safeIntegers(true).get({ id: accountId }) as
    | StoredRow
    | undefined;
  if (last !== undefined && last.last_seen_at >= stored) return;
  if (last !== undefined && last.total_nanos === total && last.used_nanos === used)
    connection
      .prepare("UPDATE account_credits SET last_seen_at = ? WHERE account_id = ? AND at = ?")
      .run(stored, accountId, last.at);
  else
    connection
      .prepare(
        "INSERT INTO account_credits (account_id, at, last_seen_at, total_nanos, used_nanos) VALUES (?, ?, ?, ?, ?)",
      )
      .run(accountId, stored, stored, total, used);
}

/** Rows from the last one before `from` to the end of `through`, oldest first. */
export function readCredits(app: App, input: { accountId: number; from: Day; through: Day }): CreditRow[] {
  const rows = app.db.reader
    .prepare(
      `${SELECT} AND at < :end AND at >= coalesce((SELECT max(at) FROM account_credits WHERE account_id = :id AND at < :start), '') ORDER BY at`,
    )
    .safeIntegers(true)
    .all({
      id: input.accountId,
      start: storedInstant(startOf(input.from)),
      end: storedInstant(startOf(addDays(input.through, 1))),
    }) as StoredRow[];
  return rows.map(toRow);
}

/** How far from midnight credits may have been reported to count as those at midnight. */
const EDGE_MS = 3_600_000;

/** Credits used when a day began. */
interface EdgeReading {
  used: bigint;
  /** How far from midnight they were reported; negative before it, 0 when the same amount was reported before and after it. */
  offsetMs: number;
}

/** What had been used when `day` began; `null` when nothing was reported within an hour of it (pure). */
export function usedAtStart(rows: readonly CreditRow[], day: Day): EdgeReading | null {
  const midnight = startOf(day).getTime();
  let nearest: EdgeReading | null = null;
  for (const { at, lastSeenAt, used } of rows) {
    const offsetMs =
      at.getTime() > midnight
        ? at.getTime() - midnight
        : lastSeenAt.getTime() < midnight
          ? lastSeenAt.getTime() - midnight
          : 0;
    if (Math.abs(offsetMs) > EDGE_MS) continue;
    if (nearest === null || Math.abs(offsetMs) < Math.abs(nearest.offsetMs)) nearest = { used, offsetMs };
  }
  return nearest;
}

/** Days for which every change of credits is kept. */
const KEEP_ALL_DAYS = 31;

/**
 * Removes rows of days before the last 31 but for the first and last of a day, which are what a day began and ended with, and those
 * in which credits were bought.
 * @param input.oldest days before it go altogether; `null`: none do
 * @returns how many rows went
 */
export const thinCredits = (app: App, input: { today: Day; oldest: Day | null }): Promise<number> =>
  app.db.write((connection) => {
    const before = (day: Day) => storedInstant(startOf(day));
    const expired =
      input.oldest === null
        ? 0
        : connection.prepare("DELETE FROM account_credits WHERE last_seen_at < ?").run(before(input.oldest)).changes;
    const thinned = connection.prepare(THIN).run(before(addDays(input.today, -KEEP_ALL_DAYS))).changes;
    return Number(expired) + Number(thinned);
  });

const THIN = `DELETE FROM account_credits WHERE (account_id, at) IN (SELECT account_id, at FROM (
    SELECT account_id, at, total_nanos, lag(total_nanos) OVER (PARTITION BY account_id ORDER BY at) AS total_before,
      row_number() OVER (PARTITION BY account_id, substr(at, 1, 10) ORDER BY at) AS from_first,
      row_number() OVER (PARTITION BY account_id, substr(at, 1, 10) ORDER BY at DESC) AS from_last
    FROM account_credits)
  WHERE at < ? AND from_first > 1 AND from_last > 1 AND total_nanos IS total_before)`;
