import type { Day } from "@orwatch/domain/day";
import type { DayOfAnalytics } from "./counters.ts";

const [MINUTE_MS, HOUR_MS] = [60_000, 3_600_000];

/** Whether the counters of /key confirm a reduction of finished days: reduced too, not reduced, or unknown. */
export type CounterComparison = "agrees" | "contradicts" | "unknown";

/** How long a reduction must be reported unchanged before it is applied. A little less than an hour or a day, because of the times of syncs. */
const CONFIRMED_AFTER_MS: Record<CounterComparison, number> = {
  agrees: 30 * MINUTE_MS,
  unknown: 20 * HOUR_MS,
  contradicts: 68 * HOUR_MS,
};

/** A finished day with less reported than stored usage, and since when the same is reported. */
export interface HeldDay {
  date: Day;
  cost: bigint;
  since: Date;
}

/** The finished days with less usage in the response than stored, beyond rounding (pure). */
export function findReductions(input: {
  before: Map<Day, DayOfAnalytics>;
  after: Map<Day, DayOfAnalytics>;
  today: Day;
}): { date: Day; lost: bigint }[] {
  const reductions: { date: Day; lost: bigint }[] = [];
  for (const [date, after] of input.after) {
    const before = input.before.get(date);
    if (!before || date >= input.today) continue;
    const lost = before.cost - after.cost;
    if (lost > 0n && 2n * lost > BigInt(before.rows + after.rows)) reductions.push({ date, lost });
  }
  return reductions.sort((a, b) => (a.date < b.date ? -1 : 1));
}

/**
 * Whether counters confirm a reduction (pure): compares their total since the first reduced day with that of the response.
 * @param input.counted all-time usage now minus that at the start of the day; `null` if either is unknown
 */
export function compareWithCounters(input: {
  counted: bigint | null;
  answered: bigint;
  lost: bigint;
}): CounterComparison {
  if (input.counted === null) return "unknown";
  return 2n * (input.counted - input.answered) < input.lost ? "agrees" : "contradicts";
}

/** Which reduced days wait for confirmation: the first response never reduces usage (pure). */
export function holdReductions(input: {
  reductions: { date: Day; lost: bigint }[];
  after: Map<Day, DayOfAnalytics>;
  held: Map<Day, HeldDay>;
  comparison: CounterComparison;
  now: Date;
}): HeldDay[] {
  const { after, held, comparison, now } = input;
  return input.reductions.flatMap(({ date }) => {
    const day = after.get(date) ?? { cost: 0n, rows: 0 };
    const known = held.get(date);
    const change = known === undefined ? 0n : known.cost - day.cost;
    const isSame = known !== undefined && 2n * (change < 0n ? -change : change) <= BigInt(day.rows);
    if (!isSame) return [{ date, cost: day.cost, since: now }];
    const waitedMs = now.getTime() - known.since.getTime();
    return waitedMs >= CONFIRMED_AFTER_MS[comparison]
      ? []
      : [{ ...known, since: known.since > now ? now : known.since }];
  });
}
