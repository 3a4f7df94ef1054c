import { parseMoney } from "../../lib/format.ts";
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

const typed = (value: string) => value.replace(".", text.formats.decimal);

export function toDraft(rule: AlertRule): Draft {
  return {
    kind: rule.kind,
    name: rule.name,
    isAllKeys: rule.keys === null,
    keyIds: (rule.keys ?? []).filter(({ is_deleted }) => !is_deleted).map(({ id }) => id),
    span: rule.span ?? EMPTY.span,
    amount: typed(rule.amount ?? ""),
    percents: rule.percents?.join(", ") ?? EMPTY.percents,
    times: typed(String(rule.times ?? EMPTY.times)),
    least: typed(rule.least ?? EMPTY.least),
    isEachKey: rule.each_key ?? false,
    days: String(rule.days ?? EMPTY.days),
    hours: String(rule.hours ?? EMPTY.hours),
  };
}

/** People write amounts with a comma or a point; only one of them, and never for thousands. */
const decimal = (value: string) => value.trim().replace(/^\$/, "").replace(",", ".");

function readAmount(value: string): string | null {
  const plain = decimal(value);
  try {
    return parseMoney(plain) > 0n ? plain : null;
  } catch {
    return null;
  }
}

function readWhole(value: string, most: number): number | null {
  const number = /^\d{1,4}$/.test(value.trim()) ? Number(value) : 0;
  return number >= 1 && number <= most ? number : null;
}

function readPercents(value: string): number[] | null {
  const found = value
    .split(/[,;\s%]+/)
    .filter(Boolean)
    .map((one) => readWhole(one, 100));
  return found.length >= 1 && found.length <= 5 && !found.includes(null) ? (found as number[]) : null;
}

function readTimes(value: string): number | null {
  const plain = decimal(value);
  const times = /^\d{1,3}(\.\d{1,2})?$/.test(plain) ? Number(plain) : 0;
  return times >= 1.1 && times <= 100 ? times : null;
}

const MOST_DAYS = 365;
const MOST_HOURS = 720;

type Terms = Omit<RuleDraft, "name" | "kind" | "api_key_ids" | "is_active">;
export type Problems = Record<string, string>;

function readTerms(draft: Draft): { terms: Terms; problems: Problems } {
  const problems: Problems = {};
  const take = <T>(name: string, value: T | null, problem: string): T => {
    if (value === null) problems[name] = problem;
    return value as T;
  };
  const amount = () => take("amount", readAmount(draft.amount), words.amountBad);
  const terms = ((): Terms => {
    switch (draft.kind) {
      case "spend":
        return { span: draft.span, amount: amount(), each_key: draft.isEachKey };
      case "limit_share":
        return { percents: take("percents", readPercents(draft.percents), words.percentsBad) };
      case "credits":
        return { amount: amount() };
      case "unusual":
        return {
          times: take("times", readTimes(draft.times), words.timesBad),
          least: take("least", readAmount(draft.least), words.amountBad),
          each_key: draft.isEachKey,
        };
      case "key_expires":
        return { days: take("days", readWhole(draft.days, MOST_DAYS), words.numberBad(1, MOST_DAYS)) };
      case "sync_stale":
        return { hours: take("hours", readWhole(draft.hours, MOST_HOURS), words.numberBad(1, MOST_HOURS)) };
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
