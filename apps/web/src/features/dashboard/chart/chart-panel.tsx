import { ChartColumn, Table2 } from "lucide-react";
import { lazy, Suspense, useMemo, useState } from "react";
import { ChartLegend } from "../../../components/charts/chart-legend.tsx";
import { buildDays, rankSeries } from "../../../components/charts/chart-model.ts";
import { CHART_BOX, UsageChart } from "../../../components/charts/usage-chart.tsx";
import { buttonClasses } from "../../../components/ui/button.tsx";
import { Panel } from "../../../components/ui/panel.tsx";
import { useNow } from "../../../components/ui/values.tsx";
import type { Dashboard } from "../../../lib/api/trpc.ts";
import { useTexts } from "../../../lib/i18n/i18n.ts";
import type { DashboardSearch } from "../../../lib/search/dashboard-search.ts";
import { ChartSwitch } from "./chart-switch.tsx";
import { useBefore, useSeries } from "./use-series.ts";

const ChartTable = lazy(() =>
  import("../../../components/charts/chart-table.tsx").then(({ ChartTable }) => ({ default: ChartTable })),
);

interface ChartPanelProps {
  dashboard: Dashboard;
  search: DashboardSearch;
  colourOf: (model: string) => string;
}

export function ChartPanel({ dashboard, search, colourOf }: ChartPanelProps) {
  const t = useTexts("usage");
  const now = useNow();
  const [isTable, setTable] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { by, series, display, isLoading } = useSeries(dashboard, search, colourOf);
  const before = useBefore(dashboard, search);
  const ranked = useMemo(() => rankSeries(series), [series]);
  const hidden = useMemo(() => {
    const present = ranked.filter((id) => chosen.has(id));
    return new Set(present.length < ranked.length ? present : []);
  }, [ranked, chosen]);
  const isPartial = hidden.size > 0;
  const days = useMemo(
    // The previous period is only known in total, so it is not compared with a part of the series.
    () => buildDays({ series, ranked, hidden, before: isPartial ? undefined : before }),
    [series, ranked, hidden, before, isPartial],
  );
  const shown = useMemo(() => ranked.filter((id) => !hidden.has(id)), [ranked, hidden]);
  const Icon = isTable ? ChartColumn : Table2;

  return (
    <Panel
      title={t.usage.chart.titles[by]}
      aside={
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="mr-1 hidden text-caption text-muted xl:inline">{t.usage.chart.unit}</span>
          <ChartSwitch search={search} by={by} canCompare={dashboard.previous !== null} />
          <button type="button" className={buttonClasses("ghost")} onClick={() => setTable(!isTable)}>
            <Icon aria-hidden className="size-4 text-muted" />
            {isTable ? t.usage.chart.asChart : t.usage.chart.asTable}
          </button>
        </div>
      }
    >
      <div aria-busy={isLoading || undefined} className={isLoading ? "opacity-60" : ""}>
        {isTable ? (
          <Suspense fallback={<div className={CHART_BOX} />}>
            <ChartTable
              days={days}
              ids={shown}
              display={display}
              label={t.usage.chart.table({ title: t.usage.chart.titles[by] })}
              now={now}
              isPartial={isPartial}
            />
          </Suspense>
        ) : (
          <UsageChart days={days} ids={shown} display={display} now={now} isPartial={isPartial} />
        )}
        {before && !isPartial && (
          <p className="flex items-center gap-1.5 px-4 pt-1 text-caption text-muted">
            <svg width="18" height="4" aria-hidden="true">
              <line x1="0" x2="18" y1="2" y2="2" stroke="var(--ink)" strokeWidth="1.5" strokeDasharray="3 2" />
            </svg>
            {t.usage.chart.beforeLong}
          </p>
        )}
        {!isTable && days.some(({ bottom }) => bottom < 0) && (
          <p className="flex items-center gap-1.5 px-4 pt-1 text-caption text-muted">
            <svg width="18" height="4" aria-hidden="true">
              <line x1="0" x2="18" y1="2" y2="2" stroke="var(--ink)" strokeWidth="2" />
            </svg>
            {t.usage.chart.net}
          </p>
        )}
        <ChartLegend ids={ranked} hidden={hidden} onHidden={setChosen} display={display} />
      </div>
    </Panel>
  );
}
