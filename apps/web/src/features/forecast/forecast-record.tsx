import { Panel } from "../../components/ui/panel.tsx";
import { Money } from "../../components/ui/values.tsx";
import type { Forecast } from "../../lib/api/trpc.ts";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";

const HEAD = "px-4 py-2 text-right whitespace-nowrap text-muted first:text-left";
const CELL = "px-4 py-2 text-right whitespace-nowrap tabular-nums";

/** Method of the forecast, and accuracy of past forecasts. */
export function ForecastRecord({ forecast: { days_known, record } }: { forecast: Forecast }) {
  const t = useTexts("forecast");
  const format = useFormat();
  return (
    <Panel title={t.forecast.record}>
      <div className="flex flex-col gap-2 px-4 pb-4">
        {record.compared === 0 ? (
          <p className="max-w-prose text-muted">{t.forecast.noRecord}</p>
        ) : (
          <p className="max-w-prose">
            {t.forecast.hits({ hits: record.hits, compared: record.compared, rate: format.percent(record.hit_rate) })}{" "}
            {record.mean_error !== null && t.forecast.error({ percent: format.percent(record.mean_error) })}
          </p>
        )}
        <h3 className="mt-2 font-medium">{t.forecast.how}</h3>
        <p className="max-w-prose text-muted">
          {t.forecast.method} {t.forecast.basis({ days: days_known })}
        </p>
      </div>
      {record.past.length > 0 && <Past past={record.past} />}
    </Panel>
  );
}

function Past({ past }: { past: Forecast["record"]["past"] }) {
  const t = useTexts("forecast");
  const format = useFormat();
  return (
    <section
      aria-label={t.forecast.pastTable}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be focusable
      tabIndex={0}
      className="max-h-80 overflow-auto border-t border-line"
    >
      <table className="w-full text-table">
        <caption className="sr-only">{t.forecast.pastTable}</caption>
        <thead className="sticky top-0 bg-surface">
          <tr>
            {[t.forecast.madeOn, t.forecast.low, t.forecast.middle, t.forecast.high, t.forecast.actual].map((label) => (
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
                {format.day(one.made_on)}
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
              <td className={CELL}>{one.actual === null ? t.forecast.pending : <Money value={one.actual} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
