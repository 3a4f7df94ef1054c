import { formatNanos } from "@orwatch/domain/money";
import { message } from "@orwatch/messages/message";
import { defineRule, type Facts } from "./define.ts";
import { amountField, eachKeyField, toNanos } from "./fields.ts";
import { assessHours, costInHour, daysOfHours, type Hour, watchedIn } from "./hours.ts";
import { type Group, groupsOf, scopeOf, subjectsOfGroups } from "./spend-scope.ts";

/** Spend within an hour of the clock (UTC) above an amount. */
export const hourlySpend = defineRule({
  kind: "hourly_spend",
  summary: "spend within a UTC hour is above `amount`, for keys whose usage is collected by hour",
  fields: { amount: amountField("Threshold in USD."), each_key: eachKeyField },
  defaults: { each_key: false },
  toTerms: ({ amount, each_key }) => ({ amount: toNanos(amount), eachKey: each_key }),
  toFields: ({ amount, eachKey }) => ({ amount: formatNanos(amount), each_key: eachKey }),
  amounts: ["amount"],
  defaultRule: null,
  hourlyDays: (_, today) => daysOfHours(today),
  line: ({ amount, eachKey }) => ({ amount, per: "hour", eachKey }),
  subjects: subjectsOfGroups,

  evaluate({ terms, rule, keys, facts, now }) {
    if (facts.isBackfilling) return [];
    return groupsOf({ rule, keys, eachKey: terms.eachKey, facts }).flatMap((group) => {
      const scope = scopeOf(rule, group);
      return assessHours({
        rule,
        group,
        threshold: formatNanos(terms.amount),
        now,
        stateOf(hour) {
          const found = spentIn(group, facts, hour);
          if (!found) return null;
          const { spent, isWhole } = found;
          const isAbove = spent > terms.amount;
          const params = { scope, at: hour.start.toISOString(), spent: String(spent), threshold: String(terms.amount) };
          const measured = { value: formatNanos(spent), unit: "usd" as const };
          return {
            isAbove: isAbove || (isWhole ? false : null),
            spent,
            alert: () => ({ ...measured, message: message("hourly_spend_above_threshold", params) }),
            resolved: () => ({ ...measured, message: message("hourly_spend_resolved", params) }),
          };
        },
      });
    });
  },
});

/** Known spend in an hour, and whether it is all of it. Keys without any spend by hour are left out. `null` if nothing is known. */
function spentIn(group: Group, facts: Facts, { day, hour }: Hour): { spent: bigint; isWhole: boolean } | null {
  const ids = group.ids.filter((id) => facts.hours.has(id));
  const costOf = (id: number) => costInHour(facts.hours.get(id), hour).get(day);
  const known = ids.flatMap((id) => costOf(id) ?? []);
  if (known.length === 0) return null;
  return {
    spent: known.reduce((sum, { cost }) => sum + cost, 0n),
    isWhole: watchedIn(ids, facts).every((id) => costOf(id)?.isWhole),
  };
}
