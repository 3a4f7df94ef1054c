import { useTexts } from "../../../lib/i18n/i18n.ts";
import { ExactValue } from "../usage-chart/exact-value.tsx";
import type { Measure, Value } from "../usage-chart/measure.ts";

interface HeatmapTableProps {
  label: string;
  weekdays: string[];
  hours: string[];
  /** Of an hour of the week, from Monday 00:00. */
  valueAt: (index: number) => Value;
  measure: Measure;
}

const CELL = "px-3 py-1.5 text-right tabular-nums whitespace-nowrap";

/** The heatmap in numbers. */
export function HeatmapTable({ label, weekdays, hours, valueAt, measure }: HeatmapTableProps) {
  const t = useTexts("usage");
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={t.usage.chart.table({ title: label })}
      className="max-h-80 overflow-auto border-y border-line"
    >
      <table className="w-full text-table">
        <caption className="sr-only">{label}</caption>
        <thead className="sticky top-0 z-10 bg-surface text-muted shadow-[0_1px_0_var(--line)]">
          <tr>
            <td className={CELL} />
            {weekdays.map((name) => (
              <th key={name} scope="col" className={CELL}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {hours.map((hour, index) => (
            <tr key={hour} className="hover:bg-sunken">
              <th scope="row" className={`${CELL} font-normal`}>
                {hour}
              </th>
              {weekdays.map((name, weekday) => (
                <td key={name} className={CELL}>
                  <ExactValue value={valueAt(weekday * hours.length + index)} measure={measure} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
