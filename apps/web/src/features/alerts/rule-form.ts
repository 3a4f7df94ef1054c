import type { Format } from "@orwatch/messages/format";
import * as z from "zod/mini";
import { amount, typedNumber, wholeNumber } from "../../components/forms/numbers.ts";
import { text } from "../../components/forms/schemas.ts";
import type { AlertRule, RuleDraft } from "../../lib/api/trpc.ts";
import { type Marks, writeNumber } from "../../lib/format/numbers.ts";

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

export const SPANS = ["day", "week", "month"] as const;
export const TIMES = { min: 1.1, max: 100 };

/** Form values of a rule: the terms of all kinds, of which only those of the chosen kind are used. */
export interface RuleValues {
  kind: RuleKind;
  name: string;
  /** `null` for all keys. */
  api_key_ids: number[] | null;
  span: (typeof SPANS)[number];
  amount: string;
  percents: string;
  times: string;
  least: string;
  each_key: boolean;
  days: string;
  hours: string;
}

export const NEW_RULE: RuleValues = {
  kind: "spend",
  name: "",
  api_key_ids: null,
  span: "day",
  amount: "",
  percents: "50, 80, 100",
  times: "3",
  least: "1.00",
  each_key: false,
  days: "7",
  hours: "24",
};

export function toValues(rule: AlertRule, format: Format): RuleValues {
  const write = (plain: string) => writeNumber(plain, format.marks());
  return {
    kind: rule.kind,
    name: rule.name,
    api_key_ids: rule.keys?.filter(({ is_deleted }) => !is_deleted).map(({ id }) => id) ?? null,
    span: rule.span ?? NEW_RULE.span,
    amount: write(rule.amount ?? ""),
    percents: rule.percents?.join(", ") ?? NEW_RULE.percents,
    times: write(String(rule.times ?? NEW_RULE.times)),
    least: write(rule.least ?? NEW_RULE.least),
    each_key: rule.each_key ?? false,
    days: String(rule.days ?? NEW_RULE.days),
    hours: String(rule.hours ?? NEW_RULE.hours),
  };
}

const percents = (marks: Marks) =>
  z.pipe(
    z.string(),
    z.transform((typed, { issues }) => {
      const refuse = (message: "doubtful" | "bad") => {
        issues.push({ code: "custom", input: typed, message });
        return z.NEVER;
      };
      // With a decimal comma, this may be one number or two.
      if (marks.decimal === "," && /^\s*\d+,\d+\s*%?\s*$/.test(typed)) return refuse("doubtful");
      const parts = typed.split(/[,;\s%]+/).filter(Boolean);
      const isGood = parts.every((one) => /^\d{1,3}$/.test(one) && Number(one) >= 1 && Number(one) <= 100);
      return isGood && parts.length >= 1 && parts.length <= 5 ? parts.map(Number) : refuse("bad");
    }),
  );

const toTimes = (plain: string): number | null => {
  const times = Number(plain);
  return /^\d{1,3}(\.\d{1,2}0*)?$/.test(plain) && times >= TIMES.min && times <= TIMES.max ? times : null;
};

/** Converts form values to the request, with the terms of the kind only. */
export function ruleSchema(marks: Marks): z.ZodMiniType<RuleDraft, RuleValues> {
  const each_key = z.boolean();
  const rule = <K extends RuleKind, T extends z.core.$ZodLooseShape>(kind: K, terms: T) =>
    z.object({
      name: text,
      kind: z.literal(kind),
      api_key_ids: z.nullable(z.array(z.int()).check(z.minLength(1, "none"))),
      ...terms,
    });
  return z.discriminatedUnion("kind", [
    rule("spend", { span: z.enum(SPANS), amount: amount(marks), each_key }),
    rule("limit_share", { percents: percents(marks) }),
    rule("credits", { amount: amount(marks) }),
    rule("unusual", { times: typedNumber(marks, toTimes), least: amount(marks), each_key }),
    rule("key_invalid", {}),
    rule("key_expires", { days: wholeNumber(marks, { max: 365 }) }),
    rule("sync_stale", { hours: wholeNumber(marks, { max: 720 }) }),
  ]) as unknown as z.ZodMiniType<RuleDraft, RuleValues>;
}
