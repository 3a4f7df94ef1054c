import type { Format } from "@orwatch/messages/format";
import type { AlertRule, RuleDraft } from "../../lib/api/trpc.ts";
import { parseMoney, toMoney } from "../../lib/format/money.ts";
import { readCount, readNumber, writeNumber } from "../../lib/format/numbers.ts";
import type { Words } from "../../lib/i18n/i18n.ts";

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

export function toDraft(rule: AlertRule, format: Format): Draft {
  const write = (plain: string) => writeNumber(plain, format.marks());
  return {
    kind: rule.kind,
    name: rule.name,
    isAllKeys: rule.keys === null,
    keyIds: (rule.keys ?? []).filter(({ is_deleted }) => !is_deleted).map(({ id }) => id),
    span: rule.span ?? EMPTY.span,
    amount: write(rule.amount ?? ""),
    percents: rule.percents?.join(", ") ?? EMPTY.percents,
    times: write(String(rule.times ?? EMPTY.times)),
    least: write(rule.least ?? EMPTY.least),
    isEachKey: rule.each_key ?? false,
    days: String(rule.days ?? EMPTY.days),
    hours: String(rule.hours ?? EMPTY.hours),
  };
}

type Saying = Pick<Words<"alerts">, "t" | "format">;

/** A value as it is sent, or what is wrong with what was typed. */
type Typed<T> = { value: T } | { problem: string };

interface Reader<T> {
  /** `null` where the number is no such value. */
  toValue: (plain: string) => T | null;
  /** A value for a person, where a number can be read in two ways. */
  say: (plain: string) => string;
  problem: string;
}

function readTyped<T>(typed: string, { toValue, say, problem }: Reader<T>, { t, format }: Saying): Typed<T> {
  const marks = format.marks();
  const read = readNumber(typed, marks);
  if (read && "readings" in read) {
    const [one, other] = read.readings;
    // Where only one of them is allowed, it is meant.
    const allowed = read.readings.flatMap((plain) => toValue(plain) ?? []);
    if (allowed[0] !== undefined && allowed.length === 1) return { value: allowed[0] };
    if (allowed.length === 2)
      return {
        problem: t.alerts.form.twoReadings({
          one: say(one),
          other: say(other),
          typeOne: writeNumber(one, marks),
          typeOther: writeNumber(other, marks),
        }),
      };
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

function readAmount(typed: string, saying: Saying): Typed<string> {
  const { t, format } = saying;
  const example = writeNumber("25.00", format.marks());
  return readTyped(
    typed.trim().replace(/^(US)?\$|\$$/g, ""),
    {
      toValue: toAmount,
      say: (plain) => format.money(parseMoney(plain)),
      problem: t.alerts.form.amountBad({ example }),
    },
    saying,
  );
}

function readWhole(typed: string, max: number, { t, format }: Saying): Typed<number> {
  const count = readCount(typed, format.marks());
  return count !== null && count >= 1 && count <= max
    ? { value: count }
    : { problem: t.alerts.form.numberBad({ min: 1, max }) };
}

function readPercents(typed: string, { t, format }: Saying): Typed<number[]> {
  // With a decimal comma this may be one number or two.
  if (format.marks().decimal === "," && /^\s*\d+,\d+\s*%?\s*$/.test(typed))
    return { problem: t.alerts.form.percentsDoubtful };
  const parts = typed.split(/[,;\s%]+/).filter(Boolean);
  const found = parts.filter((one) => /^\d{1,3}$/.test(one) && Number(one) >= 1 && Number(one) <= 100).map(Number);
  const isGood = parts.length >= 1 && parts.length <= 5 && found.length === parts.length;
  return isGood ? { value: found } : { problem: t.alerts.form.percentsBad };
}

const TIMES = { min: 1.1, max: 100 };

function readTimes(typed: string, saying: Saying): Typed<number> {
  const say = (value: number) => saying.format.number(value, 2);
  const isAllowed = (value: number) => value >= TIMES.min && value <= TIMES.max;
  return readTyped(
    typed,
    {
      toValue: (plain) => (/^\d{1,3}(\.\d{1,2}0*)?$/.test(plain) && isAllowed(Number(plain)) ? Number(plain) : null),
      say: (plain) => say(Number(plain)),
      problem: saying.t.alerts.form.timesBad({ min: say(TIMES.min), max: say(TIMES.max) }),
    },
    saying,
  );
}

const MOST_DAYS = 365;
const MOST_HOURS = 720;

type Terms = Omit<RuleDraft, "name" | "kind" | "api_key_ids" | "is_active">;
export type Problems = Record<string, string>;

function readTerms(draft: Draft, saying: Saying): { terms: Terms; problems: Problems } {
  const problems: Problems = {};
  const take = <T>(name: string, typed: Typed<T>): T => {
    if ("value" in typed) return typed.value;
    problems[name] = typed.problem;
    return undefined as T;
  };
  const amount = () => take("amount", readAmount(draft.amount, saying));
  const terms = ((): Terms => {
    switch (draft.kind) {
      case "spend":
        return { span: draft.span, amount: amount(), each_key: draft.isEachKey };
      case "limit_share":
        return { percents: take("percents", readPercents(draft.percents, saying)) };
      case "credits":
        return { amount: amount() };
      case "unusual":
        return {
          times: take("times", readTimes(draft.times, saying)),
          least: take("least", readAmount(draft.least, saying)),
          each_key: draft.isEachKey,
        };
      case "key_expires":
        return { days: take("days", readWhole(draft.days, MOST_DAYS, saying)) };
      case "sync_stale":
        return { hours: take("hours", readWhole(draft.hours, MOST_HOURS, saying)) };
      case "key_invalid":
        return {};
    }
  })();
  return { terms, problems };
}

/** What is sent for a form as typed, or what is wrong with it by field. */
export function readDraft(draft: Draft, saying: Saying): { rule: RuleDraft } | { problems: Problems } {
  const { terms, problems } = readTerms(draft, saying);
  const { t } = saying;
  if (!draft.name.trim()) problems.name = t.common.required({ field: t.alerts.form.name });
  if (!draft.isAllKeys && draft.keyIds.length === 0) problems.api_key_ids = t.alerts.form.noKey;
  if (Object.keys(problems).length > 0) return { problems };
  return {
    rule: { name: draft.name, kind: draft.kind, api_key_ids: draft.isAllKeys ? null : draft.keyIds, ...terms },
  };
}
