import type { Dashboard } from "../../../lib/api/trpc.ts";
import { isRest } from "../series-colours.ts";
import { COST, type Measure, sizeOf, sumValues, type Value, zeroOf } from "./measure.ts";

export interface SeriesValue {
  id: string;
  value: Value;
}

/** An interval of a chart: its value, also by series. */
export interface SeriesPoint {
  /** Start of the interval: a day, or the timestamp of an hour. */
  at: string;
  /** `null` if it is not known, which differs from 0. */
  value: Value;
  parts: SeriesValue[];
}

/** How series are shown. */
export interface SeriesDisplay {
  nameOf: (id: string) => string;
  colourOf: (id: string) => string;
}

/** Costs by day of the API as points of a chart. */
export const costPoints = (
  days: readonly { date: string; cost: string | null; parts: readonly { id: string; cost: string }[] }[],
): SeriesPoint[] =>
  days.map(({ date, cost, parts }) => ({
    at: date,
    value: cost,
    parts: parts.map((part) => ({ id: part.id, value: part.cost })),
  }));

export const byModel = (days: Dashboard["by_date"]): SeriesPoint[] =>
  costPoints(
    days.map(({ by_model, ...day }) => ({ ...day, parts: by_model.map(({ model, cost }) => ({ id: model, cost })) })),
  );

export interface ChartPoint {
  at: string;
  value: Value;
  /** For drawing only: sum of positive parts, sum of refunds, and the value itself. */
  top: number;
  bottom: number;
  net: number;
  /** Known parts, in the order of the series, with their sizes for drawing only. */
  parts: (SeriesValue & { size: number })[];
  /** Value of the same interval of the previous period; `undefined` if not compared, `null` if unknown. */
  before?: Value | undefined;
  /** Label of an interval that stands out. */
  mark?: string | undefined;
}

/** Labels of intervals that stand out, by their start. */
export type Marks = ReadonlyMap<string, string>;

/** Series of the range, the largest first, combined ones last. */
export function rankSeries(points: readonly SeriesPoint[]): string[] {
  const values = new Map<string, Value[]>();
  for (const { parts } of points)
    for (const { id, value } of parts) {
      const ofSeries = values.get(id) ?? [];
      values.set(id, ofSeries);
      ofSeries.push(value);
    }
  const totals = new Map([...values].map(([id, ofSeries]) => [id, sizeOf(sumValues(ofSeries))]));
  return [...totals.keys()].sort((left, right) => {
    if (isRest(left) !== isRest(right)) return isRest(left) ? 1 : -1;
    const [a, b] = [totals.get(left) ?? 0, totals.get(right) ?? 0];
    return a === b ? left.localeCompare(right) : b - a;
  });
}

interface BuildPoints {
  series: readonly SeriesPoint[];
  measure?: Measure;
  ranked: readonly string[];
  hidden: ReadonlySet<string>;
  /** Values of the previous period by interval. */
  before?: readonly Value[] | undefined;
  marks?: Marks | undefined;
}

/** The points to draw, without hidden series. Each sum is exactly that of its parts. */
export function buildPoints({ series, measure = COST, ranked, hidden, before, marks }: BuildPoints): ChartPoint[] {
  const rank = new Map(ranked.map((id, index) => [id, index]));
  const zero = zeroOf(measure);
  return series.map(({ at, value: whole, parts: all }, index) => {
    const parts = all
      .filter(({ id, value }) => !hidden.has(id) && value !== null && !(measure.isSum && sizeOf(value) === 0))
      .map((part) => ({ ...part, size: sizeOf(part.value) }))
      .sort((left, right) => (rank.get(left.id) ?? 0) - (rank.get(right.id) ?? 0));
    const value = whole === null || !measure.isSum ? whole : (sumValues(parts.map((part) => part.value)) ?? zero);
    const sizes = parts.map(({ size }) => size);
    const sum = (list: number[]) => list.reduce((all, size) => all + size, 0);
    return {
      at,
      value,
      top: measure.isSum ? sum(sizes.filter((size) => size > 0)) : Math.max(0, ...sizes),
      bottom: measure.isSum ? sum(sizes.filter((size) => size < 0)) : Math.min(0, ...sizes),
      net: sizeOf(value),
      parts,
      before: before ? (before[index] ?? null) : undefined,
      mark: marks?.get(at),
    };
  });
}

/** Running sums. An unknown interval stays unknown and adds nothing. */
export function accumulate(series: readonly SeriesPoint[]): SeriesPoint[] {
  const sums = new Map<string, Value>();
  let whole: Value = null;
  return series.map(({ at, value, parts }) => {
    whole = sumValues([whole, value]);
    for (const part of parts) sums.set(part.id, sumValues([sums.get(part.id) ?? null, part.value]));
    return {
      at,
      value: value === null ? null : whole,
      parts: value === null ? [] : [...sums].map(([id, sum]) => ({ id, value: sum })),
    };
  });
}

export function accumulateValues(values: readonly Value[]): Value[] {
  let sum: Value = null;
  return values.map((value) => {
    sum = sumValues([sum, value]);
    return value === null ? null : sum;
  });
}

/** Runs of intervals without data, as [first, last] indices. */
export function findGaps(points: readonly Pick<ChartPoint, "value">[]): [number, number][] {
  const gaps: [number, number][] = [];
  points.forEach(({ value }, index) => {
    if (value !== null) return;
    const last = gaps.at(-1);
    if (last && last[1] === index - 1) last[1] = index;
    else gaps.push([index, index]);
  });
  return gaps;
}
