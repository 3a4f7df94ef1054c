import { addDays, type Day, daysBetween, firstOfMonth, mondayOf } from "@orwatch/domain/day";
import { deviation, expectedOn, type Pace } from "./pace.ts";

/** How far ahead is looked. */
const HORIZON_DAYS = 366;

/**
 * "used_up": nothing is left now. "runs_out": on `on`, at this pace. "never": it resets before, or nothing is spent.
 * "not_within_a_year": later than can be said. "unknown": too little is known.
 */
export type Verdict = "used_up" | "runs_out" | "never" | "not_within_a_year" | "unknown";

export interface RunsOut {
  verdict: Verdict;
  on: Day | null;
  /** When spending is at the upper and lower end of its range; `null`: not within a year, or never. */
  earliest: Day | null;
  latest: Day | null;
}

/** Resets of a limit: daily, weekly (Monday), monthly; `null`: none, as for credits. */
export type Reset = "daily" | "weekly" | "monthly" | null;

const WINDOW: Record<Exclude<Reset, null>, (day: Day) => Day> = {
  daily: (day) => day,
  weekly: mondayOf,
  monthly: firstOfMonth,
};

const nothing = (verdict: Verdict): RunsOut => ({ verdict, on: null, earliest: null, latest: null });

/**
 * When an amount is used up at a pace, day by day, starting anew at each reset. Amounts in nano-dollars. Pure.
 * @param left in the window under way, today's spend so far taken off
 * @param limit what each later window begins with; of no use without resets
 */
export function runsOut(
  pace: Pace | null,
  input: { today: Day; left: bigint; limit: bigint; reset: Reset; spentToday: bigint },
): RunsOut {
  if (input.left <= 0n) return nothing("used_up");
  if (pace === null) return nothing("unknown");
  const found = search(pace, input);
  if (found.on !== null) return { verdict: "runs_out", ...found };
  const isStill = pace.level === 0n;
  return { verdict: isStill || input.reset !== null ? "never" : "not_within_a_year", ...found };
}

function search(
  pace: Pace,
  input: { today: Day; left: bigint; limit: bigint; reset: Reset; spentToday: bigint },
): Omit<RunsOut, "verdict"> {
  const found: Omit<RunsOut, "verdict"> = { on: null, earliest: null, latest: null };
  const windowOf = input.reset === null ? null : WINDOW[input.reset];
  let begin = input.today;
  let left = input.left;
  let spent = 0n;
  const last = addDays(input.today, HORIZON_DAYS);
  for (let day = input.today; day <= last; day = addDays(day, 1)) {
    if (day !== input.today && windowOf?.(day) === day) {
      begin = day;
      left = input.limit;
      spent = 0n;
    }
    const today = expectedOn(pace, day) - (day === input.today ? input.spentToday : 0n);
    spent += today > 0n ? today : 0n;
    const off = deviation(pace, daysBetween(begin, day) + 1);
    if (found.earliest === null && spent + off >= left) found.earliest = day;
    if (found.on === null && spent >= left) found.on = day;
    if (spent - off >= left) return { ...found, latest: day };
  }
  return found;
}
