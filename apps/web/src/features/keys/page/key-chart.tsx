import type { Day } from "@orwatch/domain/day";
import { Link } from "@tanstack/react-router";
import { ArrowUpRight } from "lucide-react";
import { useMemo } from "react";
import { useSeriesName } from "../../../components/charts/series-name.ts";
import { byModel } from "../../../components/charts/usage-chart/model.ts";
import { SeriesPanel } from "../../../components/charts/usage-chart/series-panel.tsx";
import { buttonClasses } from "../../../components/ui/button.tsx";
import type { Dashboard, KeyPageData } from "../../../lib/api/trpc.ts";
import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";
import type { DashboardSearch } from "../../../lib/search/dashboard-search.ts";
import { UnusualDays } from "./unusual-days.tsx";

interface KeyChartProps {
  page: KeyPageData;
  usage: Dashboard;
  colourOf: (model: string) => string;
  /** Filters of the dashboard with the same usage. */
  filters: DashboardSearch;
}

/** Cost of the key per day, stacked by model. Days that stand out are labelled. */
export function KeyChart({ page, usage, colourOf, filters }: KeyChartProps) {
  const t = useTexts("usage", "key");
  const format = useFormat();
  const series = useMemo(() => byModel(usage.by_date), [usage]);
  const nameOf = useSeriesName();
  const display = useMemo(() => ({ nameOf, colourOf }), [nameOf, colourOf]);
  const marks = useMemo(
    () =>
      new Map(
        page.unusual_days.map(({ date, cost, times }): [Day, string] => [
          date,
          times === null
            ? format.money(cost)
            : t.usage.chart.timesUsual({ times: format.number(times, times < 10 ? 1 : 0) }),
        ]),
      ),
    [page, t, format],
  );
  return (
    <SeriesPanel
      title={t.usage.chart.titles.model}
      series={series}
      display={display}
      marks={marks}
      aside={
        <Link to="/dashboard" search={filters} preload={false} className={`${buttonClasses("ghost")} max-sm:px-0!`}>
          <ArrowUpRight aria-hidden className="size-4 text-muted max-sm:hidden" />
          {t.key.dashboard}
        </Link>
      }
    >
      <UnusualDays page={page} usage={usage} />
    </SeriesPanel>
  );
}
