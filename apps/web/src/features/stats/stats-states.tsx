import type { Format } from "@orwatch/messages/format";
import { Link } from "@tanstack/react-router";
import { buttonLook } from "../../components/ui/button.tsx";
import type { StatsTable } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { isFiltered, unfiltered } from "../../lib/search/dashboard-search.ts";
import type { StatsSearch } from "../../lib/search/stats-search.ts";

const SPANS = 4;

/** `1 Jan – 24 Jan, 3 Mar …`: days of which nothing is known. */
export const nameSpans = (spans: StatsTable["days"]["unknown"], format: Format): string =>
  spans
    .slice(0, SPANS)
    .map(({ from, through }) => (from === through ? format.day(from) : format.days(from, through)))
    .join(", ") + (spans.length > SPANS ? " …" : "");

/** No row: because nobody knows, or because nothing was used. */
export function NoRows({ table, search, hasKeys }: { table: StatsTable; search: StatsSearch; hasKeys: boolean }) {
  const t = useTexts("stats", "usage");
  const isKnown = table.days.known > 0;
  const isNarrow = isFiltered(search);
  const title = !hasKeys ? t.stats.noKeysTitle : isKnown ? t.stats.noUsageTitle : t.stats.noDataTitle;
  return (
    <section
      aria-label={title}
      className="flex min-h-64 flex-col items-center justify-center gap-2 rounded-panel border border-dashed border-line-strong p-6 text-center"
    >
      <h2 className="font-semibold">{title}</h2>
      <p className="max-w-prose text-muted">
        {!hasKeys ? t.stats.noKeysBody : isKnown ? t.stats.noUsageBody : t.stats.noDataBody}
      </p>
      {!hasKeys && (
        <Link to="/keys" search={{ add: true }} className={`mt-2 ${buttonLook("primary")}`}>
          {t.usage.firstRun.keyAction}
        </Link>
      )}
      {hasKeys && (isNarrow || search.days !== 365) && (
        <Link
          to="/stats"
          search={
            isNarrow
              ? { ...unfiltered(search), page: undefined }
              : { ...search, days: 365, start_date: undefined, end_date: undefined, page: undefined }
          }
          preload={false}
          activeOptions={{ exact: true }}
          className={`mt-2 ${buttonLook()}`}
        >
          {isNarrow ? t.usage.filters.clear : t.stats.longer({ count: 365 })}
        </Link>
      )}
    </section>
  );
}

export function StatsPages({ table, search }: { table: StatsTable; search: StatsSearch }) {
  const t = useTexts("stats");
  const page = search.page ?? 1;
  const last = Math.max(1, Math.ceil(table.total / table.page_rows));
  if (last === 1 && page === 1) return null;
  const from = Math.min((page - 1) * table.page_rows + 1, table.total);
  const to = Math.min(page * table.page_rows, table.total);
  const steps = [
    { label: t.stats.firstPage, page: page > 1 ? 1 : null },
    { label: t.stats.previousPage, page: page > 1 ? Math.min(page - 1, last) : null },
    { label: t.stats.nextPage, page: page < last ? page + 1 : null },
    { label: t.stats.lastPage, page: page < last ? last : null },
  ];
  return (
    <nav aria-label={t.stats.pages} className="flex flex-wrap items-center justify-end gap-2">
      <span className="mr-1 text-table text-muted tabular-nums">{t.common.rows({ from, to, total: table.total })}</span>
      {steps.map((step) =>
        step.page === null ? (
          <span key={step.label} aria-hidden className={`${buttonLook()} opacity-40`}>
            {step.label}
          </span>
        ) : (
          <Link
            key={step.label}
            to="/stats"
            search={{ ...search, page: step.page === 1 ? undefined : step.page }}
            preload={false}
            activeOptions={{ exact: true }}
            resetScroll={false}
            className={buttonLook()}
          >
            {step.label}
          </Link>
        ),
      )}
    </nav>
  );
}
