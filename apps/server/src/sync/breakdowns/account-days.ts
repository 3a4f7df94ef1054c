import { addDays, type Day, maxDay, minDay, toDay } from "@orwatch/domain/day";
import type { App } from "../../app.ts";
import { type AccountDimension, DIMENSION_IDS } from "../../usage/breakdowns/dimensions.ts";
import { HISTORY_DAYS, type Window } from "../analytics/plan.ts";
import { isTime } from "./due.ts";

/** Days per request and transaction. */
const CHUNK_DAYS = 31;

interface Progress {
  asked_at: string | null;
  has_problem: number;
}

/**
 * Completed days of an account whose breakdown is due, as windows, newest first: days whose total is known and differs from the total
 * that the breakdown was compared with. The first request covers a year.
 */
export function listDueWindows(
  app: App,
  input: { accountId: number; dimension: AccountDimension; oldest: Day | null; now: Date; spread: string },
): Window[] {
  const { accountId, now, spread } = input;
  const dimension = DIMENSION_IDS[input.dimension];
  const read = (sql: string) => app.db.reader.prepare(sql).safeIntegers(false);
  const progress = read(PROGRESS).get({ accountId, dimension }) as Progress | undefined;
  const askedAt = progress?.asked_at ? new Date(progress.asked_at) : null;
  if (!isTime({ askedAt, hasProblem: progress?.has_problem === 1 }, { now, spread })) return [];
  const today = toDay(now);
  const isFirst = askedAt === null || progress?.has_problem === 1;
  const reach = addDays(today, isFirst ? 1 - HISTORY_DAYS : -CHUNK_DAYS);
  const from = input.oldest === null ? reach : maxDay(reach, input.oldest);
  const through = addDays(today, -1);
  const due = read(DUE).pluck().all({ accountId, dimension, from, through }) as Day[];
  const windows: Window[] = [];
  for (const day of due.toReversed()) {
    const open = windows.at(-1);
    if (open && day > addDays(open.through, -CHUNK_DAYS)) open.from = minDay(open.from, day);
    else windows.push({ from: day, through: day });
  }
  return windows;
}

const PROGRESS = `SELECT p.asked_at, p.problem IS NOT NULL AS has_problem FROM breakdown_owners o
  JOIN breakdown_progress p ON p.owner_id = o.id AND p.dimension = :dimension WHERE o.account_id = :accountId`;

const DUE = `WITH known AS (
    SELECT d.date FROM api_keys r JOIN usage_days d ON d.api_key_id = r.id AND d.date BETWEEN :from AND :through
    WHERE r.account_id = :accountId AND r.kind = 'residual' AND r.source = 'unknown' AND r.year_resynced_on IS NOT NULL),
  totals AS (
    SELECT u.date, sum(u.cost) AS cost, sum(u.byok_cost) AS byok_cost, sum(coalesce(u.requests, 0)) AS requests,
      sum(coalesce(u.tokens_input, 0)) AS tokens_input, sum(coalesce(u.tokens_output, 0)) AS tokens_output
    FROM api_keys k CROSS JOIN usage_days u ON u.api_key_id = k.id AND u.date BETWEEN :from AND :through
    WHERE k.account_id = :accountId AND k.kind IN ('inference', 'residual') GROUP BY u.date)
  SELECT t.date FROM totals t JOIN known ON known.date = t.date
  LEFT JOIN breakdown_owners o ON o.account_id = :accountId
  LEFT JOIN breakdown_days c ON c.owner_id = o.id AND c.dimension = :dimension AND c.day = unixepoch(t.date) / 86400
  WHERE (t.cost <> 0 OR t.byok_cost <> 0 OR t.requests > 0) AND (c.day IS NULL OR c.cost <> t.cost OR c.byok_cost <> t.byok_cost
    OR c.requests <> t.requests OR c.tokens_input <> t.tokens_input OR c.tokens_output <> t.tokens_output)
  ORDER BY t.date`;
