import { addDays, type Day, listDays } from "@orwatch/domain/day";
import { formatNanos } from "@orwatch/domain/money";
import type { App } from "../../app.ts";
import { currentDay } from "../../platform/clock.ts";
import { periodOf } from "../../stats/period.ts";
import { RESIDUAL_KINDS, type ResidualKind } from "../../usage/residuals/residual-split.ts";
import { type CreditRow, readCredits, usedAtStart } from "../credits/credits-history.ts";
import { getOwnedAccount } from "../service.ts";
import {
  type DayFacts,
  explainCounters,
  explainCredits,
  explainResiduals,
  MIRROR_DAYS,
  type Part,
  restOfCredits,
  totalOf,
} from "./explain.ts";
import type { DifferenceCause, ReconciliationOutput } from "./schema.ts";

const PARTS = `SELECT s.date, CASE WHEN k.kind = 'residual' THEN k.source WHEN s.model = '(unattributed)' THEN 'counters_only' ELSE 'watched' END AS part,
    sum(s.cost) AS cost, sum(s.byok_cost) AS byok, coalesce(sum(s.requests_count), 0) AS requests, count(*) AS rows
  FROM api_keys k CROSS JOIN usage_stats s ON s.api_key_id = k.id AND s.date BETWEEN :from AND :through
  WHERE k.account_id = :id AND k.kind IS NOT 'management' GROUP BY 1, 2`;

/** Days on which the total of the account is known. */
const ANSWERED = `SELECT d.date FROM api_keys k CROSS JOIN usage_days d ON d.api_key_id = k.id AND d.date BETWEEN :from AND :through
  WHERE k.account_id = :id AND k.kind = 'residual' AND k.source = 'unknown'`;

/** A part of a day says nothing of the whole of it. */
const COUNTED = `SELECT c.date, sum(c.spent) AS spent, min(c.exact) AS exact
  FROM api_keys k CROSS JOIN counter_baselines c ON c.api_key_id = k.id AND c.date BETWEEN :from AND :through
  WHERE k.account_id = :id AND k.kind = 'inference' GROUP BY 1`;

/** What OpenRouter has taken from earlier days, by the day on which it first did: not confirmed yet, and confirmed. */
const REDUCED = `SELECT date, sum(lost) AS reduced FROM (
    SELECT substr(h.since, 1, 10) AS date, d.cost - h.cost AS lost
    FROM api_keys k CROSS JOIN held_days h ON h.api_key_id = k.id JOIN usage_days d ON d.api_key_id = k.id AND d.date = h.date
    WHERE k.account_id = :id AND k.kind = 'inference'
    UNION ALL
    SELECT substr(at, 1, 10), CAST(message ->> '$.params.amount' AS INTEGER) FROM account_events
    WHERE account_id = :id AND message ->> '$.code' = 'account_usage_reduced')
  WHERE date BETWEEN :from AND :through GROUP BY 1`;

type PartRow = { date: Day; part: string; cost: bigint; byok: bigint; requests: bigint; rows: bigint };

/**
 * The total of an account beside its keys, day by day, newest first.
 * @throws NOT_FOUND, BAD_REQUEST for a range that is the wrong way round or too long
 */
export function getReconciliation(
  app: App,
  input: { teamId: number; id: number; start_date: Day; end_date: Day },
): ReconciliationOutput {
  const account = getOwnedAccount(app, input);
  const period = periodOf(input.start_date, input.end_date);
  // A difference of credits is explained with the days around.
  const [from, through] = [addDays(period.from, -MIRROR_DAYS), addDays(period.through, MIRROR_DAYS)];
  const read = <Row>(sql: string) =>
    app.db.reader.prepare(sql).safeIntegers(true).all({ id: account.id, from, through }) as Row[];
  const parts = new Map<Day, PartRow[]>();
  for (const row of read<PartRow>(PARTS)) parts.set(row.date, [...(parts.get(row.date) ?? []), row]);
  const answered = new Set(read<{ date: Day }>(ANSWERED).map(({ date }) => date));
  const counted = byDate(read<{ date: Day; spent: bigint; exact: bigint }>(COUNTED));
  const reduced = byDate(read<{ date: Day; reduced: bigint }>(REDUCED));
  const credits = readCredits(app, { accountId: account.id, from: addDays(from, -1), through: addDays(through, 1) });
  const today = currentDay(app.clock);
  const days = listDays(from, through).map((date): ReadDay => {
    const isOpen = date >= today;
    const counters = counted.get(date);
    return {
      date,
      facts: factsOf(parts.get(date) ?? [], { isOpen, reduced: reduced.get(date)?.reduced ?? 0n }),
      isAnswered: answered.has(date),
      counters: counters?.exact === 1n ? counters.spent : null,
      change: isOpen ? null : creditsChange(credits, date),
    };
  });
  const rests = new Map(
    days.flatMap(({ date, facts, isAnswered, change }): [Day, bigint][] =>
      isAnswered && change !== null ? [[date, restOfCredits(facts, { change, date, credits })]] : [],
    ),
  );
  return {
    items: days
      .filter(({ date }) => date >= period.from && date <= period.through)
      .reverse()
      .map((day) => toOutput(day, { credits, rests })),
  };
}

interface ReadDay {
  date: Day;
  facts: DayFacts;
  /** Whether the total of the account is known. */
  isAnswered: boolean;
  counters: bigint | null;
  change: bigint | null;
}

const byDate = <Row extends { date: Day }>(rows: Row[]) => new Map(rows.map((row) => [row.date, row]));

function factsOf(rows: PartRow[], { isOpen, reduced }: { isOpen: boolean; reduced: bigint }): DayFacts {
  const of = (part: string) => rows.find((row) => row.part === part);
  return {
    isOpen,
    watched: of("watched")?.cost ?? 0n,
    residuals: new Map(RESIDUAL_KINDS.map((kind): [ResidualKind, bigint] => [kind, of(kind)?.cost ?? 0n])),
    unknownRequests: of("unknown")?.requests ?? 0n,
    countersOnly: of("counters_only")?.cost ?? 0n,
    byok: rows.reduce((sum, { byok }) => sum + byok, 0n),
    reduced,
    rows: rows.reduce((sum, row) => sum + Number(row.rows), 0),
  };
}

function toOutput(
  { date, facts, isAnswered, counters, change }: ReadDay,
  { credits, rests }: { credits: readonly CreditRow[]; rests: ReadonlyMap<Day, bigint> },
): ReconciliationOutput["items"][number] {
  const amounts = <Cause>(list: Part<Cause>[]) =>
    list.map(({ cause, amount }) => ({ cause, amount: formatNanos(amount) }));
  const between = (other: "counters_total" | "credits_change", list: Part<DifferenceCause>[]) =>
    amounts(list).map((part) => ({ between: ["account_total" as const, other], ...part }));
  return {
    date,
    account_total: isAnswered ? formatNanos(totalOf(facts)) : null,
    watched_total: formatNanos(facts.watched),
    residuals: amounts(explainResiduals(facts)),
    counters_total: counters === null ? null : formatNanos(counters),
    credits_change: change === null ? null : formatNanos(change),
    differences: !isAnswered
      ? []
      : [
          ...(counters === null ? [] : between("counters_total", explainCounters(facts, counters))),
          ...(change === null
            ? []
            : between("credits_change", explainCredits(facts, { change, date, credits, rests }))),
        ],
    is_open: facts.isOpen,
  };
}

/** Credits used on a day; `null` unless they were reported within an hour of both its ends. */
function creditsChange(credits: readonly CreditRow[], day: Day): bigint | null {
  const [before, after] = [usedAtStart(credits, day), usedAtStart(credits, addDays(day, 1))];
  return before === null || after === null ? null : after.used - before.used;
}
