import { describe, expect, it } from "vitest";
import { niceAxis } from "./axis.ts";

describe("niceAxis", () => {
  it.each([
    [0, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [7.3, [0, 2, 4, 6, 8]],
    [10, [0, 2, 4, 6, 8, 10]],
    [0.00043, [0, 0.0001, 0.0002, 0.0003, 0.0004, 0.0005]],
    [0.3, [0, 0.1, 0.2, 0.3]],
    [1234, [0, 500, 1000, 1500]],
  ])("covers %d with round numbers", (max, ticks) => {
    expect(niceAxis(max).ticks).toEqual(ticks);
  });

  it("never draws more than six lines and always reaches the top", () => {
    for (let exponent = -9; exponent < 7; exponent += 0.013) {
      const { top, ticks } = niceAxis(10 ** exponent);
      expect(ticks.length).toBeLessThanOrEqual(6);
      expect(top * (1 + 1e-9)).toBeGreaterThanOrEqual(10 ** exponent);
    }
  });
});
