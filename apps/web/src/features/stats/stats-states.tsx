import type { Format } from "@orwatch/messages/format";
import { Link } from "@tanstack/react-router";
import { buttonClasses } from "../../components/ui/button.tsx";
import { EmptyState } from "../../components/ui/empty-state.tsx";
import { Permitted } from "../../components/ui/permitted.tsx";
import type { StatsTable } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { isFiltered, unfiltered } from "../../lib/search/dashboard-search.ts";
import type { StatsSearch } from "../../lib/search/stats-search.ts";

const SPANS = 4;

/** `1 Jan – 24 Jan, 3 Mar …`: unknown days. */
export const nameSpans = (spans: StatsTable["days"]["unknown"], format: Format): string =>
  spans
    .slice(0, SPANS)
    .map(({ from, through }) => (from === through ? format.day(from) : format.days(from, through)))
    .join(", ") + (spans.length > SPANS ? " …" : "");

/** State without rows: no data, or no usage. */
export function NoRows({ table, search, hasKeys }: { table: StatsTable; search: StatsSearch; hasKeys: boolean }) {
  const t = useTexts("stats", "usage");
  const isKnown = table.days.known > 0;
  const isNarrow = isFiltered(search);
  const title = !hasKeys ? t.stats.noKeysTitle : isKnown ? t.stats.noUsageTitle : t.stats.noDataTitle;
  const body = !hasKeys ? t.stats.noKeysBody : isKnown ? t.stats.noUsageBody : t.stats.noDataBody;
  return (
    <EmptyState title={title} body={body}>
      {!hasKeys && (
        <Permitted to="manageKeys">
          <Link to="/keys" search={{ add: true }} className={buttonClasses("primary")}>
            {t.usage.firstRun.keyAction}
          </Link>
        </Permitted>
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
          className={buttonClasses()}
        >
          {isNarrow ? t.usage.filters.clear : t.stats.longer({ count: 365 })}
        </Link>
      )}
    </EmptyState>
  );
}
