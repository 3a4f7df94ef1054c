import { addDays, startOf } from "@orwatch/domain/day";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RESIDUAL_KINDS, type ResidualKind } from "../../usage/residuals/residual-split.ts";
import type { CreditRow } from "../credits/credits-history.ts";
import { type DayFacts, explainCounters, explainCredits, explainResiduals, restOfCredits, totalOf } from "./explain.ts";

const DATE = "2026-03-10";
const amount = fc.bigInt({ min: 0n, max: 5_000_000_000n });
const day: fc.Arbitrary<DayFacts> = fc.record({
  isOpen: fc.boolean(),
  watched: amount,
  residuals: fc
    .tuple(...RESIDUAL_KINDS.map(() => fc.option(amount, { nil: 0n })))
    .map(
      (amounts) => new Map(RESIDUAL_KINDS.map((kind, index): [ResidualKind, bigint] => [kind, amounts[index] ?? 0n])),
    ),
  unknownRequests: fc.bigInt({ min: 0n, max: 2n }),
  countersOnly: amount,
  byok: amount,
  reduced: amount,
  rows: fc.integer({ min: 0, max: 50 }),
});

/** Readings of three days, a few hours apart, with credits that only grow. */
const readings: fc.Arbitrary<CreditRow[]> = fc
  .array(fc.record({ hours: fc.double({ min: 0.01, max: 6, noNaN: true }), used: amount, bought: amount }), {
    maxLength: 40,
  })
  .map((steps) => {
    let [at, used, total] = [startOf(addDays(DATE, -1)).getTime(), 0n, 10_000_000_000n];
    return steps.map((step) => {
      at += Math.round(step.hours * 3_600_000);
      used += step.used;
      total += step.bought > 4_000_000_000n ? step.bought : 0n;
      return { at: new Date(at), lastSeenAt: new Date(at), total, used };
    });
  });

const sum = (parts: { amount: bigint }[]) => parts.reduce((all, part) => all + part.amount, 0n);
const abs = (nanos: bigint) => (nanos < 0n ? -nanos : nanos);
const isRounding = (rest: bigint, { rows }: DayFacts) => 2n * abs(rest) <= BigInt(rows + 2);

describe("parts of a difference", () => {
  test("residuals add up to the total without the watched keys, and counters_only", () => {
    fc.assert(
      fc.property(day, (facts) => {
        expect(sum(explainResiduals(facts))).toBe(totalOf(facts) - facts.watched + facts.countersOnly);
      }),
    );
  });

  test("parts of a difference of counters add up to it", () => {
    fc.assert(
      fc.property(day, amount, (facts, counters) => {
        expect(isRounding(counters - totalOf(facts) - sum(explainCounters(facts, counters)), facts)).toBe(true);
      }),
    );
  });

  test("parts of a difference of credits add up to it, with one part for each cause", () => {
    fc.assert(
      fc.property(
        day,
        amount,
        readings,
        fc.option(fc.bigInt(-5_000_000_000n, 5_000_000_000n)),
        (facts, change, credits, rest) => {
          const rests = new Map(rest === null ? [] : [[addDays(DATE, -1), rest] as const]);
          const parts = explainCredits(facts, { change, date: DATE, credits, rests });
          expect(isRounding(change - totalOf(facts) - sum(parts), facts)).toBe(true);
          expect(new Set(parts.map(({ cause }) => cause)).size).toBe(parts.length);
        },
      ),
    );
  });

  test("a difference of credits without readings, BYOK or purchases is unexplained", () => {
    fc.assert(
      fc.property(day, amount, (facts, change) => {
        const bare = { ...facts, byok: 0n, reduced: 0n, countersOnly: 0n };
        const input = { change, date: DATE, credits: [] };
        const parts = explainCredits(bare, { ...input, rests: new Map() });
        const difference = change - totalOf(bare);
        expect(parts).toEqual(isRounding(difference, bare) ? [] : [{ cause: "unexplained", amount: difference }]);
        expect(restOfCredits(bare, input)).toBe(isRounding(difference, bare) ? 0n : difference);
      }),
    );
  });
});
