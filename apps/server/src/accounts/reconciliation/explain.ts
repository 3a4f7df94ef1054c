import { addDays, type Day, startOf } from "@orwatch/domain/day";
import { minNanos } from "@orwatch/domain/money";
import type { ResidualKind } from "../../usage/residuals/residual-split.ts";
import { type CreditRow, usedAtStart } from "../credits/credits-history.ts";
import { DIFFERENCE_CAUSES, type DifferenceCause, RESIDUAL_CAUSES, type ResidualCause } from "./schema.ts";

export type Part<Cause> = { cause: Cause; amount: bigint };

/** What is known of a day of an account. Nano-dollars. */
export interface DayFacts {
  isOpen: boolean;
  /** Of its keys, without what only counters know. */
  watched: bigint;
  residuals: ReadonlyMap<ResidualKind, bigint>;
  /** Requests among the usage that nothing attributes. */
  unknownRequests: bigint;
  countersOnly: bigint;
  /** Spend on the owner's own provider keys. */
  byok: bigint;
  /** What OpenRouter took from earlier days on this day. */
  reduced: bigint;
  /** Rows that the total is the sum of: each is rounded. */
  rows: number;
}

/** Fee on the spend at own provider keys: at most 5%. */
const isByokFee = (amount: bigint, byok: bigint): boolean => amount > 0n && byok > 0n && amount * 20n <= byok;

/** What the total of a day has beyond its watched keys, with the likely cause of each part, and what only counters know (pure). */
export function explainResiduals(day: DayFacts): Part<ResidualCause>[] {
  const parts = new Map<ResidualCause, bigint>(day.residuals);
  const unknown = parts.get("unknown") ?? 0n;
  if (unknown !== 0n) {
    parts.delete("unknown");
    // A fee is no request.
    const isFee = day.unknownRequests === 0n && isByokFee(unknown, day.byok);
    parts.set(isFee ? "byok_fee" : day.isOpen ? "day_open" : "unknown", unknown);
  }
  parts.set("counters_only", day.countersOnly);
  return RESIDUAL_CAUSES.flatMap((cause) => {
    const amount = parts.get(cause) ?? 0n;
    return amount === 0n ? [] : [{ cause, amount }];
  });
}

export const totalOf = ({ watched, residuals }: DayFacts): bigint =>
  [...residuals.values()].reduce((sum, amount) => sum + amount, watched);

/** Why the counters of the keys say more or less than the total of the account has (pure). */
export function explainCounters(day: DayFacts, counters: bigint): Part<DifferenceCause>[] {
  // Counters are those of keys, so they have nothing of the rest of the account.
  const parts = explainResiduals(day).map(
    ({ cause, amount }): Part<DifferenceCause> =>
      cause === "counters_only"
        ? { cause, amount }
        : { cause: cause === "unknown" ? "unexplained" : cause, amount: -amount },
  );
  return explainRest(parts, { difference: counters - totalOf(day), day, causes: [] });
}

interface CreditsOfDay {
  change: bigint;
  date: Day;
  credits: readonly CreditRow[];
}

/** Causes of a difference of credits that concern one day alone. */
const creditCauses = (day: DayFacts, { date, credits }: CreditsOfDay): Guess[] => [
  (rest) => (rest > 0n ? { cause: "counters_only", amount: minNanos(rest, day.countersOnly) } : null),
  reductionOf,
  (rest) => (boughtOn(credits, date) === rest ? { cause: "purchase_or_grant", amount: rest } : null),
];

/** What is left of a difference of credits that usage counted on the day before or after can explain (pure). */
export function restOfCredits(day: DayFacts, input: CreditsOfDay): bigint {
  const parts = explainRest([], {
    difference: input.change - totalOf(day),
    day,
    causes: creditCauses(day, input),
  });
  return parts.find(({ cause }) => cause === "unexplained")?.amount ?? 0n;
}

/**
 * Why the change of credits is more or less than the total of the account (pure).
 * @param input.rests `restOfCredits` of the days around; a day on which it is not known is absent
 */
export const explainCredits = (
  day: DayFacts,
  input: CreditsOfDay & { rests: ReadonlyMap<Day, bigint> },
): Part<DifferenceCause>[] =>
  explainRest([], {
    difference: input.change - totalOf(day),
    day,
    causes: [
      ...creditCauses(day, input),
      (rest) => readingOf(rest, { ...input, rows: day.rows }),
      (rest) => (isByokFee(rest, day.byok) ? { cause: "byok_fee", amount: rest } : null),
    ],
  });

type Guess = (rest: bigint, day: DayFacts) => Part<DifferenceCause> | null;

/** Takes each cause in turn from what is left; what none of them supports is unexplained. */
function explainRest(
  known: Part<DifferenceCause>[],
  { difference, day, causes }: { difference: bigint; day: DayFacts; causes: Guess[] },
): Part<DifferenceCause>[] {
  const parts = new Map<DifferenceCause, bigint>();
  const put = ({ cause, amount }: Part<DifferenceCause>) => parts.set(cause, (parts.get(cause) ?? 0n) + amount);
  known.forEach(put);
  let rest = difference - known.reduce((sum, { amount }) => sum + amount, 0n);
  for (const guess of causes) {
    const part = isRounding(rest, day) ? null : guess(rest, day);
    if (part === null) continue;
    put(part);
    rest -= part.amount;
  }
  if (!isRounding(rest, day)) put({ cause: "unexplained", amount: rest });
  return DIFFERENCE_CAUSES.flatMap((cause) => {
    const amount = parts.get(cause) ?? 0n;
    return amount === 0n ? [] : [{ cause, amount }];
  });
}

/** Each amount was rounded to a nano-dollar once. */
const isRounding = (amount: bigint, { rows }: DayFacts): boolean => 2n * abs(amount) <= BigInt(rows + 2);

const reductionOf: Guess = (rest, { reduced }) =>
  rest < 0n && reduced > 0n ? { cause: "restatement", amount: -minNanos(-rest, reduced) } : null;

/** By how much the credits ever purchased changed on a day. */
function boughtOn(credits: readonly CreditRow[], date: Day): bigint | null {
  const [start, end] = [startOf(date), startOf(addDays(date, 1))];
  let sum: bigint | null = null;
  for (const [index, row] of credits.entries()) {
    const before = credits[index - 1];
    if (before === undefined || row.at < start || row.at >= end || row.total === before.total) continue;
    sum = (sum ?? 0n) + row.total - before.total;
  }
  return sum;
}

/** OpenRouter caches credits for up to this long. */
const CACHE_MS = 60_000;

/** Usage that was counted on another day shows there with the opposite sign, at most this many days away. */
export const MIRROR_DAYS = 3;

/**
 * Credits are not read exactly at midnight, and an answer is up to a minute old: what was used between the readings before and after
 * midnight may count on either day. Explains a difference that fits these readings, and that the days around have with the opposite
 * sign where they are known.
 */
function readingOf(
  rest: bigint,
  input: { date: Day; credits: readonly CreditRow[]; rests: ReadonlyMap<Day, bigint>; rows: number },
): Part<DifferenceCause> | null {
  const { date, credits, rests, rows } = input;
  const [start, end] = [edgeOf(credits, date), edgeOf(credits, addDays(date, 1))];
  if (start === null || end === null) return null;
  const isMore = rest > 0n;
  const atStart = isMore ? start.most - start.used : start.used - start.least;
  const atEnd = isMore ? end.used - end.least : end.most - end.used;
  const possible =
    minNanos(atStart, mirrored(rests, { date, step: -1, isMore }) ?? atStart) +
    minNanos(atEnd, mirrored(rests, { date, step: 1, isMore }) ?? atEnd);
  if (abs(rest) > possible + BigInt(rows + 2)) return null;
  return { cause: start.isCached && end.isCached ? "cached_answer" : "reading_time", amount: rest };
}

/** What the days on one side of a day have with the opposite sign; `null` when that is not known. */
function mirrored(
  rests: ReadonlyMap<Day, bigint>,
  { date, step, isMore }: { date: Day; step: 1 | -1; isMore: boolean },
): bigint | null {
  let sum = 0n;
  for (let distance = 1; distance <= MIRROR_DAYS; distance++) {
    const rest = rests.get(addDays(date, step * distance));
    if (rest === undefined) return distance === 1 ? null : sum;
    if (rest > 0n !== isMore) sum += abs(rest);
  }
  return sum;
}

/** What was read nearest to midnight, and between which amounts the one at midnight is; `null` when that is not known. */
function edgeOf(
  credits: readonly CreditRow[],
  day: Day,
): { used: bigint; least: bigint; most: bigint; isCached: boolean } | null {
  const midnight = startOf(day).getTime();
  const reading = usedAtStart(credits, day);
  const before = credits.findLast(({ at }) => at.getTime() <= midnight);
  const after = credits.find(({ lastSeenAt }) => lastSeenAt.getTime() >= midnight + CACHE_MS);
  if (reading === null || before === undefined || after === undefined) return null;
  const { used, offsetMs } = reading;
  return { used, least: before.used, most: after.used, isCached: offsetMs >= 0 && offsetMs <= CACHE_MS };
}

const abs = (a: bigint) => (a < 0n ? -a : a);
