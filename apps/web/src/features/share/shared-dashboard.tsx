import type { ReactNode } from "react";
import { useMemo } from "react";
import { useModelDisplay } from "../../components/charts/model-display.ts";
import { byModel } from "../../components/charts/usage-chart/model.ts";
import { SeriesPanel } from "../../components/charts/usage-chart/series-panel.tsx";
import { ModelTable, UsageNotes, UsageTable } from "../../components/tables/usage-table.tsx";
import { EmptyState } from "../../components/ui/empty-state.tsx";
import { Fact } from "../../components/ui/panel.tsx";
import { Ago, Count, Money } from "../../components/ui/values.tsx";
import type { SharedPage } from "../../lib/api/trpc.ts";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";

type Dashboard = Extract<SharedPage["content"], { kind: "dashboard" }>;

/** Totals, days and models, without links: visitors have no other page. */
export function SharedDashboard({ dashboard }: { dashboard: Dashboard }) {
  const t = useTexts("share", "usage");
  const { by_model: models, by_date: days, by_key: keys } = dashboard;
  const display = useModelDisplay(dashboard);
  const series = useMemo(() => byModel(days), [days]);
  return (
    <>
      <Days dashboard={dashboard} />
      <Totals dashboard={dashboard} />
      {models.length === 0 ? (
        <EmptyState title={t.share.emptyTitle} body={t.share.emptyBody} />
      ) : (
        <>
          <SeriesPanel
            title={t.usage.chart.titles.model}
            series={series}
            display={display}
            aside={<span className="text-caption text-muted">{t.usage.chart.unit}</span>}
          />
          <div className="@container">
            <div className={`grid items-start gap-4 ${keys ? "@min-[61rem]:grid-cols-2" : ""}`}>
              <ModelTable models={models} colourOf={display.colourOf} />
              {keys && (
                <UsageTable
                  title={t.usage.tables.keys}
                  what={t.usage.tables.key}
                  rows={keys.map(({ kind, name, ...row }, index) => ({
                    ...row,
                    id: index,
                    name: kind === null ? name : t.usage.withoutKey[kind],
                  }))}
                />
              )}
            </div>
          </div>
          <UsageNotes />
        </>
      )}
    </>
  );
}

/** The days that are shown, and how recent they are. */
function Days({ dashboard: { by_date: days, as_of: asOf } }: { dashboard: Dashboard }) {
  const t = useTexts("share");
  const format = useFormat();
  const [first, last] = [days[0]?.date, days.at(-1)?.date];
  return (
    <p className="-mt-3 text-muted">
      {first && last && t.share.days({ days: format.days(first, last) })} ·{" "}
      {asOf === null ? (
        t.share.never
      ) : (
        <>
          {t.share.updated} <Ago instant={asOf} />
        </>
      )}
    </p>
  );
}

const FIGURE = "text-title font-semibold tracking-tight tabular-nums sm:text-figure";

function Totals({ dashboard: { summary, by_date: days } }: { dashboard: Dashboard }) {
  const t = useTexts("usage");
  const isKnown = days.some(({ cost }) => cost !== null);
  const figures: [string, ReactNode][] = [
    [t.usage.cards.cost, <Money key="cost" value={isKnown ? summary.total_cost : null} />],
    [t.usage.cards.requests, <Count key="requests" value={summary.total_requests} />],
    [
      t.usage.cards.tokens,
      <span key="tokens" className="flex flex-wrap items-baseline gap-x-2">
        <Count value={summary.total_tokens_input} />
        <span className="text-table font-normal tracking-normal text-muted">{t.usage.cards.tokensIn}</span>
        <Count value={summary.total_tokens_output} className="text-base" />
        <span className="text-table font-normal tracking-normal text-muted">{t.usage.cards.tokensOut}</span>
      </span>,
    ],
    [t.usage.cards.perMillion, <Money key="perMillion" value={summary.cost_per_million_tokens} />],
  ];
  return (
    <div className="@container">
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 rounded-panel border border-line bg-surface p-4 @min-[48rem]:grid-cols-4">
        {figures.map(([label, figure]) => (
          <Fact key={label} label={label}>
            <span className={FIGURE}>{figure}</span>
          </Fact>
        ))}
      </dl>
    </div>
  );
}
