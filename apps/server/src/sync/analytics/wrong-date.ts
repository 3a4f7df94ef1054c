import { type Message, message } from "@orwatch/messages/message";

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
