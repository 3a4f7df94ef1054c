import { ChartColumn, Table2 } from "lucide-react";
import { lazy, Suspense, startTransition, useMemo, useState } from "react";
import { buttonLook } from "../../components/ui/button.tsx";
import { Panel } from "../../components/ui/panel.tsx";
import { useNow } from "../../components/ui/values.tsx";
import { text } from "../../lib/text/usage.ts";
import { ChartLegend } from "./chart-legend.tsx";
import { buildDays, type DayCost, rankModels } from "./chart-model.ts";
import { CHART_HEIGHT } from "./dashboard-skeleton.tsx";
import { UsageChart } from "./usage-chart.tsx";

// Loaded when asked for.
const ChartTable = lazy(() => import("./chart-table.tsx").then(({ ChartTable }) => ({ default: ChartTable })));

interface ChartPanelProps {
  byDate: DayCost[];
  colourOf: (model: string) => string;
}

export function ChartPanel({ byDate, colourOf }: ChartPanelProps) {
  const now = useNow();
  const [isTable, setTable] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const ranked = useMemo(() => rankModels(byDate), [byDate]);
  const hidden = useMemo(() => {
    const present = ranked.filter((model) => chosen.has(model));
    return new Set(present.length < ranked.length ? present : []);
  }, [ranked, chosen]);
  const days = useMemo(() => buildDays({ byDate, ranked, hidden }), [byDate, ranked, hidden]);
  const shown = ranked.filter((model) => !hidden.has(model));
  const Icon = isTable ? ChartColumn : Table2;

  return (
    <Panel
      title={text.chart.title}
      aside={
        <div className="flex items-center gap-3">
          <span className="hidden text-caption text-muted sm:inline">{text.chart.unit}</span>
          <button
            type="button"
            className={buttonLook("ghost")}
            onClick={() => startTransition(() => setTable(!isTable))}
          >
            <Icon aria-hidden className="size-4 text-muted" />
            {isTable ? text.chart.asChart : text.chart.asTable}
          </button>
        </div>
      }
    >
      {isTable ? (
        <Suspense fallback={<div style={{ height: CHART_HEIGHT }} />}>
          <ChartTable days={days} models={shown} now={now} isPartial={hidden.size > 0} />
        </Suspense>
      ) : (
        <UsageChart days={days} colourOf={colourOf} now={now} isPartial={hidden.size > 0} />
      )}
      <ChartLegend models={ranked} hidden={hidden} onHidden={setChosen} colourOf={colourOf} />
    </Panel>
  );
}
