import { toDay } from "@orwatch/domain/day";
import { formatNanos } from "@orwatch/domain/money";
import { type Message, message } from "@orwatch/messages/message";
import { z } from "zod";
import { FIRST_DAY, spanOfReset } from "../../keys/current.ts";
import { type Assessment, defineRule, type KeyFacts, LASTING, type Level } from "./define.ts";
import { field } from "./fields.ts";
import { activeKeys, keyParams, subjectsOfActiveKeys } from "./key-state.ts";

/** A used share of a key's limit at OpenRouter. */
export const limitShare = defineRule({
  kind: "limit_share",
  summary: "a share of the key's limit at OpenRouter has been used",
  fields: {
    percents: field(
      z
        .array(z.int().min(1).max(100))
        .min(1)
        .max(5)
        .describe("Used shares of the limit in percent. Each fires once until the limit resets."),
      z.array(z.int()),
    ),
  },
  defaults: { percents: [50, 80, 100] },
  toTerms: ({ percents }) => ({ percents: [...new Set(percents)].sort((a, b) => a - b) }),
  toFields: ({ percents }) => ({ percents }),
  amounts: [],
  defaultRule: { percents: [80, 100] },
  subjects: subjectsOfActiveKeys,
  evaluate: ({ terms, keys, now }) => activeKeys(keys).flatMap((key) => assess(key, terms.percents, now)),
});

/**
 * OpenRouter's remaining amount includes BYOK if the limit does, and can be negative. Used is limit − remaining. A limit of
 * 0 is used up. A new period that was not read yet is not assessed, but ends the alerts of earlier ones.
 */
function assess(key: KeyFacts, percents: number[], now: Date): Assessment[] {
  const { hasLimit, limit, remaining, countersAt, rejections, status, kind } = key;
  if (kind === "management" || status !== "valid" || rejections > 0 || countersAt === null) return [];
  if (hasLimit === null || (hasLimit && limit === null)) return [];
  const subject = `key:${key.id}`;
  if (hasLimit && remaining === null) {
    const period = limitPeriod(key.limitReset, now);
    return period === LASTING ? [] : [{ subject, key, period, window: period, levels: [] }];
  }
  const period = limitPeriod(key.limitReset, countersAt);
  // A key whose limit was removed has resolved all its alerts.
  const used = hasLimit && limit !== null && remaining !== null ? limit - remaining : 0n;
  const levels = percents.map((percent) => levelOf({ key, limit: hasLimit ? limit : null, used, period }, percent));
  return [{ subject, key, period, window: `${period}/${limit === null ? "none" : formatNanos(limit)}`, levels }];
}

/** First day of the limit's period that contains an instant. */
function limitPeriod(reset: string | null, at: Date): string {
  const span = spanOfReset(reset);
  return span === null ? LASTING : FIRST_DAY[span](toDay(at));
}

interface Used {
  key: KeyFacts;
  limit: bigint | null;
  used: bigint;
  period: string;
}

function levelOf(found: Used, percent: number): Level {
  const { limit, used, period } = found;
  const threshold = String(percent);
  const content = (message: Message) => ({
    threshold,
    value: String(percentOf(found)),
    unit: "percent" as const,
    window: period === LASTING ? null : period,
    message,
  });
  return {
    threshold,
    isFiring: limit !== null && (limit <= 0n || used * 100n >= limit * BigInt(percent)),
    alert: () => content(alertMessage(found)),
    resolved: () => content(resolvedMessage(found, percent)),
  };
}

const percentOf = ({ limit, used }: Used): number =>
  limit === null ? 0 : limit <= 0n ? 100 : Number((used * 100n) / limit);

const RESETS = ["daily", "weekly", "monthly"] as const;

function alertMessage(found: Used): Message {
  const { key, used } = found;
  const limit = found.limit ?? 0n;
  const remaining = limit - used;
  const params = {
    ...keyParams(key),
    percent: percentOf(found),
    limit: String(limit),
    resets: RESETS.find((reset) => reset === key.limitReset) ?? null,
  };
  return remaining < 0n
    ? message("key_limit_exceeded", { ...params, exceeded_by: String(-remaining) })
    : message("key_limit_share", { ...params, remaining: String(remaining) });
}

function resolvedMessage(found: Used, threshold: number): Message {
  const { key, limit } = found;
  if (limit === null) return message("key_limit_removed", keyParams(key));
  const percent = percentOf(found);
  return message("key_limit_share_resolved", { ...keyParams(key), threshold, percent, limit: String(limit) });
}
