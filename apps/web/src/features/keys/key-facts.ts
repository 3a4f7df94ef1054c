import { nextReset, toDay } from "@orwatch/domain/day";
import type { Key, KeyName } from "../../lib/api/trpc.ts";
import { parseMoney, percentOf } from "../../lib/format/money.ts";
import type { Words } from "../../lib/i18n/i18n.ts";

export interface KeyState {
  tone: "good" | "open" | "warn" | "bad" | "off";
  label: string;
  /** The reason of the status, or an upcoming change. */
  detail: string | null;
}

const EXPIRES_SOON_MS = 14 * 86_400_000;

/** Texts and current time for descriptions. */
type Wording = Words<"keys"> & { now: Date };

export function describeState(key: Key, { now, ...words }: Wording): KeyState {
  const { t, say } = words;
  if (!key.is_active) return { tone: "off", label: t.keys.off, detail: null };
  const reason = key.status_reason && say(key.status_reason);
  if (key.status === "invalid") return { tone: "bad", label: t.keys.invalid, detail: reason };
  if (key.status === "unverified") return { tone: "open", label: t.keys.unverified, detail: reason };
  const detail = describeExpiry(key, { now, ...words });
  return { tone: detail ? "warn" : "good", label: t.keys.valid, detail };
}

/** Coverage of a key: a management key, or how the usage of an inference key is read. */
export function describeKind({ kind, managed_by }: Key, managers: KeyName[], { t }: Pick<Words<"keys">, "t">): string {
  if (kind === null) return t.keys.kindUnknown;
  if (kind === "management") return t.keys.management;
  if (managed_by === null) return t.keys.uncovered;
  const manager = managers.find(({ id }) => id === managed_by);
  return t.keys.coveredBy({ name: manager?.name ?? `#${managed_by}` });
}

function describeExpiry({ expires_at }: Key, { t, format, now }: Wording): string | null {
  if (!expires_at || Date.parse(expires_at) - now.getTime() > EXPIRES_SOON_MS) return null;
  const instant = format.instant(expires_at);
  return Date.parse(expires_at) <= now.getTime() ? t.keys.expired({ instant }) : t.keys.expires({ instant });
}

interface KeyLimit {
  label: string;
  /** Exact value, shown on hover. */
  exact: string;
  /** Remaining percentage, 0 to 100; `null` for no bar. */
  percentLeft: number | null;
}

/** Remaining budget; `null` if unknown. */
export function describeLimit(key: Key, wording: Wording): KeyLimit | null {
  if (key.credits) return describeCredits(key.credits, wording);
  const { t, format } = wording;
  const { limit, limit_remaining: remaining } = key;
  if (limit === null)
    return key.kind === "inference" && key.has_limit === false
      ? { label: t.keys.noLimit, exact: t.keys.noLimit, percentLeft: null }
      : null;
  const [label, exact] = [format.money, format.exactMoney].map((write) => {
    if (remaining === null) return t.keys.leftUnknown({ limit: write(limit) });
    return describeRemaining({ left: parseMoney(remaining), limit, reset: key.limit_reset }, { ...wording, write });
  }) as [string, string];
  return { label, exact, percentLeft: remaining === null ? null : percentOf(remaining, limit) };
}

function describeRemaining(
  { left, limit, reset }: { left: bigint; limit: string; reset: Key["limit_reset"] },
  { t, format, now, write }: Wording & { write: (amount: bigint | string) => string },
): string {
  const next = nextReset({ reset, now });
  const day = next && format.day(toDay(next));
  if (left < 0n) return day ? t.keys.overUntil({ amount: write(-left), day }) : t.keys.over({ amount: write(-left) });
  return day
    ? t.keys.leftUntil({ amount: write(left), day })
    : t.keys.leftOf({ amount: write(left), limit: write(limit) });
}

function describeCredits({ remaining, total }: NonNullable<Key["credits"]>, { t, format }: Wording): KeyLimit {
  if (remaining === null) return { label: t.keys.creditsUnknown, exact: t.keys.creditsUnknownLong, percentLeft: null };
  const left = parseMoney(remaining);
  const [label, exact] = [format.money, format.exactMoney].map((write) =>
    left < 0n
      ? t.keys.overdrawn({ amount: write(-left) })
      : t.keys.creditsLeft({ amount: write(left), total: write(total) }),
  ) as [string, string];
  // No bar, because all-time purchases are no measure for the remaining amount.
  return { label, exact, percentLeft: left > 0n ? null : 0 };
}
