import { addDays } from "@orwatch/domain/day";
import { formatNanos } from "@orwatch/domain/money";
import { message } from "@orwatch/messages/message";
import { z } from "zod";
import { type CostByDay, compareWithUsual, type SpendAndUsual, sameWeekdaysBefore } from "../../stats/usual.ts";
import { type Assessment, defineRule } from "./define.ts";
import { amountField, eachKeyField, field, toNanos } from "./fields.ts";
import { groupsOf, periodsOf, scopeOf, subjectsOfGroups } from "./spend-scope.ts";

/** Spend of a day far above the usual spend of its weekday. */
export const unusualSpend = defineRule({
  kind: "unusual",
  summary: "today's spend is above `times` the usual spend of that weekday",
  fields: {
    times: field(
      z
        .number()
        .min(1.1)
        .max(100)
        .describe(
          "Multiple of the usual spend: the median of the same weekday, or of the same hour of the week, in the last 8 weeks.",
        ),
      z.number(),
    ),
    least: amountField("Minimum spend in USD. A day or hour below it is never unusual."),
    each_key: eachKeyField,
  },
  defaults: { times: 3, least: "1.00", each_key: false },
  /** `times` in hundredths. */
  toTerms: ({ times, least, each_key }) => ({
    times: Math.round(times * 100),
    least: toNanos(least),
    eachKey: each_key,
  }),
  toFields: ({ times, least, eachKey }) => ({ times: times / 100, least: formatNanos(least), each_key: eachKey }),
  amounts: ["least"],
  defaultRule: { times: 300, least: 1_000_000_000n, eachKey: false },

  days: (_, today) => [today, addDays(today, -1)].flatMap((day) => [day, ...sameWeekdaysBefore(day)]),

  subjects: subjectsOfGroups,

  evaluate({ terms, rule, keys, facts, now }) {
    if (facts.isBackfilling) return [];
    const periods = periodsOf("day", rule.since, now);
    return groupsOf({ rule, keys, eachKey: terms.eachKey, facts }).flatMap((group) =>
      periods.flatMap(({ from: day }): Assessment[] => {
        const costs = new Map(group.ids.map((id): [number, CostByDay] => [id, facts.days.get(id) ?? new Map()]));
        const found = compareWithUsual(costs, day);
        if (!found) return [];
        const { spent } = found;
        const threshold = String(terms.times / 100);
        const { isUnusual, usual, times } = measureUnusual(found, terms);
        return [
          {
            subject: group.subject,
            key: group.key,
            period: day,
            window: day,
            levels: [
              {
                threshold,
                isFiring: isUnusual,
                alert: () => ({
                  threshold,
                  value: times?.toFixed(1) ?? null,
                  unit: "times",
                  window: day,
                  days: { from: day, through: day },
                  message: message("spend_unusual", {
                    scope: scopeOf(rule, group),
                    day,
                    spent: String(spent),
                    usual,
                    times,
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

/** Whether spend is unusual by the terms of a rule, and how it is said. `times` is rounded to a tenth; both are `null` if the usual spend is 0. */
export function measureUnusual(
  { spent, doubledUsual }: SpendAndUsual,
  terms: { times: number; least: bigint },
): { isUnusual: boolean; usual: string | null; times: number | null } {
  const isUnusual = spent >= terms.least && spent * 200n > doubledUsual * BigInt(terms.times);
  if (doubledUsual <= 0n) return { isUnusual, usual: null, times: null };
  return { isUnusual, usual: String(doubledUsual / 2n), times: Number((spent * 20n) / doubledUsual) / 10 };
}
