import { OneByOne } from "../../../components/one-by-one.tsx";
import { ModelTable, UsageNotes, UsageTable } from "../../../components/tables/usage-table.tsx";
import type { Dashboard } from "../../../lib/api/trpc.ts";
import { useTexts } from "../../../lib/i18n/i18n.ts";
import type { DashboardSearch } from "../../../lib/search/dashboard-search.ts";
import { AttentionPanel } from "../attention/attention-panel.tsx";
import { KeyLimits } from "./key-limits.tsx";
import { WhatChanged } from "./what-changed.tsx";

export { ChartPanel } from "../chart/chart-panel.tsx";
export { NoUsage } from "../no-usage.tsx";
export { OverviewStrip } from "../overview/overview-strip.tsx";

interface UsagePartsProps {
  dashboard: Dashboard;
  search: DashboardSearch;
  /** True while first syncs are running. */
  isWaiting: boolean;
  colourOf: (model: string) => string;
}

/** What changed and what needs attention, usage by model and key, and the keys with limits. */
export function UsageParts({ dashboard, search, isWaiting, colourOf }: UsagePartsProps) {
  const { by_model, by_key, comparison } = dashboard;
  const t = useTexts("usage");
  return (
    <OneByOne id="usage-parts">
      <div className="@container">
        <div className="grid items-start gap-4 @min-[61rem]:grid-cols-[minmax(0,6fr)_minmax(0,5fr)]">
          <WhatChanged comparison={comparison} search={search} />
          <div className="flex flex-col gap-4">
            <AttentionPanel search={search} isWaiting={isWaiting} />
            <KeyLimits search={search} isWaiting={isWaiting} />
          </div>
        </div>
      </div>
      <div className="@container">
        <div className="grid items-start gap-4 @min-[61rem]:grid-cols-[minmax(0,6fr)_minmax(0,5fr)]">
          <ModelTable models={by_model} colourOf={colourOf} search={search} />
          <UsageTable
            title={t.usage.tables.keys}
            what={t.usage.tables.key}
            rows={by_key.map(({ api_key_id, ...row }) => ({
              ...row,
              name: row.kind === null ? row.name : t.usage.withoutKey[row.kind],
              id: api_key_id ?? `${row.account_id}:${row.kind}`,
              to: search,
              // Usage without a key has no page.
              ...(api_key_id === null ? {} : { keyId: api_key_id }),
            }))}
          />
        </div>
      </div>
      <UsageNotes />
    </OneByOne>
  );
}
