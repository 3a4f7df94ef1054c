import { ChartColumn, Table2 } from "lucide-react";
import { lazy, type ReactNode, Suspense, useMemo, useState } from "react";
import { useTexts } from "../../../lib/i18n/i18n.ts";
import { buttonClasses } from "../../ui/button.tsx";
import { Panel } from "../../ui/panel.tsx";
import { useNow } from "../../ui/values.tsx";
import { ChartLegend } from "./legend.tsx";
import { COST, type Value } from "./measure.ts";
import {
  accumulate,
  accumulateValues,
  buildPoints,
  type Marks,
  rankSeries,
  type SeriesDisplay,
  type SeriesPoint,
} from "./model.ts";
import type { ChartOptions } from "./options.ts";
import { CHART_BOX, UsageChart } from "./usage-chart.tsx";

const ChartTable = lazy(() => import("./table.tsx").then(({ ChartTable }) => ({ default: ChartTable })));

export interface SeriesViewProps extends ChartOptions {
  title: string;
  series: SeriesPoint[];
  display: SeriesDisplay;
  /** Series in order, if it is not that of their sums. */
  order?: readonly string[] | undefined;
  /** Values of the previous period by interval, to compare with. */
  before?: Value[] | undefined;
  /** What that period is. */
  beforeNote?: string | undefined;
  marks?: Marks | undefined;
  /** Shows running sums. Only for metrics that can be added. */
  isCumulative?: boolean | undefined;
  isLoading?: boolean | undefined;
  /** Whether to name the series. Not if there is only one for everything. */
  hasLegend?: boolean | undefined;
}

interface SeriesPanelProps extends SeriesViewProps {
  /** Controls before the switch between chart and table. */
  aside: ReactNode;
  /** Shown below the legend. */
  children?: ReactNode;
}

/** Values by interval and series in a panel, as a chart with a legend that selects series, or as a table. */
export function SeriesPanel({ aside, children, ...view }: SeriesPanelProps) {
  const { usage: t } = useTexts("usage");
  const [isTable, setTable] = useState(false);
  const Icon = isTable ? ChartColumn : Table2;
  return (
    <Panel
      title={view.title}
      isTitleQuiet
      aside={
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          {aside}
          <button
            type="button"
            className={`${buttonClasses("ghost")} max-sm:order-first max-sm:px-1!`}
            onClick={() => setTable(!isTable)}
          >
            <Icon aria-hidden className="size-4 text-muted max-sm:hidden" />
            {isTable ? t.chart.asChart : t.chart.asTable}
          </button>
        </div>
      }
    >
      <SeriesView {...view} isTable={isTable} />
      {children}
    </Panel>
  );
}

/** The chart or its table, with notes and legend. */
export function SeriesView({
  title,
  series: given,
  display,
  order,
  before: givenBefore,
  beforeNote,
  marks,
  isCumulative = false,
  isLoading,
  hasLegend = true,
  isTable,
  ...options
}: SeriesViewProps & { isTable: boolean }) {
  const { usage: t } = useTexts("usage");
  const now = useNow();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { measure = COST } = options;
  const isRunning = isCumulative && measure.isSum;
  const series = useMemo(() => (isRunning ? accumulate(given) : given), [given, isRunning]);
  const before = useMemo(
    () => (isRunning && givenBefore ? accumulateValues(givenBefore) : givenBefore),
    [givenBefore, isRunning],
  );
  const ranked = useMemo(() => (order ? [...order] : rankSeries(given)), [given, order]);
  const hidden = useMemo(() => {
    const present = ranked.filter((id) => chosen.has(id));
    return new Set(present.length < ranked.length ? present : []);
  }, [ranked, chosen]);
  const isPartial = hidden.size > 0;
  const points = useMemo(
    // The previous period and what is usual are only known in total, so they are not compared with a part of the series.
    () => buildPoints({ series, measure, ranked, hidden, ...(isPartial ? {} : { before, marks }) }),
    [series, measure, ranked, hidden, before, marks, isPartial],
  );
  const shown = useMemo(() => ranked.filter((id) => !hidden.has(id)), [ranked, hidden]);
  const shape = { ...options, points, ids: shown, display, now, isPartial };
  return (
    <div aria-busy={isLoading || undefined} className={isLoading ? "opacity-60" : ""}>
      {isTable ? (
        <Suspense fallback={<div className={CHART_BOX} />}>
          <ChartTable {...shape} isCumulative={isRunning} label={t.chart.table({ title })} />
        </Suspense>
      ) : (
        <UsageChart {...shape} />
      )}
      {before && !isPartial && <LineNote isDashed>{beforeNote ?? t.chart.beforeLong}</LineNote>}
      {!isTable && points.some(({ bottom }) => bottom < 0) && <LineNote>{t.chart.net}</LineNote>}
      {hasLegend && ranked.length > 0 && (
        <ChartLegend ids={ranked} hidden={hidden} onHidden={setChosen} display={display} />
      )}
    </div>
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
