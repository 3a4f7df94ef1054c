import { creditsOf, expiryOf, limitOf, syncOf, validityOf } from "./assess-keys.ts";
import { groupsOf, spendIn, unusualOn } from "./assess-spend.ts";
import type { Assessment, Facts, KeyFacts } from "./assessment.ts";
import type { Rule } from "./rule.ts";
import { periodsOf } from "./spans.ts";

/** Keys of a rule that still exist. */
export const watchedBy = (rule: Rule, facts: Facts): KeyFacts[] =>
  rule.keys === null ? facts.keys : facts.keys.filter(({ id }) => rule.keys?.some((key) => key.id === id));

/** Every subject of the rule about which enough is known. Pure. */
export function assess(rule: Rule, facts: Facts, now: Date): Assessment[] {
  const keys = watchedBy(rule, facts);
  const active = keys.filter(({ isActive }) => isActive);
  const { terms } = rule;
  // Half a history would be told as the whole; the end of the last run evaluates again.
  if (facts.isBackfilling && (terms.kind === "spend" || terms.kind === "unusual")) return [];
  switch (terms.kind) {
    case "spend": {
      const periods = periodsOf(terms.span, rule.since, now);
      return groupsOf(keys, terms.eachKey).flatMap((group) =>
        periods.flatMap((period) => spendIn(group, facts, terms, period)),
      );
    }
    case "unusual": {
      const periods = periodsOf("day", rule.since, now);
      return groupsOf(keys, terms.eachKey).flatMap((group) =>
        periods.flatMap(({ from }) => unusualOn(group, facts, terms, from)),
      );
    }
    case "limit_share":
      return active.flatMap((key) => limitOf(key, terms.percents, now));
    case "credits":
      return creditsOf(active, terms.amount);
    case "key_invalid":
      return active.filter(({ status }) => status !== "unverified").map(validityOf);
    case "key_expires":
      return active.map((key) => expiryOf(key, terms.days, now));
    case "sync_stale":
      return active.flatMap((key) => syncOf(key, terms.hours, facts.attemptedAt));
  }
}
