import { toDollars } from "../../lib/format/money.ts";
import type { ChartDay } from "./chart-model.ts";

/** Grid lines at round numbers from just below `min`, which is 0 or less, to just above `max`: at most six, and one more below 0. */
export function niceAxis(max: number, min = 0): { top: number; bottom: number; ticks: number[] } {
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

/** Width of the axis labels in px, at the default font size. */
export const roomFor = (labels: readonly string[]): number =>
  Math.max(60, Math.ceil(Math.max(...labels.map(({ length }) => length)) * 7.5) + 12);

interface Plot {
  days: ChartDay[];
  /** Left edge of a day. */
  x: (index: number) => number;
  y: (dollars: number) => number;
}

/** One path per series, so that a year stays fast. Costs are stacked above 0, refunds below. */
export function drawStacks({ days, x, y, width }: Plot & { width: number }) {
  const paths = new Map<string, string>();
  days.forEach(({ parts }, index) => {
    let [above, below] = [0, 0];
    for (const { id, dollars } of parts) {
      const base = dollars < 0 ? below : above;
      const [bottom, top] = [y(base), y(base + dollars)];
      if (dollars < 0) below += dollars;
      else above += dollars;
      const bar = `M${x(index).toFixed(2)} ${bottom.toFixed(2)}h${width.toFixed(2)}V${top.toFixed(2)}h${(-width).toFixed(2)}z`;
      paths.set(id, (paths.get(id) ?? "") + bar);
    }
  });
  return [...paths];
}

/** A line across each day with refunds, at its net cost. */
export const drawNets = ({ days, x, y, width }: Plot & { width: number }): string =>
  days
    .flatMap(({ bottom, net }, index) =>
      bottom < 0 ? [`M${(x(index) - 1).toFixed(2)} ${y(net).toFixed(2)}h${(width + 2).toFixed(2)}`] : [],
    )
    .join("");

/** The previous period as steps, with a new path after each gap. */
export function drawBefore({ days, x, y, step }: Plot & { step: number }): string[] {
  const paths: string[] = [];
  days.forEach(({ before }, index) => {
    if (!before) return;
    const height = y(toDollars(before)).toFixed(2);
    if (index > 0 && days[index - 1]?.before) paths.push(`${paths.pop()}V${height}h${step.toFixed(2)}`);
    else paths.push(`M${x(index).toFixed(2)} ${height}h${step.toFixed(2)}`);
  });
  return paths;
}
