import type { AnyMessage } from "@orwatch/messages/message";
import type { AlertRule } from "../../lib/api/trpc.ts";
import type { Words } from "../../lib/i18n/i18n.ts";

type Described = Pick<
  AlertRule,
  "kind" | "keys" | "span" | "amount" | "percents" | "times" | "least" | "each_key" | "days" | "hours"
>;
type Saying = Pick<Words<"alerts">, "t" | "format">;

/** Kinds that apply to combined spend by default. The others apply to each key. */
const isTogether = ({ kind, each_key }: Described) => (kind === "spend" || kind === "unusual") && !each_key;

function scopeOf(rule: Described, { t }: Pick<Saying, "t">): string {
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
export function describeRule(rule: Described, { t, format }: Saying): string {
  const scope = scopeOf(rule, { t });
  const { sentence } = t.alerts.rules;
  switch (rule.kind) {
    case "spend":
      return sentence.spend({ scope, amount: format.money(rule.amount), span: rule.span ?? "day" });
    case "limit_share": {
      const percents = (rule.percents ?? []).map((percent) => format.percent(percent));
      return sentence.limit_share({ scope, percents: percents.join(", ") });
    }
    case "credits":
      return sentence.credits({ all: rule.keys === null ? "yes" : "no", scope, amount: format.money(rule.amount) });
    case "unusual":
      return sentence.unusual({ scope, times: format.number(rule.times, 2), least: format.money(rule.least) });
    case "key_invalid":
      return sentence.key_invalid({ scope });
    case "key_expires":
      return sentence.key_expires({ scope, days: rule.days ?? 0 });
    case "sync_stale":
      return sentence.sync_stale({ scope, hours: rule.hours ?? 0 });
  }
}
