import { OneByOne } from "../../../components/one-by-one.tsx";
import { ModelTable, UsageNotes, UsageTable } from "../../../components/tables/usage-table.tsx";
import type { Dashboard } from "../../../lib/api/trpc.ts";
import { useTexts } from "../../../lib/i18n/i18n.ts";
import type { DashboardSearch } from "../../../lib/search/dashboard-search.ts";
import { LimitCards } from "./limit-cards.tsx";
import { WhatChanged } from "./what-changed.tsx";

export { ChartPanel } from "../chart/chart-panel.tsx";

interface UsagePartsProps {
  dashboard: Dashboard;
  search: DashboardSearch;
  /** True while first syncs are running. */
  isWaiting: boolean;
  colourOf: (model: string) => string;
}

/** What changed, usage by model and key, and the remaining budget of each key. */
export function UsageParts({ dashboard, search, isWaiting, colourOf }: UsagePartsProps) {
  const { by_model, by_key, comparison } = dashboard;
  const t = useTexts("usage");
  return (
    <OneByOne id="usage-parts">
      <div className="@container">
        <div className="grid gap-4 @min-[61rem]:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
          <WhatChanged comparison={comparison} search={search} />
          <ModelTable models={by_model} colourOf={colourOf} search={search} />
        </div>
      </div>
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
      <LimitCards search={search} isWaiting={isWaiting} />
      <UsageNotes />
    </OneByOne>
  );
}
