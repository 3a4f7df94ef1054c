import { toDollars } from "../../../lib/format/money.ts";
import type { ChartDay } from "./model.ts";

/** Grid lines in dollars. */
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

interface Plot {
  days: ChartDay[];
  /** Middle of a day, in px. */
  x: (index: number) => number;
  y: (dollars: number) => number;
  /** Width of a bar. */
  width: number;
}

/** Highest and lowest value of a day, including the compared one. */
export function reachOf({ top, bottom, before }: ChartDay): { top: number; bottom: number } {
  const compared = before ? toDollars(before) : 0;
  return { top: Math.max(0, compared, top), bottom: Math.min(0, compared, bottom) };
}

const at = (x: number, y: number): string => `${x.toFixed(2)} ${y.toFixed(2)}`;

/** One path per series, so that a year stays fast. Costs are stacked above 0, and refunds below it. */
export function drawSeries({ ids, days, x, y, width }: Plot & { ids: readonly string[] }) {
  const sums = days.map(() => ({ spent: 0, refunded: 0 }));
  return ids.map((id): [id: string, path: string] => {
    const bars = days.map(({ cost, parts }, index) => {
      const sum = sums[index];
      const dollars = parts.find((part) => part.id === id)?.dollars ?? 0;
      if (cost === null || !sum || dollars === 0) return "";
      const side = dollars < 0 ? "refunded" : "spent";
      const base = sum[side];
      sum[side] += dollars;
      const [left, right] = [x(index) - width / 2, x(index) + width / 2];
      return `M${at(left, y(base))}H${right.toFixed(2)}V${y(sum[side]).toFixed(2)}H${left.toFixed(2)}z`;
    });
    return [id, bars.join("")];
  });
}

/** A line across each day with refunds, at its net cost. */
export const drawNets = ({ days, x, y, width }: Plot): string =>
  days
    .flatMap(({ bottom, net }, index) =>
      bottom < 0 ? [`M${at(x(index) - width / 2 - 1, y(net))}h${(width + 2).toFixed(2)}`] : [],
    )
    .join("");

/** The previous period as steps of a day's `width`, with a new path after each gap. */
export function drawBefore({ days, x, y, width }: Plot): string[] {
  const paths: string[] = [];
  days.forEach(({ before }, index) => {
    if (!before) return;
    const height = y(toDollars(before));
    if (index > 0 && days[index - 1]?.before) paths.push(`${paths.pop()}V${height.toFixed(2)}h${width.toFixed(2)}`);
    else paths.push(`M${at(x(index) - width / 2, height)}h${width.toFixed(2)}`);
  });
  return paths;
}

/** Marked days whose labels of the given `width` fit beside each other, highest first. The end of the chart is left to the last day. */
export function placeMarks({ days, x }: Pick<Plot, "days" | "x">, width: number): number[] {
  const placed: number[] = [];
  const marked = days.flatMap(({ mark }, index) => (mark === undefined ? [] : [index]));
  for (const index of marked.sort((a, b) => (days[b]?.top ?? 0) - (days[a]?.top ?? 0)))
    if ([...placed, days.length - 1].every((other) => other === index || Math.abs(x(other) - x(index)) >= width))
      placed.push(index);
  return placed;
}
