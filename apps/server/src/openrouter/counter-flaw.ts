import { parseNanos } from "@orwatch/domain/money";

const WINDOWS = ["daily", "weekly", "monthly"] as const;
/** Amounts are rounded to the nano each on its own. */
const ROUNDING_NANOS = 2n;
/** A hundred million dollars: sums over many keys stay exact. */
const MAX_NANOS = 10n ** 17n;

/**
 * What cannot be true of counters as /key sends them: an amount below zero, more in a day, week or month than in all time, or more
 * than any key uses. Names of fields only. `null` when there is nothing; fields that are missing are no contradiction (pure).
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
