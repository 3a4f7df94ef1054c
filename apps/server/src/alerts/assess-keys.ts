import { toDay } from "@orwatch/domain/day";
import { formatNanos } from "@orwatch/domain/money";
import { FIRST_DAY, spanOfReset } from "../keys/current.ts";
import { type Assessment, type KeyFacts, LASTING } from "./assessment.ts";

/** First day of a limit's window that holds an instant. */
function limitPeriod(reset: string | null, at: Date): string {
  const span = spanOfReset(reset);
  return span === null ? LASTING : FIRST_DAY[span](toDay(at));
}

/**
 * OpenRouter's remainder already counts BYOK where the limit does, and goes below zero: what is used is limit − remainder. A limit of
 * 0 is used up. Of a window that has begun and was not read yet nothing is said, but those before it are over.
 */
export function limitOf(key: KeyFacts, percents: number[], now: Date): Assessment[] {
  const { hasLimit, limit, remaining, countersAt, refusals, status, kind } = key;
  if (kind === "management" || status !== "valid" || refusals > 0 || countersAt === null) return [];
  if (hasLimit === null || (hasLimit && limit === null)) return [];
  if (hasLimit && remaining === null) {
    const period = limitPeriod(key.limitReset, now);
    return period === LASTING ? [] : [nothingKnown({ subject: `key:${key.id}`, key, period })];
  }
  const period = limitPeriod(key.limitReset, countersAt);
  // A key that has no limit any more has recovered from all it had.
  const used = hasLimit && limit !== null && remaining !== null ? limit - remaining : 0n;
  const isOver = (percent: number) =>
    hasLimit === true && limit !== null && (limit <= 0n || used * 100n >= limit * BigInt(percent));
  return [
    {
      subject: `key:${key.id}`,
      key,
      period,
      window: `${period}/${limit === null ? "none" : formatNanos(limit)}`,
      levels: [...percents]
        .sort((a, b) => a - b)
        .map((percent) => ({ threshold: String(percent), isOver: isOver(percent) })),
      recovers: true,
      found: { amount: used },
    },
  ];
}

/** States no threshold: what was open for the subject is over, without a word. */
const nothingKnown = (of: Pick<Assessment, "subject" | "key" | "period">): Assessment => ({
  ...of,
  window: of.period,
  levels: [],
  recovers: false,
  found: { amount: 0n },
});

/**
 * Credits belong to an account: of several management keys of one, the latest synced speaks. Of an account that never bought any,
 * nothing is known.
 */
export function creditsOf(keys: KeyFacts[], least: bigint): Assessment[] {
  const accounts = new Map<string, KeyFacts>();
  for (const key of keys) {
    if (key.kind !== "management" || key.creditsTotal === null) continue;
    const subject = accountOf(key);
    const known = accounts.get(subject);
    if (!known || (key.lastSyncedAt ?? key.createdAt) > (known.lastSyncedAt ?? known.createdAt))
      accounts.set(subject, key);
  }
  return [...accounts].map(([subject, key]) => {
    const amount = key.creditsLeft;
    if (amount === null) return nothingKnown({ subject, key, period: LASTING });
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
