import { sizeOf } from "./measure.ts";
import type { ChartPoint } from "./model.ts";

/** Grid lines, in the unit of the chart. */
export interface Axis {
  top: number;
  bottom: number;
  ticks: number[];
}

/** Grid lines at round numbers from just below `min`, which is 0 or less, to just above `max`: at most six, and one more below 0. */
export function niceAxis(max: number, min = 0): Axis {
  const [high, low] = [Math.max(0, max), Math.min(0, min)];
  const span = high - low || 1;
  const power = 10 ** Math.floor(Math.log10(span / 5));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size * 5 >= span) ?? power * 10;
  const below = Math.ceil(-low / step - 1e-9);
  const above = Math.ceil((high || (low < 0 ? 0 : span)) / step - 1e-9);
  const ticks = Array.from({ length: below + above + 1 }, (_, index) =>
    Number(((index - below) * step).toPrecision(12)),
  );
  return { top: ticks.at(-1) ?? span, bottom: ticks[0] ?? 0, ticks };
}

export interface Plot {
  points: readonly ChartPoint[];
  /** Middle of an interval, in px. */
  x: (index: number) => number;
  y: (size: number) => number;
  /** Width of a bar. */
  width: number;
}

/** Highest and lowest value of an interval, including the compared one. */
export function reachOf({ top, bottom, before }: ChartPoint): { top: number; bottom: number } {
  const compared = sizeOf(before ?? null);
  return { top: Math.max(0, compared, top), bottom: Math.min(0, compared, bottom) };
}

const at = (x: number, y: number): string => `${x.toFixed(2)} ${y.toFixed(2)}`;

export const partOf = ({ parts }: ChartPoint, id: string) => parts.find((part) => part.id === id);

/** Bars stacked above 0, refunds below it: one path per series, so that a year stays fast. */
export function drawBars({ ids, points, x, y, width }: Plot & { ids: readonly string[] }) {
  const sums = points.map(() => ({ spent: 0, refunded: 0 }));
  return ids.map((id): [id: string, path: string] => {
    const bars = points.map((point, index) => {
      const sum = sums[index];
      const size = partOf(point, id)?.size ?? 0;
      if (point.value === null || !sum || size === 0) return "";
      const side = size < 0 ? "refunded" : "spent";
      const base = sum[side];
      sum[side] += size;
      const [left, right] = [x(index) - width / 2, x(index) + width / 2];
      return `M${at(left, y(base))}H${right.toFixed(2)}V${y(sum[side]).toFixed(2)}H${left.toFixed(2)}z`;
    });
    return [id, bars.join("")];
  });
}

/** A line across each interval with refunds, at its net value. */
export const drawNets = ({ points, x, y, width }: Plot): string =>
  points
    .flatMap(({ bottom, net }, index) =>
      bottom < 0 ? [`M${at(x(index) - width / 2 - 1, y(net))}h${(width + 2).toFixed(2)}`] : [],
    )
    .join("");

/** The previous period as steps of the `width` of an interval. */
export function drawSteps({ points, x, y, width }: Plot): string {
  let path = "";
  points.forEach(({ before }, index) => {
    if (before == null) return;
    const height = y(sizeOf(before));
    const isNext = index > 0 && points[index - 1]?.before != null;
    path += isNext
      ? `V${height.toFixed(2)}h${width.toFixed(2)}`
      : `M${at(x(index) - width / 2, height)}h${width.toFixed(2)}`;
  });
  return path;
}

/** Marked intervals whose labels of the given `width` fit beside each other, highest first. The end of the chart is left to the last one. */
export function placeMarks({ points, x }: Pick<Plot, "points" | "x">, width: number): number[] {
  const placed: number[] = [];
  const marked = points.flatMap(({ mark }, index) => (mark === undefined ? [] : [index]));
  for (const index of marked.sort((a, b) => (points[b]?.top ?? 0) - (points[a]?.top ?? 0)))
    if ([...placed, points.length - 1].every((other) => other === index || Math.abs(x(other) - x(index)) >= width))
      placed.push(index);
  return placed;
}
