import { toDay } from "@orwatch/domain/day";
import { sumMoney } from "../../../lib/format/money.ts";
import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";
import { Money } from "../../ui/values.tsx";
import type { ChartDay, SeriesDisplay } from "./model.ts";
import { CHART_BOX } from "./usage-chart.tsx";

interface ChartTableProps {
  days: ChartDay[];
  ids: string[];
  display: SeriesDisplay;
  label: string;
  now: Date;
  isPartial: boolean;
}

const CELL = "px-4 py-1.5 text-right tabular-nums whitespace-nowrap";

/** The chart in numbers, newest day first. */
export function ChartTable({ days, ids, display, label, now, isPartial }: ChartTableProps) {
  const t = useTexts("usage");
  const format = useFormat();
  const newestFirst = [...days].reverse();
  const isCompared = days.some(({ before }) => before !== undefined);
  const totalOf = (id: string) =>
    sumMoney(days.flatMap(({ parts }) => parts.filter((part) => part.id === id).map(({ cost }) => cost)));
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be focusable
      tabIndex={0}
      aria-label={label}
      className={`${CHART_BOX} overflow-auto border-y border-line`}
    >
      <table className="w-full text-table">
        <caption className="sr-only">{label}</caption>
        <thead className="sticky top-0 z-10 bg-surface text-muted shadow-[0_1px_0_var(--line)]">
          <tr>
            <th scope="col" className="sticky left-0 bg-surface px-4 py-2 text-left">
              {t.usage.chart.day}
            </th>
            <th scope="col" className={CELL}>
              {isPartial ? t.usage.chart.sumShown : t.usage.chart.sum}
            </th>
            {isCompared && (
              <th scope="col" className={CELL}>
                {t.usage.chart.before}
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
          {newestFirst.map(({ date, cost, parts, before }) => (
            <tr key={date} className="hover:bg-sunken">
              <th scope="row" className="sticky left-0 bg-surface px-4 py-1.5 text-left font-normal whitespace-nowrap">
                {format.day(date)}
                {date === toDay(now) && <span className="text-muted"> {t.usage.chart.soFar}</span>}
              </th>
              <td className={`${CELL} font-medium`}>
                {cost === null ? <span className="text-muted">{t.usage.chart.noData}</span> : <Money value={cost} />}
              </td>
              {isCompared && (
                <td className={`${CELL} text-muted`}>
                  <Money value={before ?? null} />
                </td>
              )}
              {ids.map((id) => (
                <td key={id} className={CELL}>
                  {cost !== null && <Money value={parts.find((part) => part.id === id)?.cost ?? "0.00"} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot className="sticky bottom-0 bg-surface font-medium shadow-[0_-1px_0_var(--line)]">
          <tr>
            <th scope="row" className="sticky left-0 bg-surface px-4 py-2 text-left">
              {t.common.total}
            </th>
            <td className={CELL}>
              <Money value={sumMoney(days.flatMap(({ cost }) => cost ?? []))} />
            </td>
            {isCompared && (
              <td className={`${CELL} text-muted`}>
                <Money value={sumMoney(days.flatMap(({ before }) => before ?? []))} />
              </td>
            )}
            {ids.map((id) => (
              <td key={id} className={CELL}>
                <Money value={totalOf(id)} />
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
