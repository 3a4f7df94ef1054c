import { keepPreviousData } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useModelDisplay } from "../../components/charts/model-display.ts";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { FilterChips } from "../../components/filters/filter-chips.tsx";
import { RangePicker } from "../../components/filters/range-picker.tsx";
import { OneByOne } from "../../components/one-by-one.tsx";
import { PageBody, PageHead } from "../../components/page.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { isFilling, useAccounts } from "../../lib/api/accounts.ts";
import { FIRST_SYNC_POLL_MS, isFirstSync, useKeyNames } from "../../lib/api/keys.ts";
import { type Dashboard, type Key, trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { type DashboardSearch, isFiltered, toDashboardInput } from "../../lib/search/dashboard-search.ts";
import { ALL_KEYS } from "../../lib/search/keys-search.ts";
import { ChartSkeleton, DashboardBodySkeleton, StripSkeleton, UsagePartsSkeleton } from "./dashboard-skeleton.tsx";
import { KeyFilter } from "./key-filter.tsx";
import { SyncState } from "./sync-state.tsx";

// With the chart, in one file: only for users with usage.
const ChartPanel = lazy(() =>
  import("./breakdown/usage-parts.tsx").then(({ ChartPanel }) => ({ default: ChartPanel })),
);
const OverviewStrip = lazy(() =>
  import("./breakdown/usage-parts.tsx").then(({ OverviewStrip }) => ({ default: OverviewStrip })),
);
const UsageParts = lazy(() =>
  import("./breakdown/usage-parts.tsx").then(({ UsageParts }) => ({ default: UsageParts })),
);
const NoUsage = lazy(() => import("./breakdown/usage-parts.tsx").then(({ NoUsage }) => ({ default: NoUsage })));
// Only for new users and new OpenRouter accounts.
const FirstRun = lazy(() => import("./first-run.tsx").then(({ FirstRun }) => ({ default: FirstRun })));
const FillingAccounts = lazy(() =>
  import("./first-run.tsx").then(({ FillingAccounts }) => ({ default: FillingAccounts })),
);
const AddManagementKey = lazy(() =>
  import("./first-run.tsx").then(({ AddManagementKey }) => ({ default: AddManagementKey })),
);

export function DashboardPage({ search }: { search: DashboardSearch }) {
  const t = useTexts("common");
  const keyList = trpc.keys.list.useQuery(ALL_KEYS, {
    refetchInterval: ({ state }) => (state.data?.items.some(isFirstSync) ? FIRST_SYNC_POLL_MS : false),
  });
  const keys = keyList.data?.items ?? [];
  const isFillingAccount = useAccounts().data?.items.some(isFilling) ?? false;
  const isWaiting = isFillingAccount || keys.some(isFirstSync);
  const usage = trpc.stats.dashboard.useQuery(toDashboardInput(search), {
    placeholderData: keepPreviousData,
    refetchInterval: isWaiting ? FIRST_SYNC_POLL_MS : false,
  });
  const hasKeys = keyList.data?.total !== 0;
  const names = useKeyNames();

  return (
    <PageBody>
      <PageHead title={t.common.nav.dashboard}>
        {hasKeys && (
          <>
            <KeyFilter keys={names} selected={search.api_key_id} />
            <RangePicker search={search} />
          </>
        )}
      </PageHead>
      <div className="flex flex-col gap-4" aria-busy={usage.isPlaceholderData || undefined}>
        {hasKeys && usage.data && <SyncState dashboard={usage.data} />}
        <FilterChips to="/dashboard" search={search} keys={names} />
        {isFillingAccount && (
          <Suspense>
            <FillingAccounts />
          </Suspense>
        )}
        {usage.error && <ErrorNotice error={usage.error} onRetry={() => void usage.refetch()} />}
        {usage.data && (
          <Content dashboard={usage.data} hasKeys={hasKeys} keys={keys} search={search} isWaiting={isWaiting} />
        )}
        {usage.isPending && <DashboardBodySkeleton />}
        <p role="status" className="sr-only">
          {usage.isPlaceholderData ? t.common.updating : ""}
        </p>
      </div>
    </PageBody>
  );
}

interface ContentProps {
  dashboard: Dashboard;
  hasKeys: boolean;
  keys: Key[];
  search: DashboardSearch;
  isWaiting: boolean;
}

function Content({ dashboard, hasKeys, keys, search, isWaiting }: ContentProps) {
  const { by_model } = dashboard;
  const { colourOf } = useModelDisplay(dashboard);
  // It may be older than the loaded keys.
  const hasManagementKey = keys.some(({ kind, managed_by }) => kind === "management" || managed_by !== null);
  const isNarrow = isFiltered(search);
  const hasUsage = by_model.length > 0;
  const addManagementKey = !hasManagementKey && (
    <Suspense>
      <AddManagementKey />
    </Suspense>
  );

  if (!hasKeys)
    return (
      <Suspense fallback={<div className="h-80" />}>
        <FirstRun />
      </Suspense>
    );
  if (!hasUsage) {
    return (
      <>
        {!isNarrow && addManagementKey}
        <Suspense fallback={<div className="h-80" />}>
          <NoUsage dashboard={dashboard} search={search} isWaiting={isWaiting} />
        </Suspense>
      </>
    );
  }
  return (
    <>
      {by_model.every(({ model }) => model === "(unattributed)") &&
        !search.model &&
        (hasManagementKey ? <CostOnlyYet /> : addManagementKey)}
      <OneByOne id="dashboard" rest={<ChartSkeleton />}>
        <Suspense fallback={<StripSkeleton />}>
          <OverviewStrip search={search} isWaiting={isWaiting} />
        </Suspense>
        <Suspense fallback={<ChartSkeleton />}>
          <ChartPanel dashboard={dashboard} search={search} colourOf={colourOf} />
        </Suspense>
        <Suspense fallback={<UsagePartsSkeleton />}>
          <UsageParts dashboard={dashboard} search={search} isWaiting={isWaiting} colourOf={colourOf} />
        </Suspense>
      </OneByOne>
    </>
  );
}

/** True if there is a management key, but usage is not known by model. */
function CostOnlyYet() {
  const t = useTexts("usage");
  return (
    <Notice tone="info" title={t.usage.costOnly.title}>
      {t.usage.costOnly.pending}
    </Notice>
  );
}
