import { formatNanos } from "@orwatch/domain/money";
import { type Message, message } from "@orwatch/messages/message";
import { parseStoredMessage } from "@orwatch/messages/parse";
import type { NoticeItem, NoticeKind } from "../notifications/inbox/notices.ts";
import { type Assessment, type KeyFacts, LASTING } from "./assessment.ts";
import type { Decision, Fire, Recover } from "./decide.ts";
import type { Rule, Span, Terms } from "./rule.ts";

/** The key that a rule about single keys found something of. */
function keyIn({ key }: Assessment): KeyFacts {
  if (key === null) throw new Error("An assessment of a rule about keys names its key.");
  return key;
}

const keyParams = (assessment: Assessment) => {
  const { id, name } = keyIn(assessment);
  return { key_id: id, key: name };
};

/** Whose spend it is: one key's, that of all keys, or that of those the rule names. */
const scopeOf = (rule: Rule, { key }: Assessment) =>
  key
    ? ({ kind: "key", id: key.id, name: key.name } as const)
    : rule.keys === null
      ? ({ kind: "all" } as const)
      : ({ kind: "selected", count: rule.keys.length } as const);

const spanName: Record<Span, (from: string) => string> = {
  day: (from) => from,
  week: (from) => `week of ${from}`,
  month: (from) => from.slice(0, 7),
};

type Measured = Pick<NoticeItem, "threshold" | "value" | "unit" | "window">;
const NOT_MEASURED: Measured = { threshold: null, value: null, unit: null, window: null };

/** A limit of 0 is used up from the start. */
const percentOf = ({ key, found }: Assessment): number => {
  const limit = key?.limit ?? null;
  if (limit === null) return 0;
  return limit <= 0n ? 100 : Number((found.amount * 100n) / limit);
};

/** How many times the usual it is, to a tenth; `null` when nothing is usual. */
const timesOf = ({ found }: Assessment): number | null =>
  found.usual && found.usual.doubled > 0n ? Number((found.amount * 20n) / found.usual.doubled) / 10 : null;

function measure(terms: Terms, assessment: Assessment, threshold: string): Measured {
  const { found, period } = assessment;
  const window = period === LASTING ? null : period;
  switch (terms.kind) {
    case "spend":
      return { threshold, value: formatNanos(found.amount), unit: "usd", window: spanName[terms.span](period) };
    case "credits":
      return { threshold, value: formatNanos(found.amount), unit: "usd", window: null };
    case "unusual":
      return { threshold, value: timesOf(assessment)?.toFixed(1) ?? null, unit: "times", window };
    case "limit_share":
      return { threshold, value: String(percentOf(assessment)), unit: "percent", window };
    case "key_expires":
      return { ...NOT_MEASURED, threshold, unit: "days" };
    case "sync_stale":
      return { ...NOT_MEASURED, threshold, unit: "hours" };
    case "key_invalid":
      return NOT_MEASURED;
  }
}

const RESETS = ["daily", "weekly", "monthly"] as const;
const toReset = (reset: string | null) => RESETS.find((known) => known === reset) ?? null;

/** Status and sync errors of a key are stored messages. */
const causeOf = (stored: string | null): Message | null => (stored === null ? null : parseStoredMessage(stored));

function alertMessage({ rule, assessment, threshold }: Fire, now: Date): Message {
  const { terms } = rule;
  const { found, period } = assessment;
  switch (terms.kind) {
    case "spend":
      return message("spend_above_threshold", {
        scope: scopeOf(rule, assessment),
        period: terms.span,
        from: period,
        spent: String(found.amount),
        threshold: String(terms.amount),
      });
    case "unusual": {
      const times = timesOf(assessment);
      return message("spend_unusual", {
        scope: scopeOf(rule, assessment),
        day: period,
        spent: String(found.amount),
        usual: times === null ? null : String((found.usual?.doubled ?? 0n) / 2n),
        times,
      });
    }
    case "credits":
      return message("credits_below", {
        ...keyParams(assessment),
        remaining: String(found.amount),
        threshold: String(terms.amount),
      });
    case "limit_share":
      return limitMessage(assessment);
    case "key_invalid":
      return message("key_rejected", { ...keyParams(assessment), cause: causeOf(keyIn(assessment).statusMessage) });
    case "key_expires":
      return expiryMessage(assessment, now);
    case "sync_stale": {
      const { lastSyncedAt, lastSyncError } = keyIn(assessment);
      return message("key_sync_stale", {
        ...keyParams(assessment),
        hours: Number(threshold),
        synced_at: lastSyncedAt?.toISOString() ?? null,
        cause: causeOf(lastSyncError),
      });
    }
  }
}

function limitMessage(assessment: Assessment): Message {
  const key = keyIn(assessment);
  const limit = key.limit ?? 0n;
  const remaining = limit - assessment.found.amount;
  const facts = {
    ...keyParams(assessment),
    percent: percentOf(assessment),
    limit: String(limit),
    resets: toReset(key.limitReset),
  };
  return remaining < 0n
    ? message("key_limit_exceeded", { ...facts, exceeded_by: String(-remaining) })
    : message("key_limit_share", { ...facts, remaining: String(remaining) });
}

function expiryMessage(assessment: Assessment, now: Date): Message {
  // Only a key that has an end can be near it.
  const expiresAt = keyIn(assessment).expiresAt ?? now;
  const instant = expiresAt.toISOString();
  if (expiresAt <= now) return message("key_expired", { ...keyParams(assessment), expired_at: instant });
  const days = Math.floor((expiresAt.getTime() - now.getTime()) / 86_400_000);
  return message("key_expires", { ...keyParams(assessment), days, expires_at: instant });
}

function recoveryMessage({ rule, assessment, firing }: Recover): Message {
  const { found } = assessment;
  switch (rule.terms.kind) {
    case "limit_share": {
      const { limit } = keyIn(assessment);
      if (limit === null) return message("key_limit_removed", keyParams(assessment));
      return message("key_limit_share_resolved", {
        ...keyParams(assessment),
        threshold: Number(firing.threshold),
        percent: percentOf(assessment),
        limit: String(limit),
      });
    }
    case "credits":
      return message("credits_resolved", {
        ...keyParams(assessment),
        remaining: String(found.amount),
        threshold: String(rule.terms.amount),
      });
    case "key_invalid":
      return message("key_rejected_resolved", keyParams(assessment));
    case "key_expires":
      return message("key_expires_resolved", { ...keyParams(assessment), days: Number(firing.threshold) });
    default:
      return message("key_sync_stale_resolved", keyParams(assessment));
  }
}

const ruleOf = (rule: Rule) => ({ rule_id: rule.id, rule_name: rule.name, rule_kind: rule.terms.kind });
const keyOf = ({ key }: Assessment) => ({ api_key_id: key?.id ?? null, key_name: key?.name ?? null });

export const alertItem = (fire: Fire, now: Date): NoticeItem => ({
  event: "alert",
  ...ruleOf(fire.rule),
  ...keyOf(fire.assessment),
  ...measure(fire.rule.terms, fire.assessment, fire.threshold),
  message: alertMessage(fire, now),
});

export const recoveryItem = (recover: Recover): NoticeItem => ({
  event: "recovery",
  ...ruleOf(recover.rule),
  ...keyOf(recover.assessment),
  ...measure(recover.rule.terms, recover.assessment, recover.firing.threshold),
  message: recoveryMessage(recover),
});

export const goneItem = ({ rule, key, isLast }: Decision["gone"][number]): NoticeItem => ({
  event: "rule",
  ...ruleOf(rule),
  api_key_id: key.id,
  key_name: key.name,
  ...NOT_MEASURED,
  message: message("rule_key_deleted", {
    rule_id: rule.id,
    rule: rule.name,
    key_id: key.id,
    key: key.name,
    remaining: isLast ? "none" : "some",
  }),
});

/** An alert outweighs a recovery, and that a note on a rule. */
export const kindOf = (items: NoticeItem[]): NoticeKind =>
  (["alert", "recovery", "rule"] as const).find((kind) => items.some(({ event }) => event === kind)) ?? "summary";
