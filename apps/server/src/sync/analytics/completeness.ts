import type { Day } from "@orwatch/domain/day";
import { type Message, message } from "@orwatch/messages/message";
import { MAX_DAY_COUNT, MAX_DAY_NANOS, type UsageRow } from "../../openrouter/schema.ts";
import type { Window } from "./plan.ts";

type DatedRow = Pick<UsageRow, "date" | "cost" | "byokCost" | "requests" | "tokensInput" | "tokensOutput">;

/**
 * Why a response cannot replace the requested days, as a message for the user: rows of other days, columns that are missing
 * in all rows, or days with implausibly high usage. `null` if it can (pure).
 */
export function findGap(answer: { rows: DatedRow[]; missing: string[] }, window: Window): Message | null {
  if (answer.missing.length > 0) return message("openrouter_fields_missing", { fields: answer.missing });
  const stray = answer.rows.find((row) => row.date < window.from || row.date > window.through);
  if (stray)
    return message("openrouter_wrong_range", { answered: stray.date, from: window.from, through: window.through });
  const day = findAbsurdDay(answer.rows);
  return day === null ? null : message("openrouter_usage_too_large", { day });
}

/** A day whose total exceeds the maximum of a row, because sums must stay exact. */
function findAbsurdDay(rows: DatedRow[]): Day | null {
  const sums = new Map<Day, { cost: bigint; byokCost: bigint; requests: number; tokens: number }>();
  for (const row of rows) {
    const sum = sums.get(row.date) ?? { cost: 0n, byokCost: 0n, requests: 0, tokens: 0 };
    sum.cost += magnitude(row.cost);
    sum.byokCost += magnitude(row.byokCost);
    sum.requests += row.requests;
    sum.tokens += row.tokensInput + row.tokensOutput;
    sums.set(row.date, sum);
    if (sum.cost > MAX_DAY_NANOS || sum.byokCost > MAX_DAY_NANOS) return row.date;
    if (sum.requests > MAX_DAY_COUNT || sum.tokens > 2 * MAX_DAY_COUNT) return row.date;
  }
  return null;
}

const magnitude = (amount: bigint) => (amount < 0n ? -amount : amount);

const UNITS = [
  { unit: "day", ms: 86_400_000 },
  { unit: "hour", ms: 3_600_000 },
  { unit: "minute", ms: 60_000 },
] as const;

/** Message about a response with a wrong date, whose usage is not stored. In the largest unit, so that it is the same after each sync (pure). */
export function wrongDate(deviationMs: number): Message {
  const distance = Math.abs(deviationMs);
  const { unit, ms } = UNITS.find((candidate) => distance >= candidate.ms) ?? UNITS[2];
  const direction = deviationMs > 0 ? "ahead" : "behind";
  return message("openrouter_wrong_date", { amount: Math.round(distance / ms), unit, direction });
}
