import { formatMoney, formatNumber } from "../../lib/format.ts";
import { parseMoney, toMoney } from "../../lib/money.ts";
import { readCount, readNumber, writeNumber } from "../../lib/numbers.ts";
import { text } from "../../lib/text/alerts.ts";
import type { AlertRule, RuleDraft } from "../../lib/trpc.ts";

const words = text.ruleForm;

export const RULE_KINDS = [
  "spend",
  "limit_share",
  "credits",
  "unusual",
  "key_invalid",
  "key_expires",
  "sync_stale",
] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

/** The form as typed: everything is text until it is sent. */
export interface Draft {
  kind: RuleKind;
  name: string;
  isAllKeys: boolean;
  keyIds: number[];
  span: "day" | "week" | "month";
  amount: string;
  percents: string;
  times: string;
  least: string;
  isEachKey: boolean;
  days: string;
  hours: string;
}

export const EMPTY: Draft = {
  kind: "spend",
  name: "",
  isAllKeys: true,
  keyIds: [],
  span: "day",
  amount: "",
  percents: "50, 80, 100",
  times: "3",
  least: "1.00",
  isEachKey: false,
  days: "7",
  hours: "24",
};

export function toDraft(rule: AlertRule): Draft {
  return {
    kind: rule.kind,
    name: rule.name,
    isAllKeys: rule.keys === null,
    keyIds: (rule.keys ?? []).filter(({ is_deleted }) => !is_deleted).map(({ id }) => id),
    span: rule.span ?? EMPTY.span,
    amount: writeNumber(rule.amount ?? ""),
    percents: rule.percents?.join(", ") ?? EMPTY.percents,
    times: writeNumber(String(rule.times ?? EMPTY.times)),
    least: writeNumber(rule.least ?? EMPTY.least),
    isEachKey: rule.each_key ?? false,
    days: String(rule.days ?? EMPTY.days),
    hours: String(rule.hours ?? EMPTY.hours),
  };
}

/** A value as it is sent, or what is wrong with what was typed. */
type Typed<T> = { value: T } | { problem: string };

interface Reader<T> {
  /** `null` where the number is no such value. */
  toValue: (plain: string) => T | null;
  /** A value for a person, where a number can be read in two ways. */
  say: (plain: string) => string;
  problem: string;
}

function readTyped<T>(typed: string, { toValue, say, problem }: Reader<T>): Typed<T> {
  const read = readNumber(typed);
  if (read && "readings" in read) {
    const [one, other] = read.readings;
    // Where only one of them is allowed, it is meant.
    const allowed = read.readings.flatMap((plain) => toValue(plain) ?? []);
    if (allowed[0] !== undefined && allowed.length === 1) return { value: allowed[0] };
    if (allowed.length === 2)
      return { problem: words.twoReadings([say(one), say(other)], [writeNumber(one), writeNumber(other)]) };
  }
  const value = read && "plain" in read ? toValue(read.plain) : null;
  return value === null ? { problem } : { value };
}

function toAmount(plain: string): string | null {
  try {
    const nanos = parseMoney(plain);
    return nanos > 0n ? toMoney(nanos) : null;
  } catch {
    return null;
  }
}

const readAmount = (typed: string): Typed<string> =>
  readTyped(typed.trim().replace(/^(US)?\$|\$$/g, ""), {
    toValue: toAmount,
    say: (plain) => formatMoney(toMoney(parseMoney(plain))),
    problem: words.amountBad,
  });

function readWhole(typed: string, most: number): Typed<number> {
  const count = readCount(typed);
  return count !== null && count >= 1 && count <= most ? { value: count } : { problem: words.numberBad(1, most) };
}

function readPercents(typed: string): Typed<number[]> {
  // With a decimal comma this may be one number or two.
  if (text.formats.decimal === "," && /^\s*\d+,\d+\s*%?\s*$/.test(typed)) return { problem: words.percentsDoubtful };
  const parts = typed.split(/[,;\s%]+/).filter(Boolean);
  const found = parts.filter((one) => /^\d{1,3}$/.test(one) && Number(one) >= 1 && Number(one) <= 100).map(Number);
  const isGood = parts.length >= 1 && parts.length <= 5 && found.length === parts.length;
  return isGood ? { value: found } : { problem: words.percentsBad };
}

const readTimes = (typed: string): Typed<number> =>
  readTyped(typed, {
    toValue: (plain) =>
      /^\d{1,3}(\.\d{1,2}0*)?$/.test(plain) && Number(plain) >= 1.1 && Number(plain) <= 100 ? Number(plain) : null,
    say: formatNumber,
    problem: words.timesBad,
  });

const MOST_DAYS = 365;
const MOST_HOURS = 720;

type Terms = Omit<RuleDraft, "name" | "kind" | "api_key_ids" | "is_active">;
export type Problems = Record<string, string>;

function readTerms(draft: Draft): { terms: Terms; problems: Problems } {
  const problems: Problems = {};
  const take = <T>(name: string, typed: Typed<T>): T => {
    if ("value" in typed) return typed.value;
    problems[name] = typed.problem;
    return undefined as T;
  };
  const amount = () => take("amount", readAmount(draft.amount));
  const terms = ((): Terms => {
    switch (draft.kind) {
      case "spend":
        return { span: draft.span, amount: amount(), each_key: draft.isEachKey };
      case "limit_share":
        return { percents: take("percents", readPercents(draft.percents)) };
      case "credits":
        return { amount: amount() };
      case "unusual":
        return {
          times: take("times", readTimes(draft.times)),
          least: take("least", readAmount(draft.least)),
          each_key: draft.isEachKey,
        };
      case "key_expires":
        return { days: take("days", readWhole(draft.days, MOST_DAYS)) };
      case "sync_stale":
        return { hours: take("hours", readWhole(draft.hours, MOST_HOURS)) };
      case "key_invalid":
        return {};
    }
  })();
  return { terms, problems };
}

/** What is sent for a form as typed, or what is wrong with it by field. */
export function readDraft(draft: Draft): { rule: RuleDraft } | { problems: Problems } {
  const { terms, problems } = readTerms(draft);
  if (!draft.name.trim()) problems.name = text.account.missing(words.name);
  if (!draft.isAllKeys && draft.keyIds.length === 0) problems.api_key_ids = words.noKey;
  if (Object.keys(problems).length > 0) return { problems };
  return {
    rule: { name: draft.name, kind: draft.kind, api_key_ids: draft.isAllKeys ? null : draft.keyIds, ...terms },
  };
}
