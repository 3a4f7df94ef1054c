import type { Ledger } from "../ledger/ledger.ts";
import { DAY_MS, dayNumber } from "../ledger/time.ts";
import type { LedgerKey } from "../ledger/types.ts";

/** A change of a key in the past of an account. Its result is in the ledger. */
export interface LifeChange {
  /** ISO instant. */
  readonly at: string;
  readonly hash: string;
  /** Name of the key after the change. */
  readonly name: string;
  readonly change:
    | { readonly kind: "renamed"; readonly before: string }
    | { readonly kind: "disabled" }
    | { readonly kind: "deleted" }
    /** Nano-dollars, as text. */
    | { readonly kind: "limit"; readonly before: string; readonly limit: string };
}

/** Days from a change to the present. */
const DAYS_AGO = { deleted: [52, 33], renamed: 47, limit: 20, disabled: 12 };
const HOUR_MS = 3_600_000;

/** Changes of some keys in the last two months, oldest first. The key that has not been used for the longest time is disabled. */
export function makeChanges(
  ledger: Ledger,
  { alive, gone, until }: { alive: readonly LedgerKey[]; gone: readonly LedgerKey[]; until: Date },
): LifeChange[] {
  const today = dayNumber(until);
  const changes: LifeChange[] = [];
  const add = (daysAgo: number, { hash, name }: LedgerKey, change: LifeChange["change"]) => {
    const at = new Date((today - daysAgo) * DAY_MS + (9 + (daysAgo % 8)) * HOUR_MS + daysAgo * 61_000);
    changes.push({ at: at.toISOString(), hash, name, change });
  };
  for (const [index, key] of gone.filter(({ deleted }) => deleted).entries())
    add(DAYS_AGO.deleted[index] ?? DAYS_AGO.renamed, key, { kind: "deleted" });
  const renamed = alive[1];
  if (renamed) add(DAYS_AGO.renamed, renamed, { kind: "renamed", before: `${renamed.name}-test` });
  const limited = alive.find(({ limitNanos }) => limitNanos !== null);
  if (limited?.limitNanos)
    add(DAYS_AGO.limit, limited, {
      kind: "limit",
      before: String(limited.limitNanos / 2n),
      limit: String(limited.limitNanos),
    });
  const [idle] = [...alive].sort((a, b) => lastDay(ledger, a) - lastDay(ledger, b));
  if (idle && lastDay(ledger, idle) < today - DAYS_AGO.disabled) {
    ledger.updateKey(idle, { disabled: true });
    add(DAYS_AGO.disabled, idle, { kind: "disabled" });
  }
  return changes.sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** Number of the last day with usage. */
function lastDay(ledger: Ledger, key: LedgerKey): number {
  const last = ledger.byDayModel(key.hash).at(-1);
  return last === undefined ? Number.POSITIVE_INFINITY : dayNumber(new Date(last.day));
}
