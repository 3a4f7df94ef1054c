import { keepPreviousData } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { colourSeries } from "../../../components/charts/series-colours.ts";
import { ErrorNotice } from "../../../components/error-notice.tsx";
import { PageBody } from "../../../components/page.tsx";
import { ModelTable, UsageNotes } from "../../../components/tables/usage-table.tsx";
import { buttonClasses } from "../../../components/ui/button.tsx";
import { EmptyState } from "../../../components/ui/empty-state.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { codeOf } from "../../../lib/api/errors.ts";
import { type Dashboard, type KeyPageData, trpc } from "../../../lib/api/trpc.ts";
import { useSay, useTexts } from "../../../lib/i18n/i18n.ts";
import { type KeySearch, toKeyPageInput, toKeyUsageInput } from "../../../lib/search/keys-search.ts";
import { KeyChart } from "./key-chart.tsx";
import { KeyDetails } from "./key-details.tsx";
import { KeyHead } from "./key-head.tsx";
import { KeyHistory } from "./key-history.tsx";
import { KeyNotFound, KeyPageSkeleton } from "./key-page-states.tsx";
import { KeyProviders } from "./key-providers.tsx";
import { KeyRules } from "./key-rules.tsx";
import { KeyStrip } from "./key-strip.tsx";
import { KeyWeek } from "./key-week.tsx";

export function KeyPage({ id, search }: { id: number; search: KeySearch }) {
  const t = useTexts("common");
  const page = trpc.keys.page.useQuery(toKeyPageInput(id, search), { placeholderData: keepPreviousData });
  const usage = trpc.stats.dashboard.useQuery(toKeyUsageInput(id, search), { placeholderData: keepPreviousData });
  if (codeOf(page.error) === "NOT_FOUND") return <KeyNotFound />;
  const error = page.error ?? usage.error;
  const retry = () => void Promise.all([page.refetch(), usage.refetch()]);
  if (!page.data || !usage.data) {
    if (!error) return <KeyPageSkeleton />;
    return (
      <PageBody>
        <div className="py-5">
          <ErrorNotice error={error} onRetry={retry} />
        </div>
      </PageBody>
    );
  }
  const isUpdating = page.isPlaceholderData || usage.isPlaceholderData;
  return (
    <PageBody>
      <KeyHead page={page.data} search={search} />
      <div className="flex flex-col gap-4 pb-2" aria-busy={isUpdating || undefined}>
        {error && <ErrorNotice error={error} onRetry={retry} />}
        {page.data.key.kind === "management" ? (
          <ManagementKey />
        ) : (
          <Content page={page.data} usage={usage.data} search={search} />
        )}
        <p role="status" className="sr-only">
          {isUpdating ? t.common.updating : ""}
        </p>
      </div>
    </PageBody>
  );
}

function ManagementKey() {
  const t = useTexts("key");
  return (
    <EmptyState title={t.key.managementTitle} body={t.key.managementBody}>
      <Link to="/accounts" search={{}} className={buttonClasses()}>
        {t.key.managementAction}
      </Link>
    </EmptyState>
  );
}

interface ContentProps {
  page: KeyPageData;
  usage: Dashboard;
  search: KeySearch;
}

function Content({ page, usage, search }: ContentProps) {
  const say = useSay();
  const { key } = page;
  const filters = { ...search, api_key_id: [key.id] };
  const { by_model, by_date } = usage;
  const colourOf = useMemo(() => {
    const charted = new Set(by_date.flatMap((day) => day.by_model.map(({ model }) => model)));
    return colourSeries(
      "model",
      by_model.map(({ model }) => model).filter((model) => charted.has(model)),
    );
  }, [by_model, by_date]);
  return (
    <>
      {key.last_sync_error_message && <Notice tone="bad">{say(key.last_sync_error_message)}</Notice>}
      <KeyStrip page={page} usage={usage} />
      <KeyChart page={page} usage={usage} colourOf={colourOf} filters={filters} />
      {by_model.length > 0 && <ModelTable models={by_model} colourOf={colourOf} search={filters} />}
      <KeyDetails details={page.details} />
      <div className="@container">
        <div className="grid gap-4 @min-[61rem]:grid-cols-2">
          <KeyWeek page={page} />
          <KeyProviders page={page} />
        </div>
        <div className="mt-4 grid items-start gap-4 @min-[61rem]:grid-cols-2">
          <KeyRules page={page} />
          <KeyHistory page={page} />
        </div>
      </div>
      <UsageNotes />
    </>
  );
}
