import { EmptyState } from "../../../components/ui/empty-state.tsx";
import type { Account, Breakdown } from "../../../lib/api/trpc.ts";
import { parseMoney } from "../../../lib/format/money.ts";
import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";
import { type ShownDimension, turnedOff } from "./dimensions.ts";

/** Whether any usage has a known value. */
export const isSplit = ({ items }: Breakdown): boolean => items.some(({ value }) => value !== null);

const isUnused = ({ total }: Breakdown): boolean =>
  parseMoney(total.cost) === 0n && parseMoney(total.byok_cost) === 0n && (total.requests_count ?? 0) === 0;

interface NoBreakdownProps {
  account: Account;
  dimension: ShownDimension;
  breakdown: Breakdown;
}

/** Why there is nothing to show, and what changes that. */
export function NoBreakdown({ account, dimension, breakdown }: NoBreakdownProps) {
  const { empty } = useTexts("breakdowns").breakdowns;
  const format = useFormat();
  const off = turnedOff(account, dimension);
  const since = breakdown.since;
  if (off) return <EmptyState title={empty.off[off]} body={empty.offBody} />;
  if (isUnused(breakdown)) return <EmptyState title={empty.usage} body={empty.usageBody} />;
  if (since === null) return <EmptyState title={empty.first} body={empty.firstBody} />;
  return <EmptyState title={empty.before} body={empty.beforeBody({ since: format.day(since) })} />;
}
