import { addDays, type Day } from "@orwatch/domain/day";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareWithUsual, doubledMedian } from "./usual.ts";

test("the doubled median is twice the middle or the sum of the two middle values", () => {
  expect(doubledMedian([3n, 1n, 2n])).toBe(4n);
  expect(doubledMedian([4n, 1n, 2n, 3n])).toBe(5n);
  fc.assert(
    fc.property(fc.array(fc.bigInt(0n, 10n ** 15n), { minLength: 1 }), (values) => {
      const twice = doubledMedian(values);
      const below = values.filter((value) => 2n * value < twice).length;
      const above = values.filter((value) => 2n * value > twice).length;
      expect(Math.max(below, above) * 2).toBeLessThanOrEqual(values.length);
    }),
  );
});

describe("compareWithUsual", () => {
  const DAY = "2026-03-10";
  /** Costs by weeks ago. */
  const costs = (byWeek: Record<number, bigint>, isWhole = true) =>
    new Map(
      Object.entries(byWeek).map(([weeks, cost]): [Day, { cost: bigint; isWhole: boolean }] => [
        addDays(DAY, -7 * Number(weeks)),
        { cost, isWhole },
      ]),
    );
  const compare = (...keys: ReturnType<typeof costs>[]) =>
    compareWithUsual(new Map(keys.map((days, index) => [index + 1, days])), DAY);

  test("the usual spend is the median of the same weekday in the 8 weeks before", () => {
    const key = costs({ 0: 50n, 1: 1n, 2: 2n, 3: 3n, 4: 4n, 5: 5n, 6: 6n, 7: 7n, 8: 8n, 9: 900n, 10: 900n });
    expect(compare(key)).toEqual({ spent: 50n, doubledUsual: 9n, keyIds: [1] });
  });

  test("the usual spend is unknown with fewer than three known weeks", () => {
    expect(compare(costs({ 0: 50n, 2: 10n, 5: 10n, 8: 10n }))).toMatchObject({ spent: 50n, doubledUsual: 20n });
    expect(compare(costs({ 0: 50n, 2: 10n, 5: 10n }))).toBeNull();
    expect(compare(costs({ 0: 50n, 1: 10n, 2: 10n, 9: 10n }))).toBeNull();
    expect(compare(costs({ 0: 50n, 1: 10n, 2: 10n, 3: 10n }, false))).toBeNull();
  });

  test("keys without a past are excluded from the usual spend and the day", () => {
    const old = costs({ 0: 5n, 1: 5n, 2: 5n, 3: 5n });
    expect(compare(old, costs({ 0: 1000n }))).toEqual({ spent: 5n, doubledUsual: 10n, keyIds: [1] });
    expect(compare(costs({ 0: 1000n }))).toBeNull();
  });

  test("the usual spend uses only weeks in which all keys are known", () => {
    const long = costs({ 0: 5n, 1: 10n, 2: 10n, 3: 10n, 4: 100n, 5: 100n, 6: 100n, 7: 100n, 8: 100n });
    expect(compare(long, costs({ 0: 5n, 1: 10n, 2: 10n, 3: 10n }))).toMatchObject({ spent: 10n, doubledUsual: 40n });
    expect(compare(costs({ 0: 5n, 1: 1n, 2: 1n, 3: 1n }), costs({ 0: 5n, 4: 1n, 5: 1n, 6: 1n }))).toBeNull();
  });

  test("the usual spend is null for a day that is unknown for every key", () => {
    expect(compare(costs({ 1: 5n, 2: 5n, 3: 5n }))).toBeNull();
  });
});
