import { lazy, Suspense, useId, useMemo } from "react";
import { useSize } from "../../../lib/browser/size.ts";
import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";
import { describePoint } from "./describe-point.ts";
import { drawBars, drawNets, drawSteps, niceAxis, placeMarks, reachOf } from "./geometry.ts";
import { dayOf, labelInterval, phaseOf, startOfInterval } from "./intervals.ts";
import { COST, sizeOf, writeTick } from "./measure.ts";
import { type ChartPoint, findGaps, type SeriesDisplay } from "./model.ts";
import type { ChartOptions } from "./options.ts";
import { useSelection } from "./use-selection.ts";
import { labelAxis, OVER, YAxis } from "./y-axis.tsx";

// Loaded on demand: most pages show bars without anything on them, and the read-out waits for a pointer or a key.
const ChartReadout = lazy(() => import("./readout.tsx").then(({ ChartReadout }) => ({ default: ChartReadout })));
const Annotations = lazy(() => import("./curves.tsx").then(({ Annotations }) => ({ default: Annotations })));
const Thresholds = lazy(() => import("./curves.tsx").then(({ Thresholds }) => ({ default: Thresholds })));
const Curves = lazy(() => import("./curves.tsx").then(({ Curves }) => ({ default: Curves })));
const ForecastBand = lazy(() => import("./curves.tsx").then(({ ForecastBand }) => ({ default: ForecastBand })));

/** In px, at the default font size. */
const CHART_HEIGHT = 280;
/** Height of the placeholder. */
export const CHART_BOX = "h-70 print:h-auto";
const PAD = { top: 20, right: 12, bottom: 26 };
const LABEL_WIDTH = 68;
const LONG_LABEL_WIDTH = 96;
const SO_FAR_WIDTH = 44;
const MARK_WIDTH = 84;
/** A threshold that is more times as high as the chart is named at its top. */
const MOST_TIMES = 1.6;

interface UsageChartProps extends ChartOptions {
  points: ChartPoint[];
  /** Series to draw, the largest first. */
  ids: readonly string[];
  display: SeriesDisplay;
  now: Date;
  isPartial: boolean;
}

/** Values by interval and series. The arrow keys read them out one by one. */
export function UsageChart(props: UsageChartProps) {
  const { points, ids, display, now, isPartial, onZoom, onOpen, onAnnotate } = props;
  const { kind = "bars", measure = COST, interval = "day", annotations = [], thresholds = [], forecast = [] } = props;
  const t = useTexts("usage");
  const format = useFormat();
  const id = useId();
  const { element, width, scale } = useSize();

  const last = points.length - 1;
  const isStacked = kind !== "lines" && measure.isSum;
  const isBars = kind === "bars" && measure.isSum;
  const reaches = points.map((point) => (isStacked ? reachOf(point) : reachOfLines(point)));
  const ahead = forecast.map(({ high }) => sizeOf(high));
  const highest = Math.max(...reaches.map(({ top }) => top), ...ahead);
  const near = thresholds.map(({ value }) => sizeOf(value)).filter((size) => size <= highest * MOST_TIMES);
  const axis = niceAxis(Math.max(highest, ...near), Math.min(...reaches.map(({ bottom }) => bottom)));
  const { labels, room } = labelAxis(axis, (tick, top) => writeTick(tick, top, measure, format));
  const height = CHART_HEIGHT * scale;
  const pad = { top: PAD.top * scale, right: PAD.right * scale, bottom: PAD.bottom * scale, left: room * scale };
  const inner = Math.max(0, width - pad.left - pad.right);
  const step = inner / points.length;
  const barWidth = Math.max(step > 4 ? step - Math.min(step * 0.22, 8) : step * 0.9, 0.5);
  const floor = height - pad.bottom;
  const y = (size: number) => floor - ((size - axis.bottom) / (axis.top - axis.bottom)) * (floor - pad.top);
  const x = (index: number) => pad.left + (index + 0.5) * step;
  const plot = { points, x, y, width: barWidth };
  // biome-ignore lint/correctness/useExhaustiveDependencies: x and y follow from points, width, scale and axis
  const bars = useMemo(
    () => (isBars ? drawBars({ ...plot, ids }) : []),
    [points, ids, width, scale, axis.top, axis.bottom, isBars],
  );
  const open = points.findLastIndex(({ at }) => phaseOf(at, interval, now) === "open");
  const today = points[open];
  const known = points.filter(({ at }) => phaseOf(at, interval, now) !== "future");
  const hasOtherYear = dayOf(points[0]?.at ?? "").slice(0, 4) !== String(now.getUTCFullYear()) || interval === "month";
  const every = Math.max(1, Math.ceil(((hasOtherYear ? LONG_LABEL_WIDTH : LABEL_WIDTH) * scale) / (step || 1)));
  const underSoFar = reaches.slice(
    Math.max(0, open + 1 - Math.max(1, Math.ceil((SO_FAR_WIDTH * scale) / (step || 1)))),
    open + 1,
  );
  const indexOfDate = (date: string) => points.findIndex(({ at }) => at === startOfInterval(date, interval));
  const noted = annotations
    .map(({ date, text }) => ({ index: indexOfDate(date), text }))
    .filter(({ index }) => index >= 0);

  const {
    at,
    range,
    props: gestures,
  } = useSelection({
    count: points.length,
    step,
    onZoom: onZoom && ((from, through) => onZoom(points[from]?.at ?? "", points[through]?.at ?? "")),
    onOpen: onOpen && ((index) => onOpen(points[index]?.at ?? "")),
    onAnnotate: onAnnotate && ((index) => onAnnotate(points[index]?.at ?? "")),
  });

  /** Full height behind the intervals of a range. */
  const band = (from: number, to: number, fill: string, opacity: number) => (
    <rect
      x={pad.left + from * step}
      y={pad.top}
      width={(to - from + 1) * step}
      height={floor - pad.top}
      fill={fill}
      opacity={opacity}
    />
  );

  const point = points[at ?? Math.max(0, known.length - 1)];
  const notesOf = (index: number) => noted.filter((one) => one.index === index).map(({ text }) => text);
  const words = { t, format, now };
  return (
    <div ref={element} data-chart className={`relative select-none ${CHART_BOX}`}>
      {/* On paper, which may be narrower than the page was, as a whole. */}
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        aria-hidden="true"
        className="paint block text-caption print:h-auto print:max-w-full"
      >
        <defs>
          <pattern id={`${id}today`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
            <rect width="3" height="6" fill="var(--surface)" opacity="0.6" />
          </pattern>
        </defs>
        <YAxis axis={axis} labels={labels} y={y} from={pad.left} to={width - pad.right} />
        {findGaps(known).map(([from, to]) => (
          <g key={from}>
            {band(from, to, "var(--line)", 0.4)}
            {(to - from + 1) * step > 64 && (
              <text x={pad.left + ((from + to + 1) / 2) * step} y={floor - 10} textAnchor="middle" {...OVER}>
                {t.usage.chart.noData}
              </text>
            )}
          </g>
        ))}
        {range === null && at !== null && band(at, at, "var(--ink)", 0.08)}
        {range !== null && band(range[0], range[1], "var(--accent)", 0.18)}
        {bars.map(([name, path]) => (
          <path
            key={name}
            d={path}
            fill={display.colourOf(name)}
            stroke="var(--surface)"
            strokeWidth={barWidth > 6 ? 0.75 : 0}
            strokeLinejoin="round"
          />
        ))}
        {!isBars && (
          <Suspense>
            <Curves {...plot} ids={ids} isStacked={isStacked} isSum={measure.isSum} colourOf={display.colourOf} />
          </Suspense>
        )}
        {today && today.parts.length > 0 && isStacked && (
          <rect
            x={isBars ? x(open) - barWidth / 2 : x(open) - step / 2}
            y={y(today.top)}
            width={isBars ? barWidth : step / 2}
            height={y(today.bottom) - y(today.top)}
            fill={`url(#${id}today)`}
          />
        )}
        {isStacked && axis.bottom < 0 && <path data-nets d={drawNets(plot)} stroke="var(--ink)" strokeWidth="2" />}
        {forecast.length > 0 && (
          <Suspense>
            <ForecastBand
              forecast={forecast}
              indexOf={(start) => points.findIndex((one) => one.at === start)}
              x={x}
              y={y}
            />
          </Suspense>
        )}
        {isBars && (
          <path
            d={drawSteps({ ...plot, width: step })}
            fill="none"
            stroke="var(--ink)"
            strokeWidth="1.5"
            strokeDasharray="3 2"
          />
        )}
        {thresholds.length > 0 && (
          <Suspense>
            <Thresholds thresholds={thresholds} y={y} top={pad.top} from={pad.left} to={width - pad.right} />
          </Suspense>
        )}
        {today && today.parts.length > 0 && isStacked && (
          <text
            x={Math.min(x(open) + SO_FAR_WIDTH / 2, width - pad.right)}
            y={y(Math.max(...underSoFar.map(({ top }) => top))) - 6}
            textAnchor="end"
            {...OVER}
          >
            {today.mark ? `${today.mark}, ${t.usage.chart.soFar}` : t.usage.chart.soFar}
          </text>
        )}
        {placeMarks(plot, MARK_WIDTH * scale).map(
          (index) =>
            points[index] !== today && (
              <text
                key={index}
                x={x(index)}
                y={y(reaches[index]?.top ?? 0) - 6}
                textAnchor="middle"
                {...OVER}
                className="fill-ink font-semibold"
              >
                {points[index]?.mark}
              </text>
            ),
        )}
        {noted.length > 0 && (
          <Suspense>
            <Annotations at={noted.map(({ index }) => x(index))} top={pad.top} floor={floor} />
          </Suspense>
        )}
        <line x1={pad.left} x2={width - pad.right} y1={y(0)} y2={y(0)} stroke="var(--line-strong)" />
        {points.map(
          ({ at }, index) =>
            (last - index) % every === 0 && (
              <text
                key={at}
                x={Math.min(x(index), width - pad.right - 18 * scale)}
                y={floor + 18 * scale}
                textAnchor="middle"
                className="fill-muted"
              >
                {labelInterval(at, interval, format)}
              </text>
            ),
        )}
      </svg>
      <div
        role="slider"
        tabIndex={0}
        aria-label={props.readout ?? t.usage.chart.readout}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={at ?? last}
        aria-valuetext={
          point
            ? describePoint({ point, measure, interval, display, notes: notesOf(points.indexOf(point)) }, words)
            : ""
        }
        className="absolute cursor-crosshair touch-pan-y rounded-control"
        style={{ left: pad.left, right: pad.right, top: pad.top, bottom: pad.bottom }}
        {...gestures}
      />
      {at !== null && point && (
        <Suspense>
          <ChartReadout
            point={point}
            measure={measure}
            interval={interval}
            display={display}
            notes={notesOf(at)}
            now={now}
            isPartial={isPartial}
            edge={{
              isRight: at < points.length / 2,
              px: at < points.length / 2 ? pad.left + (at + 1) * step : pad.right + (points.length - at) * step,
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

const reachOfLines = ({ parts, before }: ChartPoint) => {
  const sizes = [...parts.map(({ size }) => size), sizeOf(before ?? null)];
  return { top: Math.max(0, ...sizes), bottom: Math.min(0, ...sizes) };
};
