import { toDay } from "@orwatch/domain/day";
import { type KeyboardEvent, type PointerEvent, useId, useMemo, useState } from "react";
import { useSize } from "../../../lib/browser/size.ts";
import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";
import { drawBefore, drawNets, drawSeries, niceAxis, placeMarks, reachOf } from "./geometry.ts";
import { type ChartDay, findGaps, type SeriesDisplay } from "./model.ts";
import { ChartReadout, describeDay } from "./readout.tsx";
import { labelAxis, YAxis } from "./y-axis.tsx";

/** In px, at the default font size. */
const CHART_HEIGHT = 280;
/** Height of the placeholder. */
export const CHART_BOX = "h-70 print:h-auto";
const PAD = { top: 20, right: 12, bottom: 26 };
const LABEL_WIDTH = 68;
const LONG_LABEL_WIDTH = 96;
const SO_FAR_WIDTH = 44;
const MARK_WIDTH = 84;
/** Days that a key moves the read-out. */
const MOVES: Record<string, number> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -7,
  PageUp: 7,
  Home: -Infinity,
  End: Infinity,
};

/** Text with an outline, readable over bars. */
const OVER = { className: "fill-muted", stroke: "var(--surface)", strokeWidth: 4, paintOrder: "stroke" } as const;

interface UsageChartProps {
  days: ChartDay[];
  /** Series to draw, most expensive first. */
  ids: readonly string[];
  display: SeriesDisplay;
  now: Date;
  isPartial: boolean;
}

/** Cost by day. The arrow keys read it out day by day. */
export function UsageChart({ days, ids, display, now, isPartial }: UsageChartProps) {
  const t = useTexts("usage");
  const format = useFormat();
  const id = useId();
  const { element, width, scale } = useSize();
  const [active, setActive] = useState<number | null>(null);

  const last = days.length - 1;
  const at = active === null ? null : Math.min(active, last);
  const reaches = days.map(reachOf);
  const axis = niceAxis(Math.max(...reaches.map(({ top }) => top)), Math.min(...reaches.map(({ bottom }) => bottom)));
  const { labels, room } = labelAxis(axis, format);
  const height = CHART_HEIGHT * scale;
  const pad = { top: PAD.top * scale, right: PAD.right * scale, bottom: PAD.bottom * scale, left: room * scale };
  const inner = Math.max(0, width - pad.left - pad.right);
  const step = inner / days.length;
  const barWidth = Math.max(step > 4 ? step - Math.min(step * 0.22, 8) : step * 0.9, 0.5);
  const floor = height - pad.bottom;
  const y = (dollars: number) => floor - ((dollars - axis.bottom) / (axis.top - axis.bottom)) * (floor - pad.top);
  const x = (index: number) => pad.left + (index + 0.5) * step;
  const plot = { days, x, y, width: barWidth };
  // biome-ignore lint/correctness/useExhaustiveDependencies: x and y follow from days, width and scale
  const series = useMemo(() => drawSeries({ ...plot, ids }), [days, ids, width, scale]);
  const today = days[last]?.date === toDay(now) ? days[last] : undefined;
  const hasOtherYear = days[0]?.date.slice(0, 4) !== String(now.getUTCFullYear());
  const every = Math.max(1, Math.ceil(((hasOtherYear ? LONG_LABEL_WIDTH : LABEL_WIDTH) * scale) / (step || 1)));
  const underSoFar = reaches.slice(-Math.max(1, Math.ceil((SO_FAR_WIDTH * scale) / (step || 1))));

  function follow(event: PointerEvent<HTMLDivElement>) {
    const left = event.clientX - event.currentTarget.getBoundingClientRect().left;
    setActive(Math.max(0, Math.min(last, Math.floor(left / step))));
  }

  function steer(event: KeyboardEvent) {
    const move = MOVES[event.key];
    if (event.key === "Escape") setActive(null);
    if (move === undefined) return;
    event.preventDefault();
    setActive(Math.max(0, Math.min(last, (at ?? last) + move)));
  }

  /** Full height behind the days of a range. */
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

  const day = days[at ?? last];
  return (
    <div ref={element} className={`relative select-none ${CHART_BOX}`}>
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
        {findGaps(days).map(([from, to]) => (
          <g key={from}>
            {band(from, to, "var(--line)", 0.4)}
            {(to - from + 1) * step > 64 && (
              <text x={pad.left + ((from + to + 1) / 2) * step} y={floor - 10} textAnchor="middle" {...OVER}>
                {t.usage.chart.noData}
              </text>
            )}
          </g>
        ))}
        {at !== null && band(at, at, "var(--ink)", 0.08)}
        {series.map(([name, path]) => (
          <path
            key={name}
            d={path}
            fill={display.colourOf(name)}
            stroke="var(--surface)"
            strokeWidth={barWidth > 6 ? 0.75 : 0}
            strokeLinejoin="round"
          />
        ))}
        {today && today.parts.length > 0 && (
          <rect
            x={x(last) - barWidth / 2}
            y={y(today.top)}
            width={barWidth}
            height={y(today.bottom) - y(today.top)}
            fill={`url(#${id}today)`}
          />
        )}
        {axis.bottom < 0 && <path data-nets d={drawNets(plot)} stroke="var(--ink)" strokeWidth="2" />}
        {drawBefore({ ...plot, width: step }).map((path) => (
          <path key={path} d={path} fill="none" stroke="var(--ink)" strokeWidth="1.5" strokeDasharray="3 2" />
        ))}
        {today && today.parts.length > 0 && (
          <text
            x={width - pad.right}
            y={y(Math.max(...underSoFar.map(({ top }) => top))) - 6}
            textAnchor="end"
            {...OVER}
          >
            {today.mark ? `${today.mark}, ${t.usage.chart.soFar}` : t.usage.chart.soFar}
          </text>
        )}
        {placeMarks(plot, MARK_WIDTH * scale).map(
          (index) =>
            days[index] !== today && (
              <text
                key={index}
                x={x(index)}
                y={y(reaches[index]?.top ?? 0) - 6}
                textAnchor="middle"
                {...OVER}
                className="fill-ink font-semibold"
              >
                {days[index]?.mark}
              </text>
            ),
        )}
        <line x1={pad.left} x2={width - pad.right} y1={y(0)} y2={y(0)} stroke="var(--line-strong)" />
        {days.map(
          ({ date }, index) =>
            (last - index) % every === 0 && (
              <text
                key={date}
                x={Math.min(x(index), width - pad.right - 18 * scale)}
                y={floor + 18 * scale}
                textAnchor="middle"
                className="fill-muted"
              >
                {format.day(date)}
              </text>
            ),
        )}
      </svg>
      <div
        role="slider"
        tabIndex={0}
        aria-label={t.usage.chart.readout}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={at ?? last}
        aria-valuetext={day ? describeDay(day, display, { t, format, now }) : ""}
        className="absolute cursor-crosshair touch-pan-y rounded-control"
        style={{ left: pad.left, right: pad.right, top: pad.top, bottom: pad.bottom }}
        onPointerMove={follow}
        onPointerDown={follow}
        onPointerLeave={({ pointerType }) => pointerType === "mouse" && setActive(null)}
        onFocus={(event) => event.currentTarget.matches(":focus-visible") && setActive(at ?? last)}
        onBlur={() => setActive(null)}
        onKeyDown={steer}
      />
      {at !== null && day && (
        <ChartReadout
          day={day}
          display={display}
          now={now}
          isPartial={isPartial}
          edge={{
            isRight: at < days.length / 2,
            px: at < days.length / 2 ? pad.left + (at + 1) * step : pad.right + (days.length - at) * step,
          }}
        />
      )}
    </div>
  );
}
