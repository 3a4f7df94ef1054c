import { parseNanos } from "@orwatch/domain/money";

const WINDOWS = ["daily", "weekly", "monthly"] as const;
/** Each amount is rounded to the nano-dollar separately. */
const ROUNDING_NANOS = 2n;
/** 100 million dollars, so that sums over many keys stay exact. */
const MAX_NANOS = 10n ** 17n;

/**
 * Finds impossible counters of /key: a negative amount, more in a day, week or month than in all time, or more
 * than any key uses. Returns names of fields, or `null` if there are none. Missing fields are allowed (pure).
 */
export function findCounterFlaw(data: Readonly<Record<string, unknown>>): string | null {
  for (const total of ["usage", "byok_usage"]) {
    const all = parseNanos(data[total]);
    if (all !== null && all > MAX_NANOS) return `${total} is larger than a key can use`;
    if (all !== null && all < 0n) return `${total} is negative`;
    for (const window of WINDOWS) {
      const name = `${total}_${window}`;
      const amount = parseNanos(data[name]);
      if (amount === null) continue;
      if (amount > MAX_NANOS) return `${name} is larger than a key can use`;
      if (amount < 0n) return `${name} is negative`;
      if (all !== null && amount > all + ROUNDING_NANOS) return `${name} is above ${total}`;
    }
  }
  return null;
}
