import type { AnyMessage } from "@orwatch/messages/message";
import { formatMoney, formatNumber } from "../../lib/format.ts";
import { text } from "../../lib/text/alerts.ts";
import type { AlertRule } from "../../lib/trpc.ts";

const words = text.rules;

type Described = Pick<
  AlertRule,
  "kind" | "keys" | "span" | "amount" | "percents" | "times" | "least" | "each_key" | "days" | "hours"
>;

/** Kinds that look at keys together unless told otherwise; the others at each by itself. */
const isTogether = ({ kind, each_key }: Described) => (kind === "spend" || kind === "unusual") && !each_key;

export const nameOf = ({ name, is_deleted }: { name: string; is_deleted: boolean }): string =>
  is_deleted ? words.gone(name) : name;

function whoseOf(rule: Described): string {
  const { keys } = rule;
  if (keys === null) return isTogether(rule) ? words.whose.all : words.whose.each;
  const [first] = keys;
  if (keys.length === 1 && first) return words.whose.one(nameOf(first));
  return isTogether(rule) ? words.whose.some(keys.length) : words.whose.eachOf(keys.length);
}

/** A default name in the reader's language, or what a user typed. */
export const ruleName = (
  { name, name_message }: Pick<AlertRule, "name" | "name_message">,
  say: (message: AnyMessage) => string,
): string => (name_message ? say(name_message) : name);

/** What a rule waits for, as one sentence. */
export function describeRule(rule: Described): string {
  const whose = whoseOf(rule);
  const { sentence } = words;
  switch (rule.kind) {
    case "spend":
      return sentence.spend(whose, formatMoney(rule.amount), words.spans[rule.span ?? "day"]);
    case "limit_share": {
      const shares = (rule.percents ?? []).map((percent) => text.formats.percent(String(percent)));
      return sentence.limit_share(whose, shares.join(", "));
    }
    case "credits":
      return sentence.credits(whose, formatMoney(rule.amount));
    case "unusual":
      return sentence.unusual(whose, formatNumber(String(rule.times ?? 0)), formatMoney(rule.least));
    case "key_invalid":
      return sentence.key_invalid(whose);
    case "key_expires":
      return sentence.key_expires(whose, rule.days ?? 0);
    case "sync_stale":
      return sentence.sync_stale(whose, rule.hours ?? 0);
  }
}
