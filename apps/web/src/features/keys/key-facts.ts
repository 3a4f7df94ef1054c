import { nextReset, toDay } from "@orwatch/domain/day";
import type { AnyMessage } from "@orwatch/messages/message";
import {
  formatDay,
  formatInstant,
  formatMoney,
  formatMoneyExact,
  parseMoney,
  percentOf,
  toMoney,
} from "../../lib/format.ts";
import { text } from "../../lib/text/keys.ts";
import { timeZone } from "../../lib/time-zone.ts";
import type { Key, KeyName } from "../../lib/trpc.ts";

const words = text.keys;

export interface KeyState {
  tone: "good" | "open" | "warn" | "bad" | "off";
  label: string;
  /** The reason, or what will change soon. */
  detail: string | null;
}

const EXPIRES_SOON_MS = 14 * 86_400_000;

/** @param say `say` of i18n.ts, or what `useSay` returns */
export function describeState(key: Key, { now, say }: { now: Date; say: (message: AnyMessage) => string }): KeyState {
  if (!key.is_active) return { tone: "off", label: words.off, detail: null };
  const reason = key.status_reason && say(key.status_reason);
  if (key.status === "invalid") return { tone: "bad", label: words.invalid, detail: reason };
  if (key.status === "unverified") return { tone: "open", label: words.unverified, detail: reason };
  const detail = describeExpiry(key, now);
  return { tone: detail ? "warn" : "good", label: words.works, detail };
}

/** The kind, and for an inference key how its usage is read. */
export function describeKind({ kind, managed_by }: Key, managers: KeyName[]): string {
  if (kind === null) return words.kindUnknown;
  if (kind === "management") return words.management;
  if (managed_by === null) return `${words.inference}, ${words.uncovered}`;
  const manager = managers.find(({ id }) => id === managed_by);
  return `${words.inference}, ${words.coveredBy(manager?.name ?? text.filters.unknownKey(managed_by))}`;
}

function describeExpiry({ expires_at }: Key, now: Date): string | null {
  if (!expires_at || Date.parse(expires_at) - now.getTime() > EXPIRES_SOON_MS) return null;
  const instant = formatInstant(expires_at, now, timeZone());
  return Date.parse(expires_at) <= now.getTime() ? words.expired(instant) : words.expires(instant);
}

export interface KeyLimit {
  label: string;
  /** Every digit, for the hover. */
  exact: string;
  /** What is left, 0 to 100; `null`: no bar. */
  percentLeft: number | null;
}

/** `1 Dec, 00:00 UTC`: limits always start anew at midnight UTC. */
const formatReset = (instant: Date, now: Date): string => `${formatDay(toDay(instant), now)}, 00:00 UTC`;

/** What may still be spent; `null` while nobody knows. */
export function describeLimit(key: Key, now: Date): KeyLimit | null {
  if (key.credits) {
    const { remaining, total } = key.credits;
    if (remaining === null) return { label: words.creditsUnknown, exact: words.creditsUnknownLong, percentLeft: null };
    const left = parseMoney(remaining);
    const say = (format: (value: string) => string): string =>
      left < 0n ? words.overdrawn(format(toMoney(-left))) : words.creditsLeft(format(remaining), format(total));
    return {
      label: say(formatMoney),
      exact: say(formatMoneyExact),
      // What was ever bought is no measure of what is left.
      percentLeft: left > 0n ? null : 0,
    };
  }
  const { limit, limit_remaining: remaining } = key;
  if (limit === null)
    return key.kind === "inference" && key.has_limit === false
      ? { label: words.noLimit, exact: words.noLimit, percentLeft: null }
      : null;
  if (remaining === null)
    return {
      label: words.leftUnknown(formatMoney(limit)),
      exact: words.leftUnknown(formatMoneyExact(limit)),
      percentLeft: null,
    };
  const reset = nextReset({ reset: key.limit_reset, now });
  const left = parseMoney(remaining);
  const say = (format: (value: string) => string): string => {
    if (left < 0n) {
      const over = format(toMoney(-left));
      return reset ? words.overUntil(over, formatReset(reset, now)) : words.over(over);
    }
    const amount = format(toMoney(left));
    return reset ? words.leftUntil(amount, formatReset(reset, now)) : words.leftOf(amount, format(limit));
  };
  return {
    label: say(formatMoney),
    exact: say(formatMoneyExact),
    percentLeft: percentOf(remaining, limit),
  };
}
