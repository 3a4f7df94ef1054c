import { startOf } from "@orwatch/domain/day";
import { divideHalfUp, formatNanos } from "@orwatch/domain/money";
import { parseStoredMessage } from "@orwatch/messages/parse";
import type { NoticeItem, NoticeKind } from "../notifications/inbox/notices.ts";
import { toEnglish } from "../platform/english.ts";
import { type Assessment, LASTING } from "./assessment.ts";
import type { Decision, Fire, Recover } from "./decide.ts";
import type { Rule, Span, Terms } from "./rule.ts";

const said = (stored: string) => toEnglish(parseStoredMessage(stored));

const CENT = 10_000_000n;

/** Dollars as people read them: to the cent, exact below one, thousands apart. */
export function dollars(nanos: bigint): string {
  const sign = nanos < 0n ? "-" : "";
  const magnitude = nanos < 0n ? -nanos : nanos;
  const shown = magnitude > 0n && magnitude < CENT ? magnitude : divideHalfUp(magnitude, CENT) * CENT;
  return `${sign}$${formatNanos(shown).replace(/\B(?=(\d{3})+\.)/g, ",")}`;
}

/** Both to the cent, or in full where they would read the same. */
function pair(found: bigint, set: bigint): [string, string] {
  const [one, other] = [dollars(found), dollars(set)];
  return one === other && found !== set ? [`$${formatNanos(found)}`, `$${formatNanos(set)}`] : [one, other];
}

const atMinute = (date: Date) => `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
const quoted = (name: string) => `“${name}”`;

function whose(rule: Rule, { key }: Assessment): string {
  if (key) return `key ${quoted(key.name)}`;
  return rule.keys === null ? "all keys" : `${rule.keys.length} keys`;
}

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

const spanName: Record<Span, (from: string) => string> = {
  day: (from) => from,
  week: (from) => `week of ${from}`,
  month: (from) => from.slice(0, 7),
};
const spanWords: Record<Span, (from: string) => string> = {
  day: (from) => `on ${from}`,
  week: (from) => `in the week of ${from}`,
  month: (from) => `in ${from.slice(0, 7)}`,
};

type Measured = Pick<NoticeItem, "threshold" | "value" | "unit" | "window">;
const NOT_MEASURED: Measured = { threshold: null, value: null, unit: null, window: null };

/** A limit of 0 is used up from the start. */
const percentOf = ({ key, found }: Assessment): number => {
  const limit = key?.limit ?? null;
  if (limit === null) return 0;
  return limit <= 0n ? 100 : Number((found.amount * 100n) / limit);
};

/** Tenths of how many times the usual it is; `null` when nothing is usual. */
const timesOf = ({ found }: Assessment): string | null =>
  found.usual && found.usual.doubled > 0n ? (Number((found.amount * 20n) / found.usual.doubled) / 10).toFixed(1) : null;

function measure(terms: Terms, assessment: Assessment, threshold: string): Measured {
  const { found, period } = assessment;
  const window = period === LASTING ? null : period;
  switch (terms.kind) {
    case "spend":
      return { threshold, value: formatNanos(found.amount), unit: "usd", window: spanName[terms.span](period) };
    case "credits":
      return { threshold, value: formatNanos(found.amount), unit: "usd", window: null };
    case "unusual":
      return { threshold, value: timesOf(assessment), unit: "times", window };
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

function alertText({ rule, assessment, threshold }: Fire, now: Date): string {
  const { terms } = rule;
  const { key, found, period } = assessment;
  const name = quoted(key?.name ?? "");
  switch (terms.kind) {
    case "spend": {
      const [spent, most] = pair(found.amount, terms.amount);
      return `Spend of ${whose(rule, assessment)} ${spanWords[terms.span](period)}: ${spent}, above ${most}.`;
    }
    case "unusual": {
      const weekday = WEEKDAYS[startOf(period).getUTCDay()];
      const times = timesOf(assessment);
      const against = times
        ? `${times} times the usual ${dollars((found.usual?.doubled ?? 0n) / 2n)}`
        : "where usually nothing is spent";
      return `Spend of ${whose(rule, assessment)} on ${weekday} ${period}: ${dollars(found.amount)}, ${against}.`;
    }
    case "limit_share": {
      const limit = key?.limit ?? 0n;
      const left = limit - found.amount;
      const rest = left < 0n ? `over it by ${dollars(-left)}` : `${dollars(left)} left`;
      const reset = key?.limitReset ? `${key.limitReset} ` : "";
      return `Key ${name} has used ${percentOf(assessment)} % of its ${reset}limit of ${dollars(limit)} (${rest}).`;
    }
    case "credits": {
      const [left, least] = pair(found.amount, terms.amount);
      return `Account credits seen by ${name}: ${left} left, below ${least}.`;
    }
    case "key_invalid":
      return `OpenRouter no longer accepts key ${name}.${key?.statusMessage ? ` ${said(key.statusMessage)}` : ""}`;
    case "key_expires":
      return expiryText(name, key?.expiresAt ?? null, now);
    case "sync_stale":
      return `Key ${name} has not synced for ${threshold} hours or more${key?.lastSyncedAt ? `, since ${atMinute(key.lastSyncedAt)}` : ""}.${key?.lastSyncError ? ` ${said(key.lastSyncError)}` : ""}`;
  }
}

function expiryText(name: string, expiresAt: Date | null, now: Date): string {
  if (expiresAt === null) return `Key ${name} expires.`;
  if (expiresAt <= now) return `Key ${name} has expired on ${atMinute(expiresAt)}.`;
  const days = Math.floor((expiresAt.getTime() - now.getTime()) / 86_400_000);
  const when = days === 0 ? "within a day" : days === 1 ? "in 1 day" : `in ${days} days`;
  return `Key ${name} expires ${when}, on ${atMinute(expiresAt)}.`;
}

function recoveryText({ rule, assessment, firing }: Recover): string {
  const { key, found } = assessment;
  const name = quoted(key?.name ?? "");
  switch (rule.terms.kind) {
    case "limit_share":
      return key && key.limit !== null
        ? `Key ${name} is below ${firing.threshold} % of its limit again: ${percentOf(assessment)} % of ${dollars(key.limit)}.`
        : `Key ${name} no longer has a limit.`;
    case "credits":
      return `Account credits seen by ${name}: ${dollars(found.amount)} again, no longer below ${dollars(rule.terms.amount)}.`;
    case "key_invalid":
      return `OpenRouter accepts key ${name} again.`;
    case "key_expires":
      return `Key ${name} no longer expires within ${firing.threshold} days.`;
    default:
      return `Key ${name} syncs again.`;
  }
}

const ruleOf = (rule: Rule) => ({ rule_id: rule.id, rule_name: rule.name, rule_kind: rule.terms.kind });
const keyOf = ({ key }: Assessment) => ({ api_key_id: key?.id ?? null, key_name: key?.name ?? null });

export const alertItem = (fire: Fire, now: Date): NoticeItem => ({
  event: "alert",
  ...ruleOf(fire.rule),
  ...keyOf(fire.assessment),
  ...measure(fire.rule.terms, fire.assessment, fire.threshold),
  text: alertText(fire, now),
});

export const recoveryItem = (recover: Recover): NoticeItem => ({
  event: "recovery",
  ...ruleOf(recover.rule),
  ...keyOf(recover.assessment),
  ...measure(recover.rule.terms, recover.assessment, recover.firing.threshold),
  text: recoveryText(recover),
});

export const goneItem = ({ rule, key, isLast }: Decision["gone"][number]): NoticeItem => ({
  event: "rule",
  ...ruleOf(rule),
  api_key_id: key.id,
  key_name: key.name,
  ...NOT_MEASURED,
  text: `The rule ${quoted(rule.name)} watches a key that was deleted: ${quoted(key.name)}. ${isLast ? "It watches nothing any more." : "It goes on for its other keys."}`,
});

export const summaryItem = (text: string): NoticeItem => ({
  event: "summary",
  rule_id: null,
  rule_name: null,
  rule_kind: null,
  api_key_id: null,
  key_name: null,
  ...NOT_MEASURED,
  text,
});

/** An alert outweighs a recovery, and that a note on a rule. */
export const kindOf = (items: NoticeItem[]): NoticeKind =>
  (["alert", "recovery", "rule"] as const).find((kind) => items.some(({ event }) => event === kind)) ?? "summary";
