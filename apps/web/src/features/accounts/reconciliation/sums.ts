import type { ReconciledDay } from "../../../lib/api/trpc.ts";
import { parseMoney } from "../../../lib/format/money.ts";

export type Cause = ReconciledDay["residuals"][number]["cause"] | ReconciledDay["differences"][number]["cause"];

export type Result = "unread" | "open" | "unexplained" | "explained" | "matched";

const hasUnknown = ({ residuals }: ReconciledDay) => residuals.some(({ cause }) => cause === "unknown");
const hasUnexplained = ({ differences }: ReconciledDay) => differences.some(({ cause }) => cause === "unexplained");

/** What the comparison of a day has come to. */
export function resultOf(day: ReconciledDay): Result {
  if (day.account_total === null) return "unread";
  if (day.is_open) return "open";
  if (hasUnknown(day) || hasUnexplained(day)) return "unexplained";
  return day.residuals.length + day.differences.length > 0 ? "explained" : "matched";
}

/** A sum over the days on which an amount is known. */
export interface Sum {
  /** `null`: it is known on no day. */
  amount: bigint | null;
  days: number;
}

const sumOf = (amounts: (string | null)[]): Sum => {
  const known = amounts.filter((amount) => amount !== null);
  return {
    amount: known.length === 0 ? null : known.reduce((sum, amount) => sum + parseMoney(amount), 0n),
    days: known.length,
  };
};

/** Totals of a period, with what is not attributed in it. */
export function sumDays(days: readonly ReconciledDay[]) {
  const causes = new Map<Cause, bigint>();
  for (const { residuals } of days)
    for (const { cause, amount } of residuals) causes.set(cause, (causes.get(cause) ?? 0n) + parseMoney(amount));
  return {
    total: sumOf(days.map((day) => day.account_total)),
    watched: sumOf(days.map((day) => day.watched_total)),
    counters: sumOf(days.map((day) => day.counters_total)),
    credits: sumOf(days.map((day) => day.credits_change)),
    residuals: [...causes].map(([cause, amount]) => ({ cause, amount })),
    unknown: causes.get("unknown") ?? 0n,
    unknownDays: days.filter(hasUnknown).length,
    unexplainedDays: days.filter((day) => !hasUnknown(day) && hasUnexplained(day)).length,
    unreadDays: days.filter(({ account_total }) => account_total === null).length,
  };
}

/** The causes that a period has, in the order in which they first come. */
export const causesOf = (days: readonly ReconciledDay[]): Cause[] => [
  ...new Set(days.flatMap((day): Cause[] => [...day.residuals, ...day.differences].map(({ cause }) => cause))),
];

/** Where an account has been read from: days before the first known one say nothing. */
export function fromFirstKnown(days: readonly ReconciledDay[]): ReconciledDay[] {
  const last = days.findLastIndex(({ account_total }) => account_total !== null);
  return last < 0 ? [...days] : days.slice(0, last + 1);
}
