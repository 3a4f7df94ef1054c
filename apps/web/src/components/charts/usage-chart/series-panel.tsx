import { ChartColumn, Table2 } from "lucide-react";
import { lazy, type ReactNode, Suspense, useMemo, useState } from "react";
import { useTexts } from "../../../lib/i18n/i18n.ts";
import { buttonClasses } from "../../ui/button.tsx";
import { Panel } from "../../ui/panel.tsx";
import { useNow } from "../../ui/values.tsx";
import { ChartLegend } from "./legend.tsx";
import { buildDays, type Marks, rankSeries, type SeriesDay, type SeriesDisplay } from "./model.ts";
import { CHART_BOX, UsageChart } from "./usage-chart.tsx";

const ChartTable = lazy(() => import("./table.tsx").then(({ ChartTable }) => ({ default: ChartTable })));

interface SeriesPanelProps {
  title: string;
  series: SeriesDay[];
  display: SeriesDisplay;
  /** Costs of the previous period by day, to compare with. */
  before?: (string | null)[] | undefined;
  marks?: Marks | undefined;
  isLoading?: boolean;
  /** Controls before the switch between chart and table. */
  aside: ReactNode;
  /** Shown below the legend. */
  children?: ReactNode;
}

/** Cost by day and series, as a chart with a legend that selects series, or as a table. */
export function SeriesPanel({ title, series, display, before, marks, isLoading, aside, children }: SeriesPanelProps) {
  const { usage: t } = useTexts("usage");
  const now = useNow();
  const [isTable, setTable] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const ranked = useMemo(() => rankSeries(series), [series]);
  const hidden = useMemo(() => {
    const present = ranked.filter((id) => chosen.has(id));
    return new Set(present.length < ranked.length ? present : []);
  }, [ranked, chosen]);
  const isPartial = hidden.size > 0;
  const days = useMemo(
    // The previous period and what is usual are only known in total, so they are not compared with a part of the series.
    () => buildDays({ series, ranked, hidden, ...(isPartial ? {} : { before, marks }) }),
    [series, ranked, hidden, before, marks, isPartial],
  );
  const shown = useMemo(() => ranked.filter((id) => !hidden.has(id)), [ranked, hidden]);
  const shape = { days, ids: shown, display, now, isPartial };
  const Icon = isTable ? ChartColumn : Table2;

  return (
    <Panel
      title={title}
      aside={
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          {aside}
          <button type="button" className={`${buttonClasses("ghost")} max-sm:px-1!`} onClick={() => setTable(!isTable)}>
            <Icon aria-hidden className="size-4 text-muted max-sm:hidden" />
            {isTable ? t.chart.asChart : t.chart.asTable}
          </button>
        </div>
      }
    >
      <div aria-busy={isLoading || undefined} className={isLoading ? "opacity-60" : ""}>
        {isTable ? (
          <Suspense fallback={<div className={CHART_BOX} />}>
            <ChartTable {...shape} label={t.chart.table({ title })} />
          </Suspense>
        ) : (
          <UsageChart {...shape} />
        )}
        {before && !isPartial && <LineNote isDashed>{t.chart.beforeLong}</LineNote>}
        {!isTable && days.some(({ bottom }) => bottom < 0) && <LineNote>{t.chart.net}</LineNote>}
        {ranked.length > 0 && <ChartLegend ids={ranked} hidden={hidden} onHidden={setChosen} display={display} />}
      </div>
      {children}
    </Panel>
  );
}

/** What a line of the chart means. */
function LineNote({ isDashed = false, children }: { isDashed?: boolean; children: string }) {
  return (
    <p className="flex items-center gap-1.5 px-4 pt-1 text-caption text-muted">
      <svg width="18" height="4" aria-hidden="true">
        <line
          x2="18"
          y1="2"
          y2="2"
          stroke="var(--ink)"
          strokeWidth={isDashed ? 1.5 : 2}
          {...(isDashed ? { strokeDasharray: "3 2" } : {})}
        />
      </svg>
      {children}
    </p>
  );
}
