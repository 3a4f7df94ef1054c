import type { AnyMessage } from "@orwatch/messages/message";
import type { AlertRule } from "../../lib/api/trpc.ts";
import type { Words } from "../../lib/i18n/i18n.ts";

type Described = Pick<
  AlertRule,
  "kind" | "keys" | "span" | "amount" | "percents" | "times" | "least" | "each_key" | "days" | "hours"
>;
type Wording = Pick<Words<"alerts">, "t" | "format">;

/** Only kinds that can apply to combined spend have `each_key`. */
const isTogether = ({ each_key }: Described) => each_key === false;

function scopeOf(rule: Described, { t }: Pick<Wording, "t">): string {
  const { keys } = rule;
  const { scope, deletedKey } = t.alerts.rules;
  if (keys === null) return isTogether(rule) ? scope.all : scope.each;
  const [first] = keys;
  if (keys.length === 1 && first) return first.is_deleted ? deletedKey({ name: first.name }) : first.name;
  return isTogether(rule) ? scope.some({ count: keys.length }) : scope.eachOf({ count: keys.length });
}

/** The default name in the user's language, or the name that a user has chosen. */
export const ruleName = (
  { name, name_message }: Pick<AlertRule, "name" | "name_message">,
  say: (message: AnyMessage) => string,
): string => (name_message ? say(name_message) : name);

/** The condition of a rule as a sentence. */
export function describeRule(rule: Described, { t, format }: Wording): string {
  const scope = scopeOf(rule, { t });
  // Each sentence uses the terms of its kind.
  return t.alerts.rules.sentence[rule.kind]({
    scope,
    all: rule.keys === null ? "yes" : "no",
    span: rule.span ?? "day",
    amount: format.money(rule.amount),
    percents: (rule.percents ?? []).map((percent) => format.percent(percent)).join(", "),
    times: format.number(rule.times, 2),
    least: format.money(rule.least),
    days: rule.days ?? 0,
    hours: rule.hours ?? 0,
  });
}
