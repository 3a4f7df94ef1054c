import type { Cell } from "../ledger/spend-book.ts";
import { requireDay } from "../ledger/time.ts";
import type { LedgerKey } from "../ledger/types.ts";
import type { Context } from "../server/context.ts";

/** The cells that analytics and activity include now: after their lag, and without late days. */
export function* visibleCells(
  context: Context,
  key: LedgerKey,
  fromDay: number,
  toDay: number,
): Generator<[number, Cell]> {
  const nowMs = context.clock.nowMs();
  const hidden = new Set<number>();
  for (const late of context.options.lateDays) {
    const concerned = late.keyHash === undefined || late.keyHash === key.hash;
    if (concerned && nowMs < late.until.getTime()) hidden.add(requireDay(late.day));
  }
  for (const entry of context.ledger.cells(key, fromDay, toDay, nowMs - context.options.analyticsLagMs)) {
    if (!hidden.has(entry[0])) yield entry;
  }
}

/** The account's keys a hash (or numeric id) stands for: none when unknown, foreign or deleted. */
export function resolveKey(context: Context, accountId: string, id: string): LedgerKey | null {
  const key = /^\d{1,15}$/.test(id)
    ? context.ledger.keysOf(accountId).find((candidate) => candidate.numericId === Number(id))
    : context.ledger.findKey(id);
  if (!key || key.accountId !== accountId) return null;
  return key.deleted && !context.options.deletedHashResolves ? null : key;
}
