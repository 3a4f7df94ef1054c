import { describe, expect, it } from "vitest";
import { shareOf } from "../../lib/format/money.ts";
import { barBehind, largestOf, signedBar } from "./money-bar.ts";

const rows = ["1.50", "-0.75", "0.00"].map((cost) => ({ cost }));

describe("money bars", () => {
  it("a bar is as long as its absolute amount, and marks a refund", () => {
    const largest = largestOf(rows);
    expect(rows.map(({ cost }) => barBehind(cost, largest))).toEqual([
      { style: { "--share": "100%" } },
      { style: { "--share": "50%" }, "data-refund": true },
      { style: { "--share": "0%" } },
    ]);
    expect(barBehind("-3.00", largestOf([{ cost: "-3.00" }]))).toMatchObject({ style: { "--share": "100%" } });
  });

  it("a bar starts at 0 and extends to either side", () => {
    const scale = { low: -750_000_000n, high: 1_500_000_000n };
    expect(signedBar(1_500_000_000n, scale)).toEqual({ marginLeft: "33.33%", width: "66.67%" });
    expect(signedBar(-750_000_000n, scale)).toEqual({ marginLeft: "0%", width: "33.33%" });
    expect(signedBar(0n, { low: 0n, high: 0n })).toEqual({ marginLeft: 0, width: 0 });
  });

  it("a bar has no share of a total of 0 or less", () => {
    expect(shareOf(-50, "-1.00")).toBeNull();
    expect(shareOf(0, "0.00")).toBeNull();
    expect(shareOf(-100, "0.75")).toBe(-100);
  });
});
