import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkDay, sumOf } from "./check.ts";
import type { Amounts, BreakdownRow } from "./dimensions.ts";

const SPEED = { latencyP50: null, latencyP95: null, throughputP50: null, throughputP95: null };
const amounts = (cost: bigint, requests = 1): Amounts => ({
  cost,
  byokCost: 0n,
  requests,
  tokensInput: 0,
  tokensOutput: 0,
});
const row = (value: string | null, cost: bigint, more: Partial<BreakdownRow> = {}): BreakdownRow => ({
  ...amounts(cost),
  ...SPEED,
  date: "2026-03-09",
  hour: null,
  value,
  model: "m/a",
  ...more,
});
const total = (cost: bigint, requests: number) => new Map([["m/a", amounts(cost, requests)]]);
const costs = (checked: ReturnType<typeof checkDay>) => checked?.rows.map(({ value, cost }) => [value, cost]);

describe("checkDay", () => {
  test("rows that add up to the usage of the day are complete", () => {
    expect(checkDay([row("a", 10n), row("b", 5n)], total(15n, 2))).toMatchObject({ isWhole: true });
  });

  test("rows with less than the usage of the day are kept but incomplete", () => {
    const checked = checkDay([row("a", 10n)], total(100n, 2));
    expect([checked?.isWhole, costs(checked)]).toEqual([false, [["a", 10n]]]);
  });

  test.each([
    ["cost", [row("a", 20n)], total(10n, 1)],
    ["requests", [row("a", 10n, { requests: 3 })], total(10n, 1)],
    ["models", [row("a", 10n), row("b", 1n, { model: "m/b" })], total(10n, 1)],
  ])("rows with more %s than the day are rejected", (_what, rows, totals) => {
    expect(checkDay(rows, totals)).toBeNull();
  });

  test("a rounding difference is added to the largest row", () => {
    expect(costs(checkDay([row("a", 100n), row("b", 33n), row("c", 33n)], total(167n, 3)))).toEqual([
      ["a", 101n],
      ["b", 33n],
      ["c", 33n],
    ]);
  });

  test("rows with the same value are merged, and a row without a value is dropped", () => {
    const checked = checkDay([row("a", 10n), row("a", 5n), row(null, 2n)], total(17n, 3));
    expect([checked?.isWhole, costs(checked)]).toEqual([true, [["a", 15n]]]);
  });

  test("rows of a model without a name are stored as (unknown)", () => {
    const unknown = new Map([["(unknown)", amounts(10n)]]);
    expect(checkDay([row("a", 10n, { model: "" })], unknown)?.rows).toMatchObject([{ model: "(unknown)" }]);
  });
});

test("checked rows never exceed the usage of their model, and equal it when complete", () => {
  const rows = fc.array(
    fc.record({
      value: fc.constantFrom("a", "b", null),
      model: fc.constantFrom("m/a", "m/b"),
      cost: fc.bigInt({ min: 0n, max: 50n }),
      requests: fc.nat({ max: 3 }),
    }),
    { maxLength: 6 },
  );
  const used = fc.record({ cost: fc.bigInt({ min: 0n, max: 100n }), requests: fc.nat({ max: 8 }) });
  fc.assert(
    fc.property(rows, used, used, (answered, a, b) => {
      const totals = new Map([
        ["m/a", amounts(a.cost, a.requests)],
        ["m/b", amounts(b.cost, b.requests)],
      ]);
      const named = answered.map(({ value, cost, ...more }) => row(value, cost, more));
      const checked = checkDay(named, totals);
      if (checked === null) return;
      for (const [model, whole] of totals) {
        const sum = sumOf(checked.rows.filter((one) => one.model === model));
        expect(sum.cost <= whole.cost && sum.requests <= whole.requests).toBe(true);
      }
      const hasValues = named.every(({ value }) => value !== null);
      if (checked.isWhole && hasValues) expect(sumOf(checked.rows).cost).toBe(a.cost + b.cost);
    }),
    { numRuns: 2000 },
  );
});
