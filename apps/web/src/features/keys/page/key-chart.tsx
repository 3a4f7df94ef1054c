import { Link } from "@tanstack/react-router";
import { ArrowUpRight, ChartColumn, Table2 } from "lucide-react";
import { lazy, Suspense, useMemo, useState } from "react";
import { ChartLegend } from "../../../components/charts/chart-legend.tsx";
import { buildDays, byModel, rankSeries } from "../../../components/charts/chart-model.ts";
import { CHART_BOX, UsageChart } from "../../../components/charts/usage-chart.tsx";
import { buttonClasses } from "../../../components/ui/button.tsx";
import { Panel } from "../../../components/ui/panel.tsx";
import { useNow } from "../../../components/ui/values.tsx";
import type { Dashboard } from "../../../lib/api/trpc.ts";
import { useTexts } from "../../../lib/i18n/i18n.ts";
import type { DashboardSearch } from "../../../lib/search/dashboard-search.ts";

const ChartTable = lazy(() =>
  import("../../../components/charts/chart-table.tsx").then(({ ChartTable }) => ({ default: ChartTable })),
);

interface KeyChartProps {
  usage: Dashboard;
  colourOf: (model: string) => string;
  /** Filters of the dashboard with the same usage. */
  filters: DashboardSearch;
}

/** Cost of the key per day, stacked by model. */
export function KeyChart({ usage, colourOf, filters }: KeyChartProps) {
  const t = useTexts("usage", "key");
  const now = useNow();
  const [isTable, setTable] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const series = useMemo(() => byModel(usage.by_date), [usage]);
  const ranked = useMemo(() => rankSeries(series), [series]);
  const hidden = useMemo(() => {
    const present = ranked.filter((id) => chosen.has(id));
    return new Set(present.length < ranked.length ? present : []);
  }, [ranked, chosen]);
  const days = useMemo(() => buildDays({ series, ranked, hidden, before: undefined }), [series, ranked, hidden]);
  const shown = useMemo(() => ranked.filter((id) => !hidden.has(id)), [ranked, hidden]);
  const display = useMemo(() => ({ nameOf: (id: string) => id, colourOf }), [colourOf]);
  const shape = { days, ids: shown, display, now, isPartial: hidden.size > 0 };
  const Icon = isTable ? ChartColumn : Table2;
  return (
    <Panel
      title={t.usage.chart.titles.model}
      aside={
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 sm:gap-x-2">
          <Link to="/dashboard" search={filters} preload={false} className={`${buttonClasses("ghost")} max-sm:px-0!`}>
            <ArrowUpRight aria-hidden className="size-4 text-muted max-sm:hidden" />
            {t.key.dashboard}
          </Link>
          <button type="button" className={`${buttonClasses("ghost")} max-sm:px-0!`} onClick={() => setTable(!isTable)}>
            <Icon aria-hidden className="size-4 text-muted max-sm:hidden" />
            {isTable ? t.usage.chart.asChart : t.usage.chart.asTable}
          </button>
        </div>
      }
    >
      {isTable ? (
        <Suspense fallback={<div className={CHART_BOX} />}>
          <ChartTable {...shape} label={t.usage.chart.table({ title: t.usage.chart.titles.model })} />
        </Suspense>
      ) : (
        <UsageChart {...shape} />
      )}
      {ranked.length > 0 && <ChartLegend ids={ranked} hidden={hidden} onHidden={setChosen} display={display} />}
    </Panel>
  );
}
