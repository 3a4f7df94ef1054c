import { createFormat } from "@orwatch/messages/format";
import { describe, expect, it } from "vitest";
import { niceAxis } from "./geometry.ts";
import { labelAxis } from "./y-axis.tsx";

describe("niceAxis", () => {
  it.each([
    [0, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [7.3, [0, 2, 4, 6, 8]],
    [10, [0, 2, 4, 6, 8, 10]],
    [0.00043, [0, 0.0001, 0.0002, 0.0003, 0.0004, 0.0005]],
    [0.3, [0, 0.1, 0.2, 0.3]],
    [1234, [0, 500, 1000, 1500]],
  ])("niceAxis covers %d with round numbers", (max, ticks) => {
    expect(niceAxis(max).ticks).toEqual(ticks);
  });

  it.each([
    [1.5, -0.75, [-1, -0.5, 0, 0.5, 1, 1.5]],
    [0, -0.75, [-0.8, -0.6, -0.4, -0.2, 0]],
    [100, -1, [-50, 0, 50, 100]],
    [0.002, -0.9, [-1, -0.8, -0.6, -0.4, -0.2, 0, 0.2]],
  ])("niceAxis covers refunds from %d down to %d", (max, min, ticks) => {
    const axis = niceAxis(max, min);
    expect(axis.ticks).toEqual(ticks);
    expect(axis.bottom).toBeLessThanOrEqual(min);
    expect(axis.top).toBeGreaterThanOrEqual(max);
  });

  it("niceAxis has at most six lines and includes the maximum", () => {
    for (let exponent = -9; exponent < 7; exponent += 0.013) {
      const { top, ticks } = niceAxis(10 ** exponent);
      expect(ticks.length).toBeLessThanOrEqual(6);
      expect(top * (1 + 1e-9)).toBeGreaterThanOrEqual(10 ** exponent);
    }
  });
});

const format = createFormat({ language: "en", now: new Date("2026-11-25T14:05:00Z") });
const labelsOf = (max: number) => labelAxis(niceAxis(max, max), format.tick);

it.each([
  [1234, ["$0", "$500", "$1,000", "$1,500"]],
  [12_345, ["$0", "$5k", "$10k", "$15k"]],
  [990_000, ["$0", "$200k", "$400k", "$600k", "$800k", "$1m"]],
  [1_400_000, ["$0", "$500k", "$1m", "$1.5m"]],
  [92_592_598, ["$0", "$20m", "$40m", "$60m", "$80m", "$100m"]],
  [1_200_000_000, ["$0", "$500m", "$1bn", "$1.5bn"]],
  [0.00043, ["$0", "$0.0001", "$0.0002", "$0.0003", "$0.0004", "$0.0005"]],
  [-2_500_000, ["-$2.5m", "-$2m", "-$1.5m", "-$1m", "-$500k", "$0"]],
  [-0.75, ["-$0.80", "-$0.60", "-$0.40", "-$0.20", "$0"]],
])("axis labels up to %d are short", (max, labels) => {
  expect(labelsOf(max).labels).toEqual(labels);
});

it("reserves space for the longest label, and at least for a usual one", () => {
  const WIDEST_DIGIT = 7.5;
  for (let exponent = -9; exponent < 12; exponent += 0.25) {
    const { labels, room } = labelsOf(10 ** exponent);
    expect(room).toBeGreaterThanOrEqual(60);
    for (const label of labels) expect(room - 8).toBeGreaterThanOrEqual(label.length * WIDEST_DIGIT);
  }
});
