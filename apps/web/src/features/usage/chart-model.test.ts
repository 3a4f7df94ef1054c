import { describe, expect, it } from "vitest";
import { buildDays, type DayCost, findGaps, rankModels } from "./chart-model.ts";

const day = (date: string, cost: string | null, models: Record<string, string> = {}): DayCost => ({
  date,
  cost,
  requests_count: null,
  by_model: Object.entries(models).map(([model, spent]) => ({ model, cost: spent })),
});

const byDate = [
  day("2026-11-01", null),
  day("2026-11-02", null),
  day("2026-11-03", "0.30", { "(other)": "0.10", "a/one": "0.05", "b/two": "0.15" }),
  day("2026-11-04", "0.00"),
  day("2026-11-05", "0.200000001", { "a/one": "0.200000001" }),
  day("2026-11-06", null),
];

describe("the chart", () => {
  it("ranks models by what they cost, groups last", () => {
    expect(rankModels(byDate)).toEqual(["a/one", "b/two", "(other)"]);
  });

  it("stacks the dearest model first and keeps sums exact", () => {
    const days = buildDays({ byDate, ranked: rankModels(byDate), hidden: new Set() });
    expect(days[2]?.parts.map(({ model }) => model)).toEqual(["a/one", "b/two", "(other)"]);
    expect(days[2]?.cost).toBe("0.30");
    expect(days[4]?.cost).toBe("0.200000001");
  });

  it("tells a day without data from a day without spend", () => {
    const days = buildDays({ byDate, ranked: rankModels(byDate), hidden: new Set() });
    expect(days.map(({ cost }) => cost)).toEqual([null, null, "0.30", "0.00", "0.200000001", null]);
    expect(findGaps(days)).toEqual([
      [0, 1],
      [5, 5],
    ]);
  });

  it("leaves hidden models out of stacks and sums", () => {
    const days = buildDays({ byDate, ranked: rankModels(byDate), hidden: new Set(["a/one"]) });
    expect(days[2]?.cost).toBe("0.25");
    expect(days[4]?.cost).toBe("0.00");
  });
});
