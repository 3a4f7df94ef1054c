import { SeriesPanel } from "../../../components/charts/usage-chart/series-panel.tsx";
import type { Dashboard } from "../../../lib/api/trpc.ts";
import { useTexts } from "../../../lib/i18n/i18n.ts";
import type { DashboardSearch } from "../../../lib/search/dashboard-search.ts";
import { ChartSwitch } from "./chart-switch.tsx";
import { MonthPanel } from "./month-panel.tsx";
import { RangeTotals } from "./range-totals.tsx";
import { useBefore, useSeries } from "./use-series.ts";

interface ChartPanelProps {
  dashboard: Dashboard;
  search: DashboardSearch;
  colourOf: (model: string) => string;
}

/** Cost by day of the range, or of the month so far. */
export function ChartPanel(props: ChartPanelProps) {
  return props.search.view === "month" ? <MonthPanel {...props} /> : <DailyPanel {...props} />;
}

/** Cost by day, stacked by model, key or vendor. */
function DailyPanel({ dashboard, search, colourOf }: ChartPanelProps) {
  const { usage: t } = useTexts("usage");
  const { by, ...shown } = useSeries(dashboard, search, colourOf);
  const before = useBefore(dashboard, search);
  return (
    <SeriesPanel
      {...shown}
      title={t.chart.titles[by]}
      before={before}
      aside={
        <>
          <span className="mr-1 hidden text-caption text-muted xl:inline">{t.chart.unit}</span>
          <ChartSwitch search={search} by={by} canCompare={dashboard.previous !== null} />
        </>
      }
    >
      <div className="border-t border-line">
        <RangeTotals dashboard={dashboard} />
      </div>
    </SeriesPanel>
  );
}
