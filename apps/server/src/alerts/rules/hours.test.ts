import { type Day, toDay } from "@orwatch/domain/day";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide, type Firing } from "../evaluation/decide.ts";
import type { Rule } from "../rule.ts";
import type { Facts, KeyFacts } from "./define.ts";

const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 2, 9, 20);
const AMOUNT = 5n;

/** Cost of an hour; `null` if it is not known. */
type Cost = bigint | null;

/** Costs that stay the same for some hours, some of them for longer than a rule looks back. */
const costsOf = (values: Cost[], { longest, parts }: { longest: number; parts: number }) =>
  fc
    .array(fc.tuple(fc.constantFrom(...values), fc.integer({ min: 1, max: longest })), {
      minLength: 1,
      maxLength: parts,
    })
    .map((parts) => parts.flatMap(([cost, hours]) => Array.from({ length: hours }, () => cost)));
const costs = costsOf([0n, 3n, AMOUNT, 6n, 9n], { longest: 2, parts: 12 });
const longCosts = costsOf([0n, AMOUNT, 6n, 9n], { longest: 45, parts: 3 });
const withGaps = costsOf([0n, 5n, 6n, 9n, null], { longest: 4, parts: 10 });

const KEY = { id: 1, name: "app", isActive: true } as KeyFacts;
const rule: Rule = {
  id: 1,
  name: "rule",
  keys: null,
  channels: null,
  since: new Date(START),
  terms: { kind: "hourly_spend", amount: AMOUNT, eachKey: false },
};

/** What is known after some hours. An hour that is not known is on a day that is known up to it, so no later hour may be known. */
function factsOf(known: Cost[]): Facts {
  const days = new Map<Day, { costs: Map<number, bigint>; through: number }>();
  const gaps = new Set<Day>();
  for (const [index, cost] of known.entries()) {
    const at = new Date(START + index * HOUR_MS);
    const day = toDay(at);
    const ofDay = days.get(day) ?? { costs: new Map(), through: 0 };
    days.set(day, ofDay);
    if (cost === null) gaps.add(day);
    else if (cost > 0n) ofDay.costs.set(at.getUTCHours(), cost);
    if (!gaps.has(day)) ofDay.through = at.getUTCHours() + 1;
  }
  return { keys: [KEY], days: new Map(), hours: new Map([[1, days]]), attemptedAt: null, isBackfilling: false };
}

/** Evaluates after each of the given numbers of hours; returns hours of alerts and of what resolved them. */
function evaluate(all: Cost[], evaluatedAfter: number[]) {
  let firings: Firing[] = [];
  const [fired, resolved]: [number[], number[]] = [[], []];
  const indexOf = (window: string | null) => (Date.parse(window ?? "") - START) / HOUR_MS;
  for (const count of evaluatedAfter) {
    const now = new Date(START + count * HOUR_MS + 60_000);
    const decision = decide({ rules: [rule], facts: factsOf(all.slice(0, count)), firings, now });
    for (const { level, isOver } of decision.fire) {
      fired.push(indexOf(level.alert().window));
      if (isOver) resolved.push(indexOf(level.resolved?.().window ?? null));
    }
    for (const { level } of decision.resolve) resolved.push(indexOf(level.resolved?.().window ?? null));
    const over = new Set([...decision.resolve.map(({ firing }) => firing.id), ...decision.close.map(({ id }) => id)]);
    firings = [
      ...firings.map((firing) => (over.has(firing.id) ? { ...firing, isOpen: false } : firing)),
      ...decision.fire.map(({ assessment, level, isOver }, index) => ({
        id: firings.length + index + 1,
        ruleId: 1,
        subject: assessment.subject,
        threshold: level.threshold,
        window: assessment.window,
        isOpen: !isOver,
      })),
    ];
  }
  return { fired, resolved, open: firings.filter(({ isOpen }) => isOpen).length };
}

const isAbove = (cost: Cost | undefined) => cost !== null && cost !== undefined && cost > AMOUNT;
const everyHour = (all: Cost[]) => all.map((_, index) => index + 1);

describe("a rule on hours", () => {
  test("fires in the first hour of each occurrence, and is resolved by the first hour that is not above", () => {
    fc.assert(
      fc.property(fc.oneof(costs, longCosts), (all) => {
        const begins = all.flatMap((cost, index) => (isAbove(cost) && !isAbove(all[index - 1]) ? [index] : []));
        const ends = all.flatMap((cost, index) => (!isAbove(cost) && isAbove(all[index - 1]) ? [index] : []));
        const open = isAbove(all.at(-1)) ? 1 : 0;
        expect(evaluate(all, everyHour(all))).toEqual({ fired: begins, resolved: ends, open });
      }),
      { numRuns: 80 },
    );
  });

  test("reports the last occurrence of a downtime, and says once that it is over", () => {
    fc.assert(
      fc.property(costs, (all) => {
        const last = all.findLastIndex(isAbove);
        const first = all.slice(0, last + 1).findLastIndex((cost) => !isAbove(cost)) + 1;
        const run = all.slice(first, last + 1) as bigint[];
        const highest = first + run.indexOf(run.reduce((a, b) => (b > a ? b : a), 0n));
        const isOver = last < all.length - 1;
        const hour = all.length;
        expect(evaluate(all, [hour, hour, hour])).toEqual(
          last < 0
            ? { fired: [], resolved: [], open: 0 }
            : { fired: [highest], resolved: isOver ? [hour - 1] : [], open: isOver ? 0 : 1 },
        );
      }),
      { numRuns: 200 },
    );
  });

  test("is only fired by known spend, and never resolved by an hour that is not known", () => {
    fc.assert(
      fc.property(withGaps, fc.array(fc.nat(48)), (all, skipped) => {
        const at = everyHour(all).filter((count) => !skipped.includes(count));
        const { fired, resolved } = evaluate(all, at);
        for (const index of fired) expect(isAbove(all[index])).toBe(true);
        for (const index of resolved) {
          expect(isAbove(all[index])).toBe(false);
          // After a gap, what is known of the day's hours may be a part of their spend.
          const midnight = START + index * HOUR_MS - new Date(START + index * HOUR_MS).getUTCHours() * HOUR_MS;
          const firstOfDay = Math.max(0, (midnight - START) / HOUR_MS);
          expect(all.slice(firstOfDay, index + 1)).not.toContain(null);
        }
        const occurrences = all.filter((cost, index) => isAbove(cost) && !isAbove(all[index - 1])).length;
        expect(fired.length).toBeLessThanOrEqual(occurrences);
        expect(new Set(fired).size).toBe(fired.length);
        expect(resolved.length).toBeLessThanOrEqual(fired.length);
      }),
      { numRuns: 200 },
    );
  });

  test("does not fire for hours before the rule began", () => {
    const all = [9n, 9n, 0n];
    const later = { ...rule, since: new Date(START + 2 * HOUR_MS) };
    for (const count of [1, 2, 3]) {
      const now = new Date(START + count * HOUR_MS + 60_000);
      const decision = decide({ rules: [later], facts: factsOf(all.slice(0, count)), firings: [], now });
      expect(decision).toEqual({ fire: [], resolve: [], close: [], deletedKeys: [] });
    }
  });

  test("ends without a notification when nothing was known for long", () => {
    const firing = { id: 1, ruleId: 1, subject: "all", threshold: "0.000000005", isOpen: true };
    const open = [{ ...firing, window: "-/2026-03-09T20:00Z" }];
    const facts = factsOf([9n]);
    const decideAfter = (hours: number) =>
      decide({ rules: [rule], facts, firings: open, now: new Date(START + hours * HOUR_MS) });
    expect(decideAfter(30)).toMatchObject({ close: [], resolve: [] });
    expect(decideAfter(40)).toMatchObject({ close: open, resolve: [] });
  });
});
