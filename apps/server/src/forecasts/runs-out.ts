import { addDays, type Day, daysBetween, firstOfMonth, mondayOf } from "@orwatch/domain/day";
import { deviation, expectedOn, type Pace } from "./pace.ts";

/** How far ahead the forecast goes. */
const HORIZON_DAYS = 366;

/**
 * Forecast for the current period of a limit. Credits and limits without resets have a single period. "used_up": nothing is left.
 * "runs_out": on `on`, at this pace. "never": it resets first, or nothing is being spent. "not_within_a_year": it lasts longer than a year.
 * "unknown": there is too little data.
 */
type Verdict = "used_up" | "runs_out" | "never" | "not_within_a_year" | "unknown";

interface Window {
  start: Day;
  /** Last day. */
  end: Day;
}

export interface RunsOut {
  verdict: Verdict;
  on: Day | null;
  /** Dates if spending is at the upper and lower end of its range; `null` if not in this period, not within a year, or never. */
  earliest: Day | null;
  latest: Day | null;
  /** The first later period in which it would be used up, and when; `null` if it is used up in this one, or in none within a year. */
  next: (Window & { on: Day }) | null;
}

/** Resets of a limit: daily, weekly (Monday), monthly; `null` for none, as for credits. */
export type Reset = "daily" | "weekly" | "monthly" | null;

const BEGIN: Record<Exclude<Reset, null>, (day: Day) => Day> = {
  daily: (day) => day,
  weekly: mondayOf,
  monthly: firstOfMonth,
};

const LONGEST_WINDOW_DAYS = 31;

/** The period of a limit that contains a day. */
export function windowOf(reset: Exclude<Reset, null>, day: Day): Window {
  const begin = BEGIN[reset];
  const start = begin(day);
  let end = start;
  for (let later = 1; later < LONGEST_WINDOW_DAYS && begin(addDays(end, 1)) === start; later++) end = addDays(end, 1);
  return { start, end };
}

const nothing = (verdict: Verdict): RunsOut => ({ verdict, on: null, earliest: null, latest: null, next: null });

interface Spending {
  today: Day;
  left: bigint;
  limit: bigint;
  reset: Reset;
  spentToday: bigint;
}

/**
 * When an amount is used up at a pace, day by day, in the current period. Amounts in nano-dollars. Pure.
 * @param input.left remaining amount in the current period, after today's spend so far; `null` if unknown
 * @param input.limit amount at the start of each later period; ignored without resets
 */
export function runsOut(pace: Pace | null, input: Omit<Spending, "left"> & { left: bigint | null }): RunsOut {
  const { today, left, reset } = input;
  if (left === null) return nothing("unknown");
  if (left <= 0n) return nothing("used_up");
  if (pace === null) return nothing("unknown");
  const horizon = addDays(today, HORIZON_DAYS);
  if (reset === null) {
    const found = search(pace, { ...input, left, from: today, through: horizon });
    if (found.on !== null) return { verdict: "runs_out", ...found, next: null };
    return { ...found, verdict: pace.level === 0n ? "never" : "not_within_a_year", next: null };
  }
  const { end } = windowOf(reset, today);
  const found = search(pace, { ...input, left, from: today, through: end });
  if (found.on !== null) return { verdict: "runs_out", ...found, next: null };
  return { verdict: "never", ...found, next: findNext(pace, { ...input, reset, after: end, horizon }) };
}

/** Each later period begins with the whole limit. */
function findNext(
  pace: Pace,
  input: { today: Day; limit: bigint; reset: Exclude<Reset, null>; after: Day; horizon: Day },
): RunsOut["next"] {
  let window = windowOf(input.reset, addDays(input.after, 1));
  while (window.start <= input.horizon) {
    const { today, limit } = input;
    const { on } = search(pace, { today, left: limit, spentToday: 0n, from: window.start, through: window.end });
    if (on !== null) return { ...window, on };
    window = windowOf(input.reset, addDays(window.end, 1));
  }
  return null;
}

function search(
  pace: Pace,
  input: { today: Day; left: bigint; spentToday: bigint; from: Day; through: Day },
): Pick<RunsOut, "on" | "earliest" | "latest"> {
  const { today, left, from, through } = input;
  const found: Pick<RunsOut, "on" | "earliest" | "latest"> = { on: null, earliest: null, latest: null };
  let spent = 0n;
  for (let day = from; day <= through; day = addDays(day, 1)) {
    const more = expectedOn(pace, day) - (day === today ? input.spentToday : 0n);
    spent += more > 0n ? more : 0n;
    const off = deviation(pace, daysBetween(from, day) + 1);
    if (found.earliest === null && spent + off >= left) found.earliest = day;
    if (found.on === null && spent >= left) found.on = day;
    if (spent - off >= left) return { ...found, latest: day };
  }
  return found;
}
