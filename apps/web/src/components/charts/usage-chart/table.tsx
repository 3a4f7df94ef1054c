import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";
import { ExactValue } from "./exact-value.tsx";
import { type Interval, nameInterval, phaseOf } from "./intervals.ts";
import { COST, type Measure, sumValues, type Value, zeroOf } from "./measure.ts";
import type { ChartPoint, SeriesDisplay } from "./model.ts";
import { CHART_BOX } from "./usage-chart.tsx";

interface ChartTableProps {
  points: ChartPoint[];
  ids: string[];
  display: SeriesDisplay;
  measure?: Measure | undefined;
  interval?: Interval | undefined;
  isCumulative: boolean;
  label: string;
  now: Date;
  isPartial: boolean;
  /** As high as its rows, and not as the chart. */
  isLong?: boolean;
}

const CELL = "px-4 py-1.5 text-right tabular-nums whitespace-nowrap";

/** The chart in numbers, newest interval first. Running sums and ratios have no totals. */
export function ChartTable(props: ChartTableProps) {
  const {
    points,
    ids,
    display,
    measure = COST,
    interval = "day",
    isCumulative,
    label,
    now,
    isPartial,
    isLong = false,
  } = props;
  const t = useTexts("usage");
  const format = useFormat();
  const newestFirst = points.filter(({ at }) => phaseOf(at, interval, now) !== "future").reverse();
  const isCompared = points.some(({ before }) => before !== undefined);
  const value = (amount: Value) => <ExactValue value={amount} measure={measure} />;
  const partOf = ({ value: whole, parts }: ChartPoint, id: string): Value =>
    parts.find((part) => part.id === id)?.value ?? (measure.isSum && whole !== null ? zeroOf(measure) : null);
  const names = t.usage.chart;
  const whole = isPartial && measure.isSum ? names.sumShown : measure.isSum ? names.sum : names.all;
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be focusable
      tabIndex={0}
      aria-label={label}
      className={`${isLong ? "max-h-[70dvh] print:max-h-none" : `${CHART_BOX} border-y border-line`} overflow-auto print:overflow-visible`}
    >
      <table className="w-full text-table">
        <caption className="sr-only">{label}</caption>
        <thead className="sticky top-0 z-10 bg-surface text-muted shadow-[0_1px_0_var(--line)]">
          <tr>
            <th scope="col" className="sticky left-0 bg-surface px-4 py-2 text-left">
              {names.intervals[interval]}
            </th>
            <th scope="col" className={CELL}>
              {whole}
            </th>
            {isCompared && (
              <th scope="col" className={CELL}>
                {names.before}
              </th>
            )}
            {ids.map((id) => (
              <th key={id} scope="col" dir="auto" title={display.nameOf(id)} className={`${CELL} max-w-60 truncate`}>
                {display.nameOf(id)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {newestFirst.map((point) => (
            <tr key={point.at} className="hover:bg-sunken">
              <th scope="row" className="sticky left-0 bg-surface px-4 py-1.5 text-left font-normal whitespace-nowrap">
                {nameInterval(point.at, interval, format)}
                {phaseOf(point.at, interval, now) === "open" && <span className="text-muted"> {names.soFar}</span>}
              </th>
              <td className={`${CELL} font-medium`}>
                {point.value === null ? <span className="text-muted">{names.noData}</span> : value(point.value)}
              </td>
              {isCompared && <td className={`${CELL} text-muted`}>{value(point.before ?? null)}</td>}
              {ids.map((id) => (
                <td key={id} className={CELL}>
                  {value(partOf(point, id))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {measure.isSum && !isCumulative && (
          <tfoot className="sticky bottom-0 bg-surface font-medium shadow-[0_-1px_0_var(--line)]">
            <tr>
              <th scope="row" className="sticky left-0 bg-surface px-4 py-2 text-left">
                {t.common.total}
              </th>
              <td className={CELL}>{value(sumValues(points.map((point) => point.value)))}</td>
              {isCompared && (
                <td className={`${CELL} text-muted`}>{value(sumValues(points.map(({ before }) => before ?? null)))}</td>
              )}
              {ids.map((id) => (
                <td key={id} className={CELL}>
                  {value(sumValues(points.map((point) => partOf(point, id))))}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}
