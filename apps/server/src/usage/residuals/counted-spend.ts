import type { Connection } from "@orwatch/db";
import { type Day, daysBetween } from "@orwatch/domain/day";
import { maxNanos, minNanos } from "@orwatch/domain/money";
import type { UsageRow } from "../../openrouter/schema.ts";
import { ZERO_DETAILS } from "../../openrouter/usage-details.ts";
import { UNATTRIBUTED } from "../ledger/ledger.ts";
import {
  type Amounts,
  atLeastNothing,
  groupByModel,
  isNothing,
  isUnnamed,
  type NamedRow,
  subtract,
  sum,
} from "./residual-split.ts";

const MONEY = ["cost", "byokCost"] as const;
type Money = Record<(typeof MONEY)[number], bigint>;

/** Spend of a key that is known from its counters but not included in its rows of analytics. */
export interface CountedSpend {
  keyId: number;
  /** Name of the key at OpenRouter. */
  label: string;
  money: keyof Money;
  /** The spend is of the days from `since` through `date`, distributed in an unknown way. */
  since: Day;
  date: Day;
  amount: bigint;
}

/**
 * The usage by name that belongs to `(unattributed)` of watched keys with that name (pure): it must not be a residual too. An
 * amount of several days is taken from the newest of them first.
 * @returns rows to subtract, never more than a name has beyond the stored rows. Counts are included if all of the cost is known from counters.
 */
export const explainByCounters = (input: Comparison & { counted: readonly CountedSpend[] }): NamedRow[] =>
  match(input).rows;

/** Usage of an account that is compared with its keys. */
interface Comparison {
  days: readonly Day[];
  totals: readonly UsageRow[];
  named: readonly NamedRow[];
  stored: readonly NamedRow[];
}

/**
 * Compares what the counters of keys knew when the keys stopped being watched or were deleted with analytics (pure), for each day of a key by itself.
 * @returns `rows` as `explainByCounters`, for spend that analytics contains in part so far, and `contained`: spend that analytics contains completely
 */
export function matchUnread({
  unread,
  hasKey,
  ...input
}: Comparison & {
  unread: readonly CountedSpend[] /** Whether a known key has a name. */;
  hasKey: (name: string) => boolean;
}): {
  rows: NamedRow[];
  contained: CountedSpend[];
} {
  const rows: NamedRow[] = [];
  const contained: CountedSpend[] = [];
  const accounted = [...input.stored];
  const days = new Map<string, CountedSpend[]>();
  for (const spend of unread) {
    const id = `${spend.keyId} ${spend.date}`;
    days.set(id, [...(days.get(id) ?? []), spend]);
  }
  for (const spends of days.values()) {
    const label = (spends[0] as CountedSpend).label;
    const isMeant = ({ date }: { date: Day }) => spends.some((spend) => spend.since <= date && date <= spend.date);
    const found = match({
      days: input.days.filter((date) => isMeant({ date })),
      totals: input.totals.filter(isMeant),
      // Usage without a name may be that of any key. A key may have got a new name before it was deleted.
      named: input.named
        .filter(isMeant)
        .map((row) => (isUnnamed(row.label) || !hasKey(row.label) ? { ...row, label } : row)),
      stored: accounted.filter(isMeant),
      counted: spends,
    });
    const isContained = found.left.every(({ amount }) => amount === 0n);
    if (isContained) contained.push(...spends);
    for (const row of found.rows) {
      accounted.push(row);
      if (!isContained) rows.push(row);
    }
  }
  return { rows, contained };
}

/** @returns the rows that are explained, and the spends with the amounts that are not */
function match(input: Comparison & { counted: readonly CountedSpend[] }): { rows: NamedRow[]; left: CountedSpend[] } {
  if (input.counted.length === 0) return { rows: [], left: [] };
  const [totals, named, stored] = [input.totals, input.named, input.stored].map(groupByModel);
  const spends = input.counted
    .map((spend) => ({ ...spend }))
    .sort((a, b) => daysBetween(a.since, a.date) - daysBetween(b.since, b.date));
  const rows: NamedRow[] = [];
  for (const date of [...input.days].sort().reverse()) {
    const ofDay = spends.filter((spend) => spend.since <= date && date <= spend.date);
    if (ofDay.length === 0) continue;
    for (const [model, namedRows] of named?.get(date) ?? []) {
      const storedRows = stored?.get(date)?.get(model) ?? [];
      let rest = subtract(sum(totals?.get(date)?.get(model) ?? []), sum(storedRows));
      for (const label of new Set(ofDay.map((spend) => spend.label))) {
        const isOfLabel = (one: { label: string | null }) => one.label === label;
        const left = subtract(sum(namedRows.filter(isOfLabel)), sum(storedRows.filter(isOfLabel)));
        const taken = take(ofDay.filter(isOfLabel), atLeastNothing(left), rest);
        if (isNothing(taken)) continue;
        rest = subtract(rest, taken);
        rows.push({ date, model, label, ...taken });
      }
    }
  }
  return { rows, left: spends };
}

/** Reduces `spends` by as much of `left` as they contain, at most `rest`. */
function take(spends: CountedSpend[], left: Amounts, rest: Amounts): Amounts {
  const money = Object.fromEntries(
    MONEY.map((name) => {
      let amount = 0n;
      for (const spend of spends.filter((one) => one.money === name)) {
        const part = minNanos(spend.amount, minNanos(left[name], maxNanos(rest[name], 0n)) - amount);
        if (part <= 0n) continue;
        spend.amount -= part;
        amount += part;
      }
      return [name, amount];
    }),
  ) as Money;
  return withCountsOf(left, money);
}

/** The part of `amounts` with this money, with the counts if that is all of it: those of a part are not known. */
function withCountsOf(amounts: Amounts, money: Money): Amounts {
  const hasMoney = money.cost > 0n || money.byokCost > 0n;
  if (hasMoney && MONEY.every((name) => money[name] === amounts[name])) return amounts;
  return { ...money, requests: 0, tokensInput: 0, tokensOutput: 0, details: ZERO_DETAILS };
}

/** Usage of a key without what its counters have counted before (pure). */
export function withoutCounted(
  usage: ReadonlyMap<Day, ReadonlyMap<string, Amounts>>,
  counted: readonly CountedSpend[],
): Map<Day, Map<string, Amounts>> {
  const label = "";
  const rows = [...usage].flatMap(([date, models]) =>
    [...models].map(([model, amounts]): NamedRow => ({ ...amounts, date, model, label })),
  );
  const explained = groupByModel(
    explainByCounters({
      days: [...usage.keys()],
      totals: rows,
      named: rows,
      stored: [],
      counted: counted.map((spend) => ({ ...spend, label })),
    }),
  );
  const without = (date: Day) => (row: readonly [string, Amounts]) =>
    [row[0], subtract(row[1], sum(explained.get(date)?.get(row[0]) ?? []))] as const;
  return new Map([...usage].map(([date, models]) => [date, new Map([...models].map(without(date)))]));
}

const amountsOf = (isMeant: string) => (money: keyof Money, column: string, baselines: string) => {
  const select = `SELECT k.id AS keyId, coalesce(k.name_at_openrouter, k.name) AS label, '${money}' AS money, coalesce(b.since, s.date) AS since, s.date,
      s.${column} AS amount
    FROM api_keys k`;
  return `${select} CROSS JOIN usage_stats s ON s.api_key_id = k.id AND s.date BETWEEN :from AND :through
      LEFT JOIN ${baselines} b ON b.api_key_id = k.id AND b.date = s.date
    WHERE ${isMeant} AND s.model = :unattributed AND s.${column} > 0
    UNION ALL ${select} CROSS JOIN ${baselines} b ON b.api_key_id = k.id AND b.date > :through AND b.since <= :through
      CROSS JOIN usage_stats s ON s.api_key_id = k.id AND s.date = b.date AND s.model = :unattributed
    WHERE ${isMeant} AND s.${column} > 0`;
};

const countedOf = (isMeant: string) => {
  const amounts = amountsOf(isMeant);
  return `${amounts("cost", "cost", "counter_baselines")} UNION ALL ${amounts("byokCost", "byok_cost", "byok_counter_baselines")}`;
};
const COUNTED = {
  unreadOf: countedOf(
    "k.account_id = :unreadOf AND k.kind = 'inference' AND (NOT k.is_active OR k.gone_at IS NOT NULL)",
  ),
  accountId: countedOf("k.account_id = :accountId AND k.kind = 'inference' AND k.is_active AND k.gone_at IS NULL"),
  keyId: countedOf("k.id = :keyId"),
};

type Owner = { accountId: number } | { unreadOf: number } | { keyId: number };

/** Spend on days of a range that only the counters know: of a key, or of the keys of an account that are watched (`accountId`) or not (`unreadOf`). */
export function readCountedSpend(
  connection: Connection,
  owner: Owner,
  range: { from: Day; through: Day },
): CountedSpend[] {
  const [of] = Object.keys(owner) as (keyof typeof COUNTED)[];
  const rows = connection
    .prepare(COUNTED[of as keyof typeof COUNTED])
    .safeIntegers(true)
    .all({ ...owner, ...range, unattributed: UNATTRIBUTED }) as (Omit<CountedSpend, "keyId"> & { keyId: bigint })[];
  return rows.map((row) => ({ ...row, keyId: Number(row.keyId) }));
}
