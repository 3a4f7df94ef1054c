import { toDay } from "@orwatch/domain/day";
import { useFormat, useTexts, type Words } from "../../../lib/i18n/i18n.ts";
import { Swatch } from "./legend.tsx";
import type { ChartDay, SeriesDisplay } from "./model.ts";

const ROWS = 8;

interface ChartReadoutProps {
  day: ChartDay;
  display: SeriesDisplay;
  now: Date;
  isPartial: boolean;
  /** Side of the day, and distance from that edge of the chart. */
  edge: { isRight: boolean; px: number };
}

/** One day: its series by size, with their sum. */
export function ChartReadout({ day, display, now, isPartial, edge }: ChartReadoutProps) {
  const { usage: t } = useTexts("usage");
  const format = useFormat();
  const { date, cost, parts, before, mark } = day;
  const bySize = [...parts].sort((left, right) => Math.abs(right.dollars) - Math.abs(left.dollars));
  const shown = bySize.slice(0, ROWS).sort((left, right) => right.dollars - left.dollars);
  const side = edge.isRight ? { left: edge.px + 6 } : { right: edge.px + 6 };
  return (
    <div
      aria-hidden
      data-readout
      className="pointer-events-none absolute top-2 z-20 w-56 rounded-panel border border-line bg-surface p-3 text-caption shadow-float sm:w-64"
      style={side}
    >
      <p className="mb-2 flex justify-between gap-3 font-semibold">
        <span>
          {format.day(date)}
          {date === toDay(now) && <span className="font-normal text-muted"> {t.chart.soFar}</span>}
        </span>
        {cost === null && <span className="font-normal text-muted">{t.chart.noData}</span>}
      </p>
      {cost === null && <p className="text-muted">{t.chart.noDataLong}</p>}
      {cost !== null && bySize.length === 0 && <p className="text-muted">{t.chart.nothing}</p>}
      <ul className="flex flex-col gap-1">
        {shown.map((part) => (
          <li key={part.id} className="flex items-center gap-2">
            <Swatch colour={display.colourOf(part.id)} />
            <span dir="auto" className="min-w-0 flex-1 truncate">
              {display.nameOf(part.id)}
            </span>
            <span className="tabular-nums">{format.money(part.cost)}</span>
          </li>
        ))}
      </ul>
      {bySize.length > ROWS && (
        <p className="mt-1 pl-4.5 text-muted">{t.chart.more({ count: bySize.length - ROWS })}</p>
      )}
      {cost !== null && bySize.length > 0 && (
        <p className="mt-2 flex justify-between border-t border-line pt-2 font-semibold">
          <span>{isPartial ? t.chart.sumShown : t.chart.sum}</span>
          <span className="tabular-nums">{format.money(cost)}</span>
        </p>
      )}
      {before !== undefined && (
        <p className="mt-1 flex justify-between text-muted">
          <span>{t.chart.before}</span>
          <span className="tabular-nums">{before === null ? t.chart.noData : format.money(before)}</span>
        </p>
      )}
      {mark && <p className="mt-1 font-semibold">{mark}</p>}
    </div>
  );
}

/** The read-out as a sentence, for screen readers. */
export function describeDay(
  { date, cost, parts, before, mark }: ChartDay,
  display: SeriesDisplay,
  { t, format, now }: Pick<Words<"usage">, "t" | "format"> & { now: Date },
): string {
  if (cost === null) return `${format.day(date)}: ${t.usage.chart.noDataLong}`;
  const sizes = [...parts].sort((left, right) => Math.abs(right.dollars) - Math.abs(left.dollars)).slice(0, 3);
  const list = sizes.map((part) => `${display.nameOf(part.id)} ${format.money(part.cost)}`).join(", ");
  const soFar = date === toDay(now) ? ` ${t.usage.chart.soFar}` : "";
  const compared = before ? `${t.usage.chart.before} ${format.exactMoney(before)}` : "";
  return [`${format.day(date)}${soFar}: ${format.exactMoney(cost)}`, mark, list, compared].filter(Boolean).join("; ");
}
