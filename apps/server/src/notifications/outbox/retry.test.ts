import fc from "fast-check";
import { expect, test } from "vitest";
import { nextTry, TRY_FOR_MS } from "./retry.ts";

const START = new Date("2026-03-10T12:00:00Z");

/** Seconds after the first try at which each further one takes place. */
function triesOf(options: { retryAfterS?: number; random?: number } = {}): number[] {
  const tries: number[] = [0];
  let now = START;
  for (let attempts = 1; attempts < 1000; attempts++) {
    const next = nextTry({
      attempts,
      firstTriedAt: START,
      now,
      retryAfterS: options.retryAfterS ?? null,
      random: options.random ?? 0,
    });
    if (!next) return tries;
    tries.push((next.getTime() - START.getTime()) / 1000);
    now = next;
  }
  throw new Error("it never ends");
}

test("delays between attempts increase, and the last attempt is after a day", () => {
  expect(triesOf()).toEqual([0, 5, 65, 365, 2165, 5765, 12_965, 27_365, 56_165, 84_965, 86_400]);
});

test("Retry-After of a receiver delays the next attempt by up to an hour", () => {
  expect(triesOf({ retryAfterS: 600 }).slice(0, 4)).toEqual([0, 600, 1200, 1800]);
  expect(triesOf({ retryAfterS: 999_999 })).toHaveLength(10);
});

test("a message is sent at least ten times, at least 5 s apart, for at most a day", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), (random) => {
      const tries = triesOf({ random });
      expect(tries.length).toBeGreaterThanOrEqual(10);
      expect(tries.at(-1)).toBe(TRY_FOR_MS / 1000);
      for (const [index, at] of tries.entries())
        if (index > 0 && at < 86_400) expect(at - (tries[index - 1] as number)).toBeGreaterThanOrEqual(5);
    }),
  );
});

test("a day in which the machine slept does not use up the attempts", () => {
  const now = new Date(START.getTime() + 3 * TRY_FOR_MS);
  const after = (attempts: number) => nextTry({ attempts, firstTriedAt: START, now, retryAfterS: null, random: 0 });
  expect([1, 2, 5].map((attempts) => (after(attempts)?.getTime() ?? 0) - now.getTime())).toEqual([
    5000, 60_000, 3_600_000,
  ]);
  expect(after(6)).toBeNull();
});
