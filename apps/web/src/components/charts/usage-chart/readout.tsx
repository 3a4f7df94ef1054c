import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";
import { bySize, type Readout } from "./describe-point.ts";
import { nameInterval, phaseOf } from "./intervals.ts";
import { Swatch } from "./legend.tsx";
import { writeValue } from "./measure.ts";

const ROWS = 8;

interface ChartReadoutProps extends Readout {
  now: Date;
  isPartial: boolean;
  /** Side of the interval, and distance from that edge of the chart. */
  edge: { isRight: boolean; px: number };
}

/** One interval: its series by size, with their sum. */
export function ChartReadout({ point, measure, interval, display, notes, now, isPartial, edge }: ChartReadoutProps) {
  const { usage: t } = useTexts("usage");
  const format = useFormat();
  const { at, value, before, mark } = point;
  const sorted = bySize(point);
  const shown = sorted.slice(0, ROWS).sort((left, right) => right.size - left.size);
  const side = edge.isRight ? { left: edge.px + 6 } : { right: edge.px + 6 };
  const phase = phaseOf(at, interval, now);
  const isAlone = sorted.length === 1 && !isPartial;
  const unknown = phase === "future" ? t.chart.notYet : t.chart.noData;
  return (
    <div
      aria-hidden
      data-readout
      className="pointer-events-none absolute top-2 z-20 w-56 rounded-panel border border-line bg-surface p-3 text-caption shadow-float sm:w-64"
      style={side}
    >
      <p className="mb-2 flex justify-between gap-3 font-semibold">
        <span>
          {nameInterval(at, interval, format)}
          {phase === "open" && <span className="font-normal text-muted"> {t.chart.soFar}</span>}
        </span>
        {value === null && sorted.length === 0 && <span className="font-normal text-muted">{unknown}</span>}
      </p>
      {value === null && sorted.length === 0 && phase !== "future" && (
        <p className="text-muted">
          {interval === "day" && measure.unit === "money" ? t.chart.noDataLong : t.chart.unknown}
        </p>
      )}
      {value !== null && sorted.length === 0 && (
        <p className="text-muted">{measure.unit === "money" ? t.chart.nothing : t.chart.noUsage}</p>
      )}
      <ul className="flex flex-col gap-1">
        {shown.map((part) => (
          <li key={part.id} className="flex items-center gap-2">
            <Swatch colour={display.colourOf(part.id)} />
            <span dir="auto" className="min-w-0 flex-1 truncate">
              {display.nameOf(part.id)}
            </span>
            <span className="tabular-nums">{writeValue(part.value, measure, format)}</span>
          </li>
        ))}
      </ul>
      {sorted.length > ROWS && (
        <p className="mt-1 pl-4.5 text-muted">{t.chart.more({ count: sorted.length - ROWS })}</p>
      )}
      {value !== null && sorted.length > 0 && !(isAlone && !measure.isSum) && (
        <p className="mt-2 flex justify-between border-t border-line pt-2 font-semibold">
          <span>{isPartial && measure.isSum ? t.chart.sumShown : measure.isSum ? t.chart.sum : t.chart.all}</span>
          <span className="tabular-nums">{writeValue(value, measure, format)}</span>
        </p>
      )}
      {before !== undefined && (
        <p className="mt-1 flex justify-between text-muted">
          <span>{t.chart.before}</span>
          <span className="tabular-nums">{before === null ? t.chart.noData : writeValue(before, measure, format)}</span>
        </p>
      )}
      {[...(mark ? [mark] : []), ...notes].map((note) => (
        <p key={note} dir="auto" className="mt-1 font-semibold wrap-anywhere">
          {note}
        </p>
      ))}
    </div>
  );
}
