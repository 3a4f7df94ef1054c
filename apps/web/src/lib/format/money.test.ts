import { describe, expect, it } from "vitest";
import { compare, parseMoney, sumMoney, toMoney } from "./money.ts";

describe("money", () => {
  it("adds amounts exactly", () => {
    expect(sumMoney(Array.from({ length: 10 }, () => "0.10"))).toBe("1.00");
    expect(sumMoney(["90071992547409.93", "0.000000001"])).toBe("90071992547409.930000001");
    expect(sumMoney([])).toBe("0.00");
  });

  it("converts amounts to nano-dollars and back unchanged", () => {
    for (const value of ["0.00", "125.50", "0.0082", "0.000002835", "-3.20", "100.00"]) {
      expect(toMoney(parseMoney(value))).toBe(value);
    }
    expect(() => parseMoney("1e-7")).toThrow(RangeError);
  });
});

describe("compare", () => {
  it("the change is rounded half up to one decimal", () => {
    expect(compare({ current: 150n, previous: 100n })).toEqual({ direction: "up", percent: 50 });
    expect(compare({ current: 1n, previous: 3n })).toEqual({ direction: "down", percent: 66.7 });
    expect(compare({ current: 5n, previous: 5n })).toEqual({ direction: "same", percent: 0 });
  });

  it("the change against 0 has no percentage", () => {
    expect(compare({ current: 5n, previous: 0n })).toEqual({ direction: "up", percent: null });
  });
});
