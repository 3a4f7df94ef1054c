import { addDays, type Day, listDays } from "@orwatch/domain/day";
import { formatNanos } from "@orwatch/domain/money";
import type { App } from "../app.ts";
import { currentDay } from "../platform/clock.ts";
import { periodOf } from "../stats/period.ts";
import { type CreditRow, readCredits, usedAtStart } from "./credits-history.ts";
import type { ReconciliationOutput } from "./schema.ts";
import { getOwnedAccount } from "./service.ts";

type Cause = ReconciliationOutput["items"][number]["residuals"][number]["cause"];

const PARTS = `SELECT s.date, CASE WHEN k.kind = 'residual' THEN k.source WHEN s.model = '(unattributed)' THEN 'counters_only' ELSE 'watched' END AS part,
    sum(s.cost) AS cost
  FROM api_keys k CROSS JOIN usage_stats s ON s.api_key_id = k.id AND s.date BETWEEN :from AND :through
  WHERE k.account_id = :id AND k.kind IS NOT 'management' GROUP BY 1, 2`;

/** Days on which the total of the account is known. */
const ANSWERED = `SELECT d.date FROM api_keys k CROSS JOIN usage_days d ON d.api_key_id = k.id AND d.date BETWEEN :from AND :through
  WHERE k.account_id = :id AND k.kind = 'residual' AND k.source = 'unknown'`;

/** A part of a day says nothing of the whole of it. */
const COUNTED = `SELECT c.date, sum(c.spent) AS spent, min(c.exact) AS exact
  FROM api_keys k CROSS JOIN counter_baselines c ON c.api_key_id = k.id AND c.date BETWEEN :from AND :through
  WHERE k.account_id = :id AND k.kind = 'inference' GROUP BY 1`;

const ORDER: Cause[] = ["not_watched", "deleted", "chatroom", "unknown", "counters_only"];

/**
 * The total of an account beside its keys, day by day, newest first.
 * @throws NOT_FOUND, BAD_REQUEST for a range that is the wrong way round or too long
 */
export function getReconciliation(
  app: App,
  input: { userId: number; id: number; start_date: Day; end_date: Day },
): ReconciliationOutput {
  const account = getOwnedAccount(app, input);
  const period = periodOf(input.start_date, input.end_date);
  const parameters = { id: account.id, from: period.from, through: period.through };
  const read = <Row>(sql: string) => app.db.reader.prepare(sql).safeIntegers(true).all(parameters) as Row[];
  const parts = new Map<Day, Map<string, bigint>>();
  for (const { date, part, cost } of read<{ date: Day; part: string; cost: bigint }>(PARTS)) {
    const day = parts.get(date) ?? new Map<string, bigint>();
    parts.set(date, day.set(part, cost));
  }
  const answered = new Set(read<{ date: Day }>(ANSWERED).map(({ date }) => date));
  const counted = new Map(
    read<{ date: Day; spent: bigint; exact: bigint }>(COUNTED).map((row) => [row.date, row] as const),
  );
  const credits = readCredits(app, { accountId: account.id, from: period.from, through: addDays(period.through, 1) });
  const today = currentDay(app.clock);
  const days = listDays(period.from, period.through).reverse();
  return {
    items: days.map((date) => {
      const of = (part: string) => parts.get(date)?.get(part) ?? 0n;
      const total = ["watched", "not_watched", "deleted", "chatroom", "unknown"].reduce(
        (sum, part) => sum + of(part),
        0n,
      );
      const counters = counted.get(date);
      return {
        date,
        account_total: answered.has(date) ? formatNanos(total) : null,
        watched_total: formatNanos(of("watched")),
        residuals: ORDER.filter((cause) => of(cause) !== 0n).map((cause) => ({
          cause,
          amount: formatNanos(of(cause)),
        })),
        counters_total: counters?.exact === 1n ? formatNanos(counters.spent) : null,
        credits_change: creditsChange(credits, date),
        is_open: date >= today,
      };
    }),
  };
}

/** Credits used on a day; `null` unless they were reported within an hour of both its ends. */
function creditsChange(credits: readonly CreditRow[], day: Day): string | null {
  const [before, after] = [usedAtStart(credits, day), usedAtStart(credits, addDays(day, 1))];
  return before === null || after === null ? null : formatNanos(after.used - before.used);
}
