import type { Axis } from "./geometry.ts";

/** Text with an outline, readable over bars. */
export const OVER = {
  className: "fill-muted",
  stroke: "var(--surface)",
  strokeWidth: 4,
  paintOrder: "stroke",
} as const;

/** Texts of the grid lines, and the width they need in px at the default font size. */
export function labelAxis(
  { ticks, top, bottom }: Axis,
  write: (tick: number, top: number) => string,
): { labels: string[]; room: number } {
  const labels = ticks.map((tick) => write(tick, Math.max(top, -bottom)));
  const longest = Math.max(...labels.map(({ length }) => length));
  return { labels, room: Math.max(60, Math.ceil(longest * 7.5) + 12) };
}

interface YAxisProps {
  axis: Axis;
  labels: string[];
  y: (size: number) => number;
  /** Ends of the lines, in px. */
  from: number;
  to: number;
}

/** Horizontal grid lines with their amounts. */
export const YAxis = ({ axis, labels, y, from, to }: YAxisProps) =>
  axis.ticks.map((tick, index) => (
    <g key={tick} transform={`translate(0 ${y(tick)})`}>
      <line x1={from} x2={to} stroke={tick === 0 ? "var(--line-strong)" : "var(--line)"} />
      <text x={from - 8} dy="0.32em" textAnchor="end" className="fill-muted tabular-nums">
        {labels[index]}
      </text>
    </g>
  ));
