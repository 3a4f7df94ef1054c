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

/** How the series of a chart are drawn: stacked bars or areas, or a line for each. */
export type ChartKind = "bars" | "lines" | "area";

interface Plot {
  days: ChartDay[];
  /** Middle of a day, in px. */
  x: (index: number) => number;
  y: (dollars: number) => number;
  /** Width of a bar. */
  width: number;
}

/** Highest and lowest value of a day, including the compared one. */
export function reachOf({ parts, top, bottom, before }: ChartDay, kind: ChartKind): { top: number; bottom: number } {
  const ends = kind === "lines" ? parts.map(({ dollars }) => dollars) : [top, bottom];
  const compared = before ? toDollars(before) : 0;
  return { top: Math.max(0, compared, ...ends), bottom: Math.min(0, compared, ...ends) };
}

const at = (x: number, y: number): string => `${x.toFixed(2)} ${y.toFixed(2)}`;

/** One series on one day: from the top of those below it to its own. */
interface Block {
  left: number;
  right: number;
  base: number;
  end: number;
}

/** From middle to middle of the days. A single day between unknown ones is as wide as a bar. */
const edgeOf = (run: Block[], edge: "base" | "end"): string[] =>
  run.flatMap(({ left, right, [edge]: height }) =>
    run.length === 1 ? [at(left, height), at(right, height)] : [at((left + right) / 2, height)],
  );

/** The path of a series over days that are known, by kind. */
const PATHS: Record<ChartKind, (run: Block[]) => string> = {
  bars: (run) =>
    run
      .filter(({ base, end }) => base !== end)
      .map(
        ({ left, right, base, end }) => `M${at(left, base)}H${right.toFixed(2)}V${end.toFixed(2)}H${left.toFixed(2)}z`,
      )
      .join(""),
  lines: (run) => `M${edgeOf(run, "end").join("L")}`,
  area: (run) => `M${[...edgeOf(run, "end"), ...edgeOf(run, "base").reverse()].join("L")}z`,
};

/** One path per series, so that a year stays fast. Bars and areas stack costs above 0 and refunds below it. */
export function drawSeries({ kind, ids, days, x, y, width }: Plot & { kind: ChartKind; ids: readonly string[] }) {
  const sums = days.map(() => ({ spent: 0, refunded: 0 }));
  return ids.map((id): [id: string, path: string] => {
    const runs: Block[][] = [[]];
    for (const [index, { cost, parts }] of days.entries()) {
      const sum = sums[index];
      if (cost === null || !sum) {
        runs.push([]);
        continue;
      }
      const dollars = parts.find((part) => part.id === id)?.dollars ?? 0;
      const side = dollars < 0 ? "refunded" : "spent";
      const base = kind === "lines" ? 0 : sum[side];
      sum[side] += dollars;
      runs.at(-1)?.push({
        left: x(index) - width / 2,
        right: x(index) + width / 2,
        base: y(base),
        end: y(base + dollars),
      });
    }
    const known = runs.filter(({ length }) => length > 0);
    return [id, known.map(PATHS[kind]).join("")];
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
