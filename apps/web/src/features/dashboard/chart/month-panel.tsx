import { useMemo } from "react";
import { SeriesPanel } from "../../../components/charts/usage-chart/series-panel.tsx";
import { type Dashboard, trpc } from "../../../lib/api/trpc.ts";
import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";
import { type DashboardSearch, filtersOf } from "../../../lib/search/dashboard-search.ts";
import { ViewSwitch } from "./chart-switch.tsx";
import { buildMonth } from "./month-series.ts";
import { RangeTotals } from "./range-totals.tsx";

/** Running cost of this month beside last month, with the forecast. It has the filters of the page, but not its range. */
export function MonthPanel({ dashboard, search }: { dashboard: Dashboard; search: DashboardSearch }) {
  const { usage: t } = useTexts("usage");
  const format = useFormat();
  const month = trpc.overview.get.useQuery(filtersOf(search)).data?.month;
  const built = useMemo(() => month && buildMonth(month), [month]);
  const display = useMemo(() => ({ nameOf: () => t.chart.sum, colourOf: () => "var(--accent)" }), [t]);
  if (!month || !built) return <div className="skeleton h-101" />;
  const isKnown = month.previous_days.some(({ cost }) => cost !== null);
  return (
    <SeriesPanel
      {...built}
      title={t.chart.monthTitle({ month: format.month(month.start_date) })}
      before={isKnown ? built.before : undefined}
      beforeNote={t.chart.monthBefore({ month: format.month(month.previous_days[0]?.date ?? month.start_date) })}
      display={display}
      kind="lines"
      isCumulative
      hasLegend={false}
      forecast={month.forecast?.days.map(({ date, ...range }) => ({ at: date, ...range }))}
      aside={<ViewSwitch search={search} />}
    >
      <div className="mt-2 border-t border-line">
        <RangeTotals dashboard={dashboard} />
      </div>
    </SeriesPanel>
  );
}
