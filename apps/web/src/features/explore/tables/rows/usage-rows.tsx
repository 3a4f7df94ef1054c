import { toDay } from "@orwatch/domain/day";
import { keepPreviousData } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { ErrorNotice } from "../../../../components/error-notice.tsx";
import { Pager, useLastPage } from "../../../../components/tables/pager.tsx";
import type { SortState } from "../../../../components/tables/table.tsx";
import { knownDetails } from "../../../../components/tables/usage-details.tsx";
import { useNow } from "../../../../components/ui/values.tsx";
import { trpc } from "../../../../lib/api/trpc.ts";
import { useFormat, useTexts } from "../../../../lib/i18n/i18n.ts";
import {
  orderOf,
  type SortColumn,
  type StatsSearch,
  toStatsQuestion,
  toTableInput,
} from "../../../../lib/search/stats-search.ts";
import { Segments } from "../../controls/segments.tsx";
import { type ExploreSearch, groupsOfExplore } from "../../search/explore-search.ts";
import { nameSpans } from "./rows-states.tsx";
import { RowsTable } from "./rows-table.tsx";

const WORDS: SortColumn[] = ["key", "model"];

/** Usage rows by interval, key and model, with all their values, a page at a time. Their files contain all pages. */
export function UsageRows({ search, rows: stats }: { search: ExploreSearch; rows: StatsSearch }) {
  const t = useTexts("explore", "stats", "usage");
  const format = useFormat();
  const today = toDay(useNow());
  const navigate = useNavigate();
  const utils = trpc.useUtils();
  const input = toTableInput(stats, today);
  const question = toStatsQuestion(stats, today);
  const { data: table, ...query } = trpc.stats.table.useQuery(input, { placeholderData: keepPreviousData });
  const order = orderOf(question);
  const hasNext = table !== undefined && !query.isPlaceholderData && input.page * table.page_rows < table.total;
  const next = JSON.stringify({ ...input, page: input.page + 1 });
  const canBeWhole = groupsOfExplore(search).some((name) => name === "key" || name === "model");

  useLastPage({
    page: input.page,
    size: table?.page_rows ?? 1,
    total: query.isPlaceholderData ? undefined : table?.total,
  });

  // Prefetches the next page.
  useEffect(() => {
    if (hasNext) void utils.stats.table.prefetch(JSON.parse(next));
  }, [hasNext, next, utils]);

  function sortBy(column: SortColumn) {
    const descending = order.column === column ? !order.descending : !WORDS.includes(column);
    void navigate({
      to: "/explore",
      search: { ...search, sort: `${descending ? "-" : ""}${column}`, page: undefined },
      resetScroll: false,
    });
  }
  const sort: SortState<SortColumn> = { ...order, sortBy };
  const toggle = (name: "details" | "whole_range") => ({
    ...search,
    page: undefined,
    [name]: search[name] ? undefined : true,
  });

  return (
    <div className="flex flex-col gap-3" aria-busy={query.isPlaceholderData || undefined}>
      <Segments
        label={t.usage.details.title}
        options={[
          {
            ...{ id: "whole", label: t.stats.wholeRange, search: toggle("whole_range") },
            isChosen: search.whole_range === true && canBeWhole,
            reason: canBeWhole ? undefined : t.explore.gaps.wholeRange,
          },
          { id: "details", label: t.usage.details.show, search: toggle("details"), isChosen: search.details === true },
        ]}
      />
      {query.error && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      {table && (
        <>
          <RowsTable table={table} question={question} search={stats} page={search} sort={sort} />
          {search.details && !query.isPlaceholderData && knownDetails(table.sum).length === 0 && (
            <p className="text-table text-muted">{t.usage.details.none}</p>
          )}
          <Pager page={search.page} size={table.page_rows} total={table.total} />
          <p className="text-caption text-muted">
            {table.days.known === table.days.asked
              ? t.stats.allKnown
              : t.stats.known({
                  known: table.days.known,
                  asked: table.days.asked,
                  days: nameSpans(table.days.unknown, format),
                })}
          </p>
        </>
      )}
      {query.isPending && <div role="status" aria-label={t.common.loading} className="skeleton h-[70dvh]" />}
      <p role="status" className="sr-only">
        {query.isPlaceholderData ? t.common.updating : table && t.stats.sum({ count: table.total })}
      </p>
    </div>
  );
}
