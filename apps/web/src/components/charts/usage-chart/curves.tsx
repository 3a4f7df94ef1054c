import { area, line, stack } from "d3-shape";
import { type Plot, partOf } from "./geometry.ts";
import { sizeOf, type Value } from "./measure.ts";
import type { ChartPoint } from "./model.ts";
import type { Forecast, Threshold } from "./options.ts";
import { OVER } from "./y-axis.tsx";

type Curve = Pick<Plot, "points" | "x" | "y">;
type Paths = [id: string, path: string][];

/** Stacked areas, with a gap where the value is unknown. */
export const drawAreas = ({ ids, points, x, y }: Curve & { ids: readonly string[] }): Paths =>
  stack<ChartPoint>()
    .keys(ids)
    .value((point, id) => partOf(point, id)?.size ?? 0)(points)
    .map((ends) => {
      const path = area<readonly number[]>()
        .x((_, index) => x(index))
        .y0(([low = 0]) => y(low))
        .y1(([, high = 0]) => y(high))
        .defined((_, index) => points[index]?.value !== null);
      return [ends.key, path(ends) ?? ""];
    });

/** A line through the values, with a gap where they are unknown. A value alone is a point. */
const drawLine = (values: readonly Value[], { x, y }: Pick<Plot, "x" | "y">): string =>
  line<Value>()
    .x((_, index) => x(index))
    .y((value) => y(sizeOf(value)))
    .defined((value) => value !== null)([...values]) ?? "";

/** A line per series. Of a sum, an interval without a part of a series is 0 if the interval is known. */
export const drawLines = ({ ids, points, isSum, ...plot }: Curve & { ids: readonly string[]; isSum: boolean }): Paths =>
  ids.map((id) => [
    id,
    drawLine(
      points.map((point) => partOf(point, id)?.value ?? (isSum && point.value !== null ? 0 : null)),
      plot,
    ),
  ]);

interface CurvesProps extends Curve {
  ids: readonly string[];
  /** Stacked areas, or lines. */
  isStacked: boolean;
  isSum: boolean;
  colourOf: (id: string) => string;
}

/** Series as areas or lines, and the previous period as a dashed line. In a file of its own: most pages show bars. */
export function Curves({ isStacked, colourOf, ...plot }: CurvesProps) {
  const before = drawLine(
    plot.points.map((point) => point.before ?? null),
    plot,
  );
  return (
    <>
      {isStacked
        ? drawAreas(plot).map(([id, path]) => (
            <path key={id} d={path} fill={colourOf(id)} stroke="var(--surface)" strokeWidth="0.75" />
          ))
        : drawLines(plot).map(([id, path]) => (
            <path
              key={id}
              d={path}
              fill="none"
              stroke={colourOf(id)}
              strokeWidth="2"
              strokeLinejoin="round"
              strokeLinecap="round"
            />
          ))}
      <path d={before} fill="none" stroke="var(--ink)" strokeWidth="1.5" strokeDasharray="3 2" />
    </>
  );
}

interface ForecastBandProps extends Pick<Plot, "x" | "y"> {
  forecast: readonly Forecast[];
  indexOf: (at: string) => number;
}

/** Where the values are likely to go, with the range they are likely to stay in. */
export function ForecastBand({ forecast, indexOf, x, y }: ForecastBandProps) {
  const band = forecast.map((one) => ({ ...one, index: indexOf(one.at) })).filter(({ index }) => index >= 0);
  const range = area<(typeof band)[number]>()
    .x(({ index }) => x(index))
    .y0(({ low }) => y(sizeOf(low)))
    .y1(({ high }) => y(sizeOf(high)));
  const middle = range.lineY0().y((one) => y(sizeOf(one.middle)));
  return (
    <g data-forecast>
      <path d={range(band) ?? ""} fill="var(--accent)" opacity="0.18" />
      <path d={middle(band) ?? ""} fill="none" stroke="var(--accent)" strokeWidth="1.5" strokeDasharray="4 3" />
    </g>
  );
}

interface ThresholdsProps extends Pick<Plot, "y"> {
  thresholds: readonly Threshold[];
  /** Upper end of the chart, and ends of the lines, in px. */
  top: number;
  from: number;
  to: number;
}

/** Lines across the chart. A threshold above it is named at its top. */
export const Thresholds = ({ thresholds, y, top, from, to }: ThresholdsProps) =>
  thresholds.map(({ value, label }) => {
    const height = y(sizeOf(value));
    const isAbove = height < top - 1;
    return (
      <g key={label} data-threshold>
        {!isAbove && <line x1={from} x2={to} y1={height} y2={height} stroke="var(--bad)" strokeDasharray="6 4" />}
        <text x={from + 6} y={(isAbove ? top : height) - 5} {...OVER} className="fill-bad">
          {isAbove ? `↑ ${label}` : label}
        </text>
      </g>
    );
  });

/** A line with a flag for each interval with an annotation. */
export const Annotations = ({ at, top, floor }: { at: number[]; top: number; floor: number }) =>
  [...new Set(at)].map((x) => (
    <g key={x} data-annotation>
      <line x1={x} x2={x} y1={top} y2={floor} stroke="var(--ink)" strokeDasharray="2 3" />
      <path d={`M${x - 5} ${top - 8}h10l-5 8z`} fill="var(--ink)" />
    </g>
  ));
