import { describe, expect, it } from "vitest";
import { drawAreas, drawLines } from "./curves.tsx";
import { drawBars, drawNets, placeMarks, reachOf } from "./geometry.ts";
import { accumulate, accumulateValues, buildPoints, findGaps, rankSeries, type SeriesPoint } from "./model.ts";

const day = (date: string, cost: string | null, series: Record<string, string> = {}): SeriesPoint => ({
  at: date,
  value: cost,
  parts: Object.entries(series).map(([id, value]) => ({ id, value })),
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
    const days = buildPoints({ series, ranked: rankSeries(series), hidden: new Set() });
    expect(days[2]?.parts.map(({ id }) => id)).toEqual(["a/one", "b/two", "(other)"]);
    expect(days[2]?.value).toBe("0.30");
    expect(days[4]?.value).toBe("0.200000001");
  });

  it("distinguishes a day without data from a day without spend", () => {
    const days = buildPoints({ series, ranked: rankSeries(series), hidden: new Set() });
    expect(days.map(({ value }) => value)).toEqual([null, null, "0.30", "0.00", "0.200000001", null]);
    expect(findGaps(days)).toEqual([
      [0, 1],
      [5, 5],
    ]);
  });

  it("stacks costs above 0 and refunds below it, with the sum of both", () => {
    const refunded = [day("2026-11-03", "0.75", { "1": "1.50", "2": "-0.75" })];
    const [only] = buildPoints({ series: refunded, ranked: rankSeries(refunded), hidden: new Set() });
    expect(only).toMatchObject({ value: "0.75", top: 1.5, bottom: -0.75, net: 0.75 });
    const plot = { points: [only!], x: () => 5, y: (dollars: number) => 100 - dollars * 40, width: 10 };
    expect(drawBars({ ...plot, ids: ["1", "2"] })).toEqual([
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
    const days = buildPoints({ series: known, ranked: ["a", "b"], hidden: new Set() });
    const plot = {
      points: days,
      ids: ["a", "b"],
      x: (index: number) => index * 10,
      y: (dollars: number) => -dollars,
      width: 4,
    };
    expect(drawBars(plot)).toEqual([
      ["a", "M-2.00 0.00H2.00V-1.00H-2.00zM28.00 0.00H32.00V-2.00H28.00z"],
      ["b", "M-2.00 -1.00H2.00V-3.00H-2.00zM8.00 0.00H12.00V-1.00H8.00z"],
    ]);
    expect(days.map((one) => reachOf(one).top)).toEqual([3, 1, 0, 2]);
  });

  it("labels marked days where there is room, highest first", () => {
    const costs = ["1.00", "9.00", "5.00", "2.00", "1.00", "3.00"];
    const known = costs.map((cost, index) => day(`2026-11-0${index + 1}`, cost, { a: cost }));
    const marks = new Map([2, 3, 4, 6].map((date) => [`2026-11-0${date}`, `${date}×`]));
    const days = buildPoints({ series: known, ranked: ["a"], hidden: new Set(), marks });
    expect(days.map(({ mark }) => mark)).toEqual([undefined, "2×", "3×", "4×", undefined, "6×"]);
    const x = (index: number) => index * 10;
    expect(placeMarks({ points: days, x }, 20)).toEqual([1, 5, 3]);
    expect(placeMarks({ points: days, x }, 30)).toEqual([1, 5]);
    const unmarked = days.map((one, index) => (index === 5 ? { ...one, mark: undefined } : one));
    expect(placeMarks({ points: unmarked, x }, 30)).toEqual([1]);
  });

  it("leaves hidden series out of stacks and sums", () => {
    const days = buildPoints({ series, ranked: rankSeries(series), hidden: new Set(["a/one"]) });
    expect(days[2]?.value).toBe("0.25");
    expect(days[4]?.value).toBe("0.00");
  });

  it("shows the previous period beside each day, or unknown", () => {
    const ranked = rankSeries(series);
    const before = ["1.00", null, "0.00"];
    const days = buildPoints({ series, ranked, hidden: new Set(), before });
    expect(days.map((one) => one.before)).toEqual(["1.00", null, "0.00", null, null, null]);
    expect(buildPoints({ series, ranked, hidden: new Set() })[0]?.before).toBeUndefined();
  });

  it("draws lines and stacked areas with gaps where nothing is known", () => {
    const known = [
      day("2026-11-01", "3.00", { a: "1.00", b: "2.00" }),
      day("2026-11-02", "1.00", { b: "1.00" }),
      day("2026-11-03", null),
      day("2026-11-04", "2.00", { a: "2.00" }),
    ];
    const points = buildPoints({ series: known, ranked: ["a", "b"], hidden: new Set() });
    const plot = { points, ids: ["a", "b"], x: (index: number) => index * 10, y: (size: number) => -size, width: 4 };
    expect(drawLines({ ...plot, isSum: true })).toEqual([
      ["a", "M0,-1L10,0M30,-2Z"],
      ["b", "M0,-2L10,-1M30,0Z"],
    ]);
    // A ratio of a group without usage is unknown, not 0.
    expect(drawLines({ ...plot, isSum: false })[0]).toEqual(["a", "M0,-1ZM30,-2Z"]);
    expect(drawAreas(plot)[1]).toEqual(["b", "M0,-3L10,-1L10,0L0,-1ZM30,-2L30,-2Z"]);
  });

  it("running sums are exact, add nothing for unknown intervals and keep their gaps", () => {
    const sums = accumulate(series);
    expect(sums.map(({ value }) => value)).toEqual([null, null, "0.30", "0.30", "0.500000001", null]);
    expect(sums[4]?.parts).toEqual([
      { id: "(other)", value: "0.10" },
      { id: "a/one", value: "0.250000001" },
      { id: "b/two", value: "0.15" },
    ]);
    expect(accumulateValues([1, null, 2])).toEqual([1, null, 3]);
  });

  it("ratios are not added", () => {
    const ratios: SeriesPoint[] = [
      {
        at: "2026-11-01",
        value: 40,
        parts: [
          { id: "a", value: 30 },
          { id: "b", value: 80 },
          { id: "c", value: null },
        ],
      },
    ];
    const measure = { unit: "percent", isSum: false } as const;
    const [only] = buildPoints({ series: ratios, measure, ranked: ["a", "b", "c"], hidden: new Set(["b"]) });
    expect(only).toMatchObject({ value: 40, top: 30, parts: [{ id: "a", value: 30 }] });
  });
});
