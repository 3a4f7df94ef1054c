import { addDays, firstOfMonth, listDays, minDay, mondayOf } from "@orwatch/domain/day";
import { formatNanos } from "@orwatch/domain/money";
import { message } from "@orwatch/messages/message";
import { z } from "zod";
import { type Assessment, defineRule, type Facts } from "./define.ts";
import { amountField, eachKeyField, field, toNanos } from "./fields.ts";
import { type Group, groupsOf, type Period, periodName, periodsOf, scopeOf, subjectsOfGroups } from "./spend-scope.ts";

const span = z.enum(["day", "week", "month"]);

/** Spend in a UTC day, week or month above an amount. */
export const spend = defineRule({
  kind: "spend",
  summary: "spend of a UTC day, week or month is above `amount`",
  fields: {
    span: field(span.describe("A UTC day, a week starting on Monday, or a calendar month."), span),
    amount: amountField("Threshold in USD."),
    each_key: eachKeyField,
  },
  defaults: { each_key: false },
  toTerms: ({ span, amount, each_key }) => ({ span, amount: toNanos(amount), eachKey: each_key }),
  toFields: ({ span, amount, eachKey }) => ({ span, amount: formatNanos(amount), each_key: eachKey }),
  amounts: ["amount"],
  defaultRule: null,

  /** The current period, and the one before as long as it is evaluated: see `periodsOf`. */
  days({ span }, today) {
    const back = addDays(today, -2);
    const from = { day: back, week: mondayOf(back), month: firstOfMonth(back) };
    return listDays(minDay(from[span], addDays(today, -1)), today);
  },

  line: ({ amount, span, eachKey }) => ({ amount, per: span, eachKey }),
  subjects: subjectsOfGroups,

  evaluate({ terms, rule, keys, facts, now }) {
    // An incomplete history would be reported as complete. The rule is evaluated again after the last sync.
    if (facts.isBackfilling) return [];
    const periods = periodsOf(terms.span, rule.since, now);
    return groupsOf({ rule, keys, eachKey: terms.eachKey, facts }).flatMap((group) =>
      periods.flatMap((period): Assessment[] => {
        const spent = spentIn(group, facts, period);
        if (spent === null) return [];
        const threshold = formatNanos(terms.amount);
        const { from } = period;
        return [
          {
            subject: group.subject,
            key: group.key,
            period: from,
            window: from,
            levels: [
              {
                threshold,
                isFiring: spent > terms.amount,
                alert: () => ({
                  threshold,
                  value: formatNanos(spent),
                  unit: "usd",
                  window: periodName[terms.span](from),
                  days: period,
                  message: message("spend_above_threshold", {
                    scope: scopeOf(rule, group),
                    period: terms.span,
                    from,
                    spent: String(spent),
                    threshold: String(terms.amount),
                  }),
                }),
              },
            ],
          },
        ];
      }),
    );
  },
});

/** `null` if no day of the period is known. */
function spentIn(group: Group, facts: Facts, period: Period): bigint | null {
  let sum: bigint | null = null;
  for (const id of group.ids)
    for (const [day, { cost }] of facts.days.get(id) ?? [])
      if (day >= period.from && day <= period.through) sum = (sum ?? 0n) + cost;
  return sum;
}
