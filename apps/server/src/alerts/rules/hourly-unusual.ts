import { message } from "@orwatch/messages/message";
import { compareWithUsual, sameWeekdaysBefore } from "../../stats/usual.ts";
import { defineRule } from "./define.ts";
import { assessHours, costInHour, daysOfHours, watchedIn } from "./hours.ts";
import { groupsOf, scopeOf, subjectsOfGroups } from "./spend-scope.ts";
import { measureUnusual, unusualSpend } from "./unusual-spend.ts";

const { fields, defaults, toTerms, toFields, amounts } = unusualSpend;

/** Spend within an hour of the clock (UTC) far above the usual spend of that hour of the week. */
export const hourlyUnusual = defineRule({
  kind: "hourly_unusual",
  summary:
    "spend within a UTC hour is above `times` the usual spend of that hour of the week, for keys whose usage is collected by hour",
  fields,
  defaults,
  toTerms,
  toFields,
  amounts,
  defaultRule: null,
  hourlyDays: (_, today) => daysOfHours(today).flatMap((day) => [day, ...sameWeekdaysBefore(day)]),
  subjects: subjectsOfGroups,

  evaluate({ terms, rule, keys, facts, now }) {
    if (facts.isBackfilling) return [];
    return groupsOf({ rule, keys, eachKey: terms.eachKey, facts }).flatMap((group) => {
      const scope = scopeOf(rule, group);
      return assessHours({
        rule,
        group,
        threshold: String(terms.times / 100),
        now,
        stateOf({ day, hour, start }) {
          const costs = new Map(group.ids.map((id) => [id, costInHour(facts.hours.get(id), hour)]));
          const found = compareWithUsual(costs, day);
          if (!found) return null;
          const { spent, keyIds } = found;
          const { isUnusual, usual, times } = measureUnusual(found, terms);
          const isWhole = watchedIn(keyIds, facts).every((id) => costs.get(id)?.get(day)?.isWhole);
          const params = { scope, at: start.toISOString(), spent: String(spent) };
          const measured = { value: times?.toFixed(1) ?? null, unit: "times" as const };
          return {
            isAbove: isUnusual || (isWhole ? false : null),
            spent,
            alert: () => ({ ...measured, message: message("hourly_spend_unusual", { ...params, usual, times }) }),
            resolved: () => ({ ...measured, message: message("hourly_spend_unusual_resolved", { ...params, usual }) }),
          };
        },
      });
    });
  },
});
