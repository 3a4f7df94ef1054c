import { startOf, toDay } from "@orwatch/domain/day";
import { formatNanos } from "@orwatch/domain/money";
import { type Assessment, type KeyFacts, LASTING } from "./assessment.ts";
import type { Span } from "./rule.ts";
import { FIRST_DAY } from "./spans.ts";

/** Counters lag up to a minute, so right after a reset they may still be those of the window before. */
const UNSETTLED_MS = 2 * 60_000;

/** The window of the limit that holds an instant; `null` while counters may not have turned yet. */
function limitPeriod(reset: string | null, at: Date): string | null {
  const span = { daily: "day", weekly: "week", monthly: "month" }[reset ?? ""] as Span | undefined;
  if (!span) return LASTING;
  const from = FIRST_DAY[span](toDay(at));
  return at.getTime() - startOf(from).getTime() < UNSETTLED_MS ? null : from;
}

/** OpenRouter's remainder already counts BYOK where the limit does, and goes below zero: what is used is limit − remainder. */
export function limitOf(key: KeyFacts, percents: number[]): Assessment[] {
  const { limit, remaining, lastValidatedAt, refusals, status, kind } = key;
  if (kind === "management" || status !== "valid" || refusals > 0 || lastValidatedAt === null) return [];
  // A key that has no limit any more has recovered from all it had.
  const isLimited = limit !== null && limit > 0n;
  if (isLimited && remaining === null) return [];
  const period = limitPeriod(key.limitReset, lastValidatedAt);
  if (period === null) return [];
  const used = isLimited ? limit - (remaining as bigint) : 0n;
  return [
    {
      subject: `key:${key.id}`,
      key,
      period,
      window: `${period}/${isLimited ? formatNanos(limit) : "none"}`,
      levels: [...percents]
        .sort((a, b) => a - b)
        .map((percent) => ({
          threshold: String(percent),
          isOver: isLimited && used * 100n >= limit * BigInt(percent),
        })),
      recovers: true,
      found: { amount: used },
    },
  ];
}

/** Credits belong to an account: of several management keys of one, the latest synced speaks. */
export function creditsOf(keys: KeyFacts[], least: bigint): Assessment[] {
  const accounts = new Map<string, KeyFacts>();
  for (const key of keys) {
    if (key.kind !== "management" || key.creditsTotal === null || key.creditsUsed === null) continue;
    const subject = accountOf(key);
    const known = accounts.get(subject);
    if (!known || (key.lastSyncedAt ?? key.createdAt) > (known.lastSyncedAt ?? known.createdAt))
      accounts.set(subject, key);
  }
  return [...accounts].map(([subject, key]) => {
    const amount = (key.creditsTotal as bigint) - (key.creditsUsed as bigint);
    return {
      subject,
      key,
      period: LASTING,
      window: `${LASTING}/${formatNanos(key.creditsTotal as bigint)}`,
      levels: [{ threshold: formatNanos(least), isOver: amount < least }],
      recovers: true,
      found: { amount },
    };
  });
}

/** The subject that a management key's account is. */
export const accountOf = (key: KeyFacts): string => (key.account ? `account:${key.account}` : `key:${key.id}`);

const state = (key: KeyFacts, level: { threshold: string; isOver: boolean }, mark: Date | null): Assessment => ({
  subject: `key:${key.id}`,
  key,
  period: LASTING,
  window: `${LASTING}/${mark?.toISOString() ?? "none"}`,
  levels: [level],
  recovers: true,
  found: { amount: 0n },
});

export const validityOf = (key: KeyFacts): Assessment =>
  state(key, { threshold: "invalid", isOver: key.status === "invalid" }, key.firstRefusedAt);

export const expiryOf = (key: KeyFacts, days: number, now: Date): Assessment =>
  state(
    key,
    {
      threshold: String(days),
      isOver: key.expiresAt !== null && key.expiresAt.getTime() - now.getTime() <= days * 86_400_000,
    },
    key.expiresAt,
  );

/** Measured up to the last attempt: a server that was down has not failed to sync. */
export function syncOf(key: KeyFacts, hours: number, attemptedAt: Date | null): Assessment[] {
  if (attemptedAt === null) return [];
  const since = key.lastSyncedAt ?? key.createdAt;
  const isOver = attemptedAt.getTime() - since.getTime() >= hours * 3_600_000;
  return [state(key, { threshold: String(hours), isOver }, since)];
}
