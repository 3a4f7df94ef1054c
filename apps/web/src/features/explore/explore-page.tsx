import { toDay } from "@orwatch/domain/day";
import { useMemo, useState } from "react";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { PageBody, PageHead } from "../../components/page.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { useNow } from "../../components/ui/values.tsx";
import { useCurrentUser } from "../../lib/api/permission.ts";
import { teamName } from "../../lib/api/team-name.ts";
import { trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { ALL_KEYS } from "../../lib/search/keys-search.ts";
import { ChartSection } from "./chart-section.tsx";
import { ExploreChips } from "./controls/filter-chips.tsx";
import { FilterMenu } from "./controls/filter-menu.tsx";
import { PeriodChoice } from "./controls/period-choice.tsx";
import { ViewControls } from "./controls/view-controls.tsx";
import { ExploreEmpty, UnknownDays } from "./explore-states.tsx";
import { ExportMenu } from "./files/export-menu.tsx";
import { MEASURES } from "./model/metrics.ts";
import { toInputs, toQuestion } from "./model/question.ts";
import { FIRST_SORTING, type Sorting } from "./model/sort-rows.ts";
import { toTable } from "./model/view.ts";
import { exploreSearch } from "./search/explore-search.ts";
import { TableSection } from "./tables/table-section.tsx";
import { useAnswers } from "./use-answers.ts";
import { SavedViews } from "./views/saved-views.tsx";

/** Any metric by interval and up to two groups, as chart and table. Its whole state is in the address. */
export function ExplorePage({ address }: { address: object }) {
  const search = useMemo(() => exploreSearch.parse(address), [address]);
  const t = useTexts("explore", "usage");
  const today = toDay(useNow());
  const [sorting, setSorting] = useState<Sorting>(FIRST_SORTING);
  const question = useMemo(() => toQuestion(search, today), [search, today]);
  const inputs = useMemo(() => toInputs(search, question), [search, question]);
  const { answers, isPending, isStale, error, refetch } = useAnswers(inputs, question.gap === null);
  const team = useCurrentUser()?.team;
  const hasKeys = trpc.keys.list.useQuery(ALL_KEYS).data?.total !== 0;
  const { metric = "cost" } = search;
  const table = useMemo(() => toTable({ rows: undefined, ...answers }, MEASURES[metric].isSum), [answers, metric]);
  const { chart } = answers;
  const isEmpty =
    chart !== undefined &&
    chart.groups.length === 0 &&
    chart.points.every(({ value }) => !value || Number(value) === 0);
  const shown = { search, question, answers, table, sorting };

  return (
    <PageBody>
      <PageHead title={t.common.nav.explore}>
        {team && <span className="hidden print:inline">{teamName(team, t)}</span>}
        <div className="flex flex-wrap items-center gap-2 print:hidden">
          <SavedViews search={search} />
          <ExportMenu {...shown} />
        </div>
      </PageHead>
      <div className="flex flex-col gap-4" aria-busy={isStale || undefined}>
        <div className="flex flex-wrap items-center gap-2">
          <PeriodChoice search={search} today={today} />
          <FilterMenu search={search} today={today} />
          <ExploreChips search={search} />
        </div>
        <section aria-label={t.explore.title} className="min-w-0 rounded-panel border border-line bg-surface">
          <ViewControls search={search} question={question} />
          {question.gap !== null ? (
            <div className="px-4 pb-4">
              <Notice tone="info" role="status">
                {t.explore.gaps[question.gap]}
              </Notice>
            </div>
          ) : (
            chart && !isEmpty && <ChartSection {...shown} answer={chart} isStale={isStale} />
          )}
          {isPending && question.gap === null && (
            <div role="status" aria-label={t.common.loading} className="skeleton m-4 h-80" />
          )}
        </section>
        {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
        {chart && isEmpty && <ExploreEmpty search={search} hasKeys={hasKeys} chart={chart} />}
        {question.gap === null && !isEmpty && <TableSection {...shown} onSort={setSorting} isStale={isStale} />}
        {chart && <UnknownDays answer={chart} interval={question.interval} />}
        <p role="status" className="sr-only">
          {isStale ? t.common.updating : ""}
        </p>
      </div>
    </PageBody>
  );
}
