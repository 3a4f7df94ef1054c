import { ChartColumn, Table2 } from "lucide-react";
import { lazy, Suspense, useMemo, useState } from "react";
import { buttonLook } from "../../components/ui/button.tsx";
import { Panel } from "../../components/ui/panel.tsx";
import { useNow } from "../../components/ui/values.tsx";
import { text } from "../../lib/text.ts";
import { ChartLegend } from "./chart-legend.tsx";
import { buildDays, type DayCost, rankModels } from "./chart-model.ts";
import { ChartTable } from "./chart-table.tsx";
import { CHART_HEIGHT } from "./dashboard-skeleton.tsx";

// Begun at once and not awaited: the cards need not wait for the chart.
const chartModule = import("./usage-chart.tsx");
const UsageChart = lazy(() => chartModule.then(({ UsageChart }) => ({ default: UsageChart })));

interface ChartPanelProps {
  byDate: DayCost[];
  colourOf: (model: string) => string;
}

export function ChartPanel({ byDate, colourOf }: ChartPanelProps) {
  const now = useNow();
  const [isTable, setTable] = useState(false);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const ranked = useMemo(() => rankModels(byDate), [byDate]);
  const days = useMemo(() => buildDays({ byDate, ranked, hidden }), [byDate, ranked, hidden]);
  const shown = ranked.filter((model) => !hidden.has(model));
  const Icon = isTable ? ChartColumn : Table2;

  return (
    <Panel
      title={text.chart.title}
      aside={
        <div className="flex items-center gap-3">
          <span className="hidden text-caption text-muted sm:inline">{text.chart.unit}</span>
          <button type="button" className={buttonLook("ghost")} onClick={() => setTable(!isTable)}>
            <Icon aria-hidden className="size-4 text-muted" />
            {isTable ? text.chart.asChart : text.chart.asTable}
          </button>
        </div>
      }
    >
      {isTable ? (
        <ChartTable days={days} models={shown} now={now} isPartial={hidden.size > 0} />
      ) : (
        <Suspense fallback={<div style={{ height: CHART_HEIGHT }} />}>
          <UsageChart days={days} colourOf={colourOf} now={now} isPartial={hidden.size > 0} />
        </Suspense>
      )}
      <ChartLegend models={ranked} hidden={hidden} onHidden={setHidden} colourOf={colourOf} />
    </Panel>
  );
}
