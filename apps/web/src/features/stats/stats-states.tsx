import { Link } from "@tanstack/react-router";
import { buttonLook } from "../../components/ui/button.tsx";
import { isFiltered, unfiltered } from "../../lib/dashboard-search.ts";
import { formatCountExact, formatDay } from "../../lib/format.ts";
import type { StatsSearch } from "../../lib/stats-search.ts";
import { text } from "../../lib/text/stats.ts";
import type { StatsTable } from "../../lib/trpc.ts";

const words = text.stats;

const SPANS = 4;

/** `1 Jan – 24 Jan, 3 Mar …`: days of which nothing is known. */
export const nameSpans = (spans: StatsTable["days"]["unknown"], now: Date): string =>
  spans
    .slice(0, SPANS)
    .map(({ from, through }) =>
      from === through ? formatDay(from, now) : text.range.between(formatDay(from, now), formatDay(through, now)),
    )
    .join(", ") + (spans.length > SPANS ? " …" : "");

/** No row: because nobody knows, or because nothing was used. */
export function NoRows({ table, search, hasKeys }: { table: StatsTable; search: StatsSearch; hasKeys: boolean }) {
  const isKnown = table.days.known > 0;
  const isNarrow = isFiltered(search);
  const title = !hasKeys ? words.noKeysTitle : isKnown ? words.noUsageTitle : words.noDataTitle;
  return (
    <section
      aria-label={title}
      className="flex min-h-64 flex-col items-center justify-center gap-2 rounded-panel border border-dashed border-line-strong p-6 text-center"
    >
      <h2 className="font-semibold">{title}</h2>
      <p className="max-w-prose text-muted">
        {!hasKeys ? words.noKeysBody : isKnown ? words.noUsageBody : words.noDataBody}
      </p>
      {!hasKeys && (
        <Link to="/keys" search={{ add: true }} className={`mt-2 ${buttonLook("primary")}`}>
          {text.firstRun.keyAction}
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
          {isNarrow ? words.clear : words.longer}
        </Link>
      )}
    </section>
  );
}

export function StatsPages({ table, search }: { table: StatsTable; search: StatsSearch }) {
  const page = search.page ?? 1;
  const last = Math.max(1, Math.ceil(table.total / table.page_rows));
  if (last === 1 && page === 1) return null;
  const from = Math.min((page - 1) * table.page_rows + 1, table.total);
  const to = Math.min(page * table.page_rows, table.total);
  const steps = [
    { label: words.firstPage, page: page > 1 ? 1 : null },
    { label: words.previousPage, page: page > 1 ? Math.min(page - 1, last) : null },
    { label: words.nextPage, page: page < last ? page + 1 : null },
    { label: words.lastPage, page: page < last ? last : null },
  ];
  return (
    <nav aria-label={words.pages} className="flex flex-wrap items-center justify-end gap-2">
      <span className="mr-1 text-table text-muted tabular-nums">
        {words.page(formatCountExact(from), formatCountExact(to), formatCountExact(table.total))}
      </span>
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
