import { describe, expect, test } from "vitest";
import { type CounterComparison, compareWithCounters, findReductions, holdReductions } from "./reductions.ts";

const TODAY = "2026-03-10";
const NOW = new Date("2026-03-10T12:00:00Z");
const HOUR_MS = 3_600_000;
const days = (...entries: [day: string, cost: bigint, rows?: number][]) =>
  new Map(entries.map(([day, cost, rows = 1]) => [day, { cost, rows }]));

describe("a reduction", () => {
  const find = (before: bigint, after: bigint, day = "2026-03-08") =>
    findReductions({ before: days([day, before]), after: days([day, after]), today: TODAY });

  test("a reduction is a lower cost of a finished day than stored", () => {
    expect(find(1000n, 400n)).toEqual([{ date: "2026-03-08", lost: 600n }]);
    expect(find(1000n, 0n)).toEqual([{ date: "2026-03-08", lost: 1000n }]);
  });

  test("a higher cost, rounding, today and days never stored are no reductions", () => {
    expect(find(1000n, 1000n)).toEqual([]);
    expect(find(1000n, 2000n)).toEqual([]);
    expect(find(1000n, 999n)).toEqual([]);
    expect(find(1000n, 0n, TODAY)).toEqual([]);
    expect(findReductions({ before: days(), after: days(["2026-03-08", 0n]), today: TODAY })).toEqual([]);
  });
});

test("counters confirm a reduction when their total matches the response, and contradict it when they still include the cost", () => {
  expect(compareWithCounters({ counted: 5_000n, answered: 5_000n, lost: 600n })).toBe("agrees");
  expect(compareWithCounters({ counted: 5_600n, answered: 5_000n, lost: 600n })).toBe("contradicts");
  expect(compareWithCounters({ counted: null, answered: 5_000n, lost: 600n })).toBe("unknown");
});

describe("a reduced day", () => {
  const after = days(["2026-03-08", 400n]);
  const reductions = [{ date: "2026-03-08", lost: 600n }];
  const hold = (comparison: CounterComparison, held?: { cost: bigint; hoursAgo: number }) =>
    holdReductions({
      reductions,
      after,
      held: new Map(
        held
          ? [
              [
                "2026-03-08",
                { date: "2026-03-08", cost: held.cost, since: new Date(NOW.getTime() - held.hoursAgo * HOUR_MS) },
              ],
            ]
          : [],
      ),
      comparison,
      now: NOW,
    });

  test.each(["agrees", "unknown", "contradicts"] as const)(
    "a new reduction is held when the comparison with counters is: %s",
    (comparison) => {
      expect(hold(comparison)).toEqual([{ date: "2026-03-08", cost: 400n, since: NOW }]);
    },
  );

  test.each([
    ["agrees", 0.4, 0.5],
    ["unknown", 19, 20],
    ["contradicts", 67, 68],
  ] as const)(
    "a reduction is held until it was repeated for long enough when the comparison is: %s",
    (comparison, tooShort, enough) => {
      expect(hold(comparison, { cost: 400n, hoursAgo: tooShort })).toHaveLength(1);
      expect(hold(comparison, { cost: 400n, hoursAgo: enough })).toEqual([]);
    },
  );

  test("a reduction is held again when another amount is reported", () => {
    expect(hold("agrees", { cost: 100n, hoursAgo: 90 })).toEqual([{ date: "2026-03-08", cost: 400n, since: NOW }]);
  });

  test("a reduction recorded by a clock that was ahead waits from now on", () => {
    expect(hold("agrees", { cost: 400n, hoursAgo: -500 })).toEqual([{ date: "2026-03-08", cost: 400n, since: NOW }]);
  });
});
