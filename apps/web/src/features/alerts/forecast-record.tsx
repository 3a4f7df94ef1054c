import { Panel } from "../../components/ui/panel.tsx";
import { Money, useNow } from "../../components/ui/values.tsx";
import { formatDay, formatPercent } from "../../lib/format.ts";
import { text } from "../../lib/text/forecast.ts";
import type { Forecast } from "../../lib/trpc.ts";

const words = text.forecast;
const HEAD = "px-4 py-2 text-right whitespace-nowrap text-muted first:text-left";
const CELL = "px-4 py-2 text-right whitespace-nowrap tabular-nums";

/** How it is computed, and how past forecasts turned out. */
export function ForecastRecord({ forecast: { method, days_known, record } }: { forecast: Forecast }) {
  return (
    <Panel title={words.record}>
      <div className="flex flex-col gap-2 px-4 pb-4">
        {record.compared === 0 ? (
          <p className="max-w-prose text-muted">{words.noRecord}</p>
        ) : (
          <p className="max-w-prose">
            {words.hits(record.hits, record.compared, formatPercent(record.hit_rate))}{" "}
            {record.mean_error !== null && words.error(formatPercent(record.mean_error))}
          </p>
        )}
        <h3 className="mt-2 font-medium">{words.how}</h3>
        <p className="max-w-prose text-muted">
          {words.method(method)} {words.basis(days_known)}
        </p>
      </div>
      {record.past.length > 0 && <Past past={record.past} />}
    </Panel>
  );
}

function Past({ past }: { past: Forecast["record"]["past"] }) {
  const now = useNow();
  return (
    <section
      aria-label={words.pastTable}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="max-h-80 overflow-auto border-t border-line"
    >
      <table className="w-full text-table">
        <caption className="sr-only">{words.pastTable}</caption>
        <thead className="sticky top-0 bg-surface">
          <tr>
            {[words.madeOn, words.low, words.middle, words.high, words.actual].map((label) => (
              <th key={label} scope="col" className={HEAD}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {past.map((one) => (
            <tr key={one.made_on}>
              <th scope="row" className="px-4 py-2 text-left font-normal whitespace-nowrap">
                {formatDay(one.made_on, now)}
              </th>
              <td className={CELL}>
                <Money value={one.low} />
              </td>
              <td className={CELL}>
                <Money value={one.middle} />
              </td>
              <td className={CELL}>
                <Money value={one.high} />
              </td>
              <td className={CELL}>{one.actual === null ? words.pending : <Money value={one.actual} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
