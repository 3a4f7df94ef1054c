import { toDollars } from "../../lib/format/money.ts";
import type { ChartDay } from "./chart-model.ts";

interface Plot {
  days: ChartDay[];
  /** Left edge of what is drawn for a day. */
  x: (index: number) => number;
  y: (dollars: number) => number;
}

/** One path for each series: a year of ten stays light. What was spent is stacked above 0, refunds below it. */
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

/** A line across each day that has refunds, at what is left of its costs. */
export const drawNets = ({ days, x, y, width }: Plot & { width: number }): string =>
  days
    .flatMap(({ bottom, net }, index) =>
      bottom < 0 ? [`M${(x(index) - 1).toFixed(2)} ${y(net).toFixed(2)}h${(width + 2).toFixed(2)}`] : [],
    )
    .join("");

/** The period before as steps; a new path after each gap. */
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
