import { toDay } from "@orwatch/domain/day";
import { keepPreviousData } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Check, Download } from "lucide-react";
import { useEffect } from "react";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { FilterChips } from "../../components/filters/filter-chips.tsx";
import { RangePicker } from "../../components/filters/range-picker.tsx";
import { PageBody, PageHead } from "../../components/page.tsx";
import { Pager, useLastPage } from "../../components/tables/pager.tsx";
import type { SortState } from "../../components/tables/table.tsx";
import { knownDetails } from "../../components/tables/usage-details.tsx";
import { buttonClasses } from "../../components/ui/button.tsx";
import { SegmentLinks } from "../../components/ui/segmented.tsx";
import { useNow } from "../../components/ui/values.tsx";
import { useKeyNames } from "../../lib/api/keys.ts";
import { type Key, type KeyName, trpc } from "../../lib/api/trpc.ts";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";
import { ALL_KEYS } from "../../lib/search/keys-search.ts";
import {
  excelHref,
  exportHref,
  orderOf,
  type SortColumn,
  type StatsSearch,
  toStatsQuestion,
  toTableInput,
} from "../../lib/search/stats-search.ts";
import { GroupPicker } from "./group-picker.tsx";
import { StatsFilters } from "./stats-filters.tsx";
import { NoRows, nameSpans } from "./stats-states.tsx";
import { StatsTableView } from "./stats-table.tsx";

const WORDS: SortColumn[] = ["key", "model"];

export function StatsPage({ search }: { search: StatsSearch }) {
  const t = useTexts("stats", "usage");
  const format = useFormat();
  const now = useNow();
  const today = toDay(now);
  const navigate = useNavigate({ from: "/stats" });
  const utils = trpc.useUtils();
  const keyList = trpc.keys.list.useQuery(ALL_KEYS).data;
  const keys = useKeyNames();
  const input = toTableInput(search, today);
  const question = toStatsQuestion(search, today);
  const { data: table, ...query } = trpc.stats.table.useQuery(input, { placeholderData: keepPreviousData });
  const unpaged: StatsSearch = { ...search, page: undefined };
  const order = orderOf(question);
  const isCounted = ({ id, kind }: KeyName) =>
    kind !== "management" && (search.api_key_id?.includes(id) ?? true) && !search.exclude_api_key_id?.includes(id);
  // Excel uses the separators of the system's language, which the browser knows.
  const excel = { locale: navigator.language, hasSeveralKeys: keys.filter(isCounted).length > 1 };
  const hasNext = table !== undefined && !query.isPlaceholderData && input.page * table.page_rows < table.total;
  const next = JSON.stringify({ ...input, page: input.page + 1 });

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
      search: { ...search, sort: `${descending ? "-" : ""}${column}`, page: undefined },
      resetScroll: false,
    });
  }
  const sort: SortState<SortColumn> = { ...order, sortBy };

  return (
    <PageBody>
      <PageHead title={t.common.nav.stats}>
        <StatsFilters search={search} keys={keys} today={today} />
        <RangePicker search={unpaged} />
      </PageHead>
      <div className="flex flex-col gap-4" aria-busy={query.isPlaceholderData || undefined}>
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
          <GroupPicker search={search} />
          <div className="flex flex-wrap gap-2">
            <DetailsSwitch search={search} />
            {(["csv", "excel", "json"] as const).map((format) => (
              <a
                key={format}
                href={format === "excel" ? excelHref(question, excel) : exportHref(question, format)}
                download
                aria-label={t.stats.download({ type: t.stats[format] })}
                title={t.stats.download({ type: t.stats[format] })}
                className={buttonClasses()}
              >
                <Download aria-hidden className="size-4 text-muted" />
                {t.stats[format]}
              </a>
            ))}
          </div>
        </div>
        <FilterChips to="/stats" search={unpaged} keys={keys} />
        {query.error && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
        {table?.total === 0 && <NoRows table={table} search={search} hasKeys={keyList?.total !== 0} />}
        {table && table.total > 0 && (
          <>
            <StatsTableView table={table} question={question} search={search} sort={sort} />
            {search.details && !query.isPlaceholderData && knownDetails(table.sum).length === 0 && (
              <p className="text-table text-muted">{t.usage.details.none}</p>
            )}
            <Pager page={search.page} size={table.page_rows} total={table.total} />
          </>
        )}
        {query.isPending && <div role="status" aria-label={t.common.loading} className="skeleton h-[70dvh]" />}
        {table && keyList?.total !== 0 && (
          <p className="text-caption text-muted">
            {table.days.known === table.days.asked
              ? t.stats.allKnown
              : t.stats.known({
                  known: table.days.known,
                  asked: table.days.asked,
                  days: nameSpans(table.days.unknown, format),
                })}{" "}
            {t.common.legend} {t.usage.range.utc} <Age keys={keyList?.items ?? []} />
          </p>
        )}
        <p role="status" className="sr-only">
          {query.isPlaceholderData ? t.common.updating : table && t.stats.sum({ count: table.total })}
        </p>
      </div>
    </PageBody>
  );
}

/** Shows or hides the columns of details. */
function DetailsSwitch({ search }: { search: StatsSearch }) {
  const { usage: t } = useTexts("usage");
  const isShown = search.details === true;
  return (
    <SegmentLinks
      label={t.details.title}
      segments={[
        {
          id: "details",
          to: "/stats",
          search: { ...search, details: isShown ? undefined : true },
          label: (
            <>
              <Check aria-hidden className={`size-3.5 ${isShown ? "text-accent" : "invisible"}`} />
              {t.details.show}
            </>
          ),
          isChosen: isShown,
        },
      ]}
    />
  );
}

/** Time of the oldest last sync of the keys. */
function Age({ keys }: { keys: Key[] }) {
  const t = useTexts("usage");
  const format = useFormat();
  useNow();
  const synced = keys.flatMap((key) => (key.is_active && key.last_synced_at ? key.last_synced_at : [])).sort();
  const [oldest] = synced;
  if (!oldest) return null;
  const said = t.usage.sync.synced({ ago: format.ago(oldest) });
  return <time dateTime={oldest}>{`${said.charAt(0).toUpperCase()}${said.slice(1)}.`}</time>;
}
