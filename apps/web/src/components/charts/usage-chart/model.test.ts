import { describe, expect, it } from "vitest";
import { drawNets, drawSeries, placeMarks, reachOf } from "./geometry.ts";
import { buildDays, findGaps, rankSeries, type SeriesDay } from "./model.ts";

const day = (date: string, cost: string | null, series: Record<string, string> = {}): SeriesDay => ({
  date,
  cost,
  parts: Object.entries(series).map(([id, spent]) => ({ id, cost: spent })),
});

const series = [
  day("2026-11-01", null),
  day("2026-11-02", null),
  day("2026-11-03", "0.30", { "(other)": "0.10", "a/one": "0.05", "b/two": "0.15" }),
  day("2026-11-04", "0.00"),
  day("2026-11-05", "0.200000001", { "a/one": "0.200000001" }),
  day("2026-11-06", null),
];

describe("chart model", () => {
  it("ranks series by cost, groups last", () => {
    expect(rankSeries(series)).toEqual(["a/one", "b/two", "(other)"]);
  });

  it("stacks the most expensive series first and keeps sums exact", () => {
    const days = buildDays({ series, ranked: rankSeries(series), hidden: new Set() });
    expect(days[2]?.parts.map(({ id }) => id)).toEqual(["a/one", "b/two", "(other)"]);
    expect(days[2]?.cost).toBe("0.30");
    expect(days[4]?.cost).toBe("0.200000001");
  });

  it("distinguishes a day without data from a day without spend", () => {
    const days = buildDays({ series, ranked: rankSeries(series), hidden: new Set() });
    expect(days.map(({ cost }) => cost)).toEqual([null, null, "0.30", "0.00", "0.200000001", null]);
    expect(findGaps(days)).toEqual([
      [0, 1],
      [5, 5],
    ]);
  });

  it("stacks costs above 0 and refunds below it, with the sum of both", () => {
    const refunded = [day("2026-11-03", "0.75", { "1": "1.50", "2": "-0.75" })];
    const [only] = buildDays({ series: refunded, ranked: rankSeries(refunded), hidden: new Set() });
    expect(only).toMatchObject({ cost: "0.75", top: 1.5, bottom: -0.75, net: 0.75 });
    const plot = { days: [only!], x: () => 5, y: (dollars: number) => 100 - dollars * 40, width: 10 };
    expect(drawSeries({ ...plot, ids: ["1", "2"] })).toEqual([
      ["1", "M0.00 100.00H10.00V40.00H0.00z"],
      ["2", "M0.00 100.00H10.00V130.00H0.00z"],
    ]);
    expect(drawNets(plot)).toBe("M-1.00 70.00h12.00");
  });

  it("stacks the series of each day and skips unknown days", () => {
    const known = [
      day("2026-11-01", "3.00", { a: "1.00", b: "2.00" }),
      day("2026-11-02", "1.00", { b: "1.00" }),
      day("2026-11-03", null),
      day("2026-11-04", "2.00", { a: "2.00" }),
    ];
    const days = buildDays({ series: known, ranked: ["a", "b"], hidden: new Set() });
    const plot = {
      days,
      ids: ["a", "b"],
      x: (index: number) => index * 10,
      y: (dollars: number) => -dollars,
      width: 4,
    };
    expect(drawSeries(plot)).toEqual([
      ["a", "M-2.00 0.00H2.00V-1.00H-2.00zM28.00 0.00H32.00V-2.00H28.00z"],
      ["b", "M-2.00 -1.00H2.00V-3.00H-2.00zM8.00 0.00H12.00V-1.00H8.00z"],
    ]);
    expect(days.map((one) => reachOf(one).top)).toEqual([3, 1, 0, 2]);
  });

  it("labels marked days where there is room, highest first", () => {
    const costs = ["1.00", "9.00", "5.00", "2.00", "1.00", "3.00"];
    const known = costs.map((cost, index) => day(`2026-11-0${index + 1}`, cost, { a: cost }));
    const marks = new Map([2, 3, 4, 6].map((date) => [`2026-11-0${date}`, `${date}×`]));
    const days = buildDays({ series: known, ranked: ["a"], hidden: new Set(), marks });
    expect(days.map(({ mark }) => mark)).toEqual([undefined, "2×", "3×", "4×", undefined, "6×"]);
    const x = (index: number) => index * 10;
    expect(placeMarks({ days, x }, 20)).toEqual([1, 5, 3]);
    expect(placeMarks({ days, x }, 30)).toEqual([1, 5]);
    const unmarked = days.map((one, index) => (index === 5 ? { ...one, mark: undefined } : one));
    expect(placeMarks({ days: unmarked, x }, 30)).toEqual([1]);
  });

  it("leaves hidden series out of stacks and sums", () => {
    const days = buildDays({ series, ranked: rankSeries(series), hidden: new Set(["a/one"]) });
    expect(days[2]?.cost).toBe("0.25");
    expect(days[4]?.cost).toBe("0.00");
  });

  it("shows the previous period beside each day, or unknown", () => {
    const ranked = rankSeries(series);
    const before = ["1.00", null, "0.00"];
    const days = buildDays({ series, ranked, hidden: new Set(), before });
    expect(days.map((one) => one.before)).toEqual(["1.00", null, "0.00", null, null, null]);
    expect(buildDays({ series, ranked, hidden: new Set() })[0]?.before).toBeUndefined();
  });
});
