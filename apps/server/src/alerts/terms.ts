import { formatNanos, parseNanos } from "@orwatch/domain/money";
import type { RuleKind, Span, Terms } from "./rule.ts";

/** The terms of a rule as they stand on the wire; what a kind has no use for is absent. */
export interface TermFields {
  span?: Span | undefined;
  amount?: string | undefined;
  percents?: number[] | undefined;
  times?: number | undefined;
  least?: string | undefined;
  each_key?: boolean | undefined;
  days?: number | undefined;
  hours?: number | undefined;
}

const FIELDS: Record<RuleKind, (keyof TermFields)[]> = {
  spend: ["span", "amount", "each_key"],
  limit_share: ["percents"],
  credits: ["amount"],
  unusual: ["times", "least", "each_key"],
  key_invalid: [],
  key_expires: ["days"],
  sync_stale: ["hours"],
};

const DEFAULTS: TermFields = {
  percents: [50, 80, 100],
  times: 3,
  least: "1.00",
  each_key: false,
  days: 7,
  hours: 24,
};

const NAMES = ["span", "amount", "percents", "times", "least", "each_key", "days", "hours"] as const;

/**
 * Terms of a kind from what was sent, over what it had. Pure.
 * @returns in words what is missing or does not belong there, where something does
 */
export function readTerms(kind: RuleKind, fields: TermFields, before: TermFields = {}): Terms | { problem: string } {
  const own = FIELDS[kind];
  const stray = NAMES.find((name) => fields[name] !== undefined && !own.includes(name));
  if (stray) return { problem: `${stray}: a rule of the kind ${kind} has none` };
  const all: TermFields = {};
  for (const name of own) Object.assign(all, { [name]: fields[name] ?? before[name] ?? DEFAULTS[name] });
  const missing = own.find((name) => all[name] === undefined);
  if (missing) return { problem: `${missing}: is missing` };
  return toTerms(kind, all as Whole);
}

const nanos = (text: string): bigint => parseNanos(text) ?? 0n;

type Whole = { [K in keyof TermFields]-?: NonNullable<TermFields[K]> };

function toTerms(kind: RuleKind, fields: Whole): Terms {
  switch (kind) {
    case "spend":
      return { kind, span: fields.span, amount: nanos(fields.amount), eachKey: fields.each_key };
    case "limit_share":
      return { kind, percents: [...new Set(fields.percents)].sort((a, b) => a - b) };
    case "credits":
      return { kind, amount: nanos(fields.amount) };
    case "unusual":
      return {
        kind,
        times: Math.round(fields.times * 100),
        least: nanos(fields.least),
        eachKey: fields.each_key,
      };
    case "key_invalid":
      return { kind };
    case "key_expires":
      return { kind, days: fields.days };
    case "sync_stale":
      return { kind, hours: fields.hours };
  }
}

/** The terms as the wire shows them: every name, `null` where the kind has no use for it. */
export function writeTerms(terms: Terms): { [K in keyof Whole]: Whole[K] | null } {
  return {
    span: "span" in terms ? terms.span : null,
    amount: "amount" in terms ? formatNanos(terms.amount) : null,
    percents: "percents" in terms ? terms.percents : null,
    times: "times" in terms ? terms.times / 100 : null,
    least: "least" in terms ? formatNanos(terms.least) : null,
    each_key: "eachKey" in terms ? terms.eachKey : null,
    days: "days" in terms ? terms.days : null,
    hours: "hours" in terms ? terms.hours : null,
  };
}
