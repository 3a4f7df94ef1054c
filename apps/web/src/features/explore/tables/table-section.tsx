import { lazy, Suspense, useMemo } from "react";
import { colourSeries } from "../../../components/charts/series-colours.ts";
import type { ExploreAnswer } from "../../../lib/api/trpc.ts";
import { useTexts } from "../../../lib/i18n/i18n.ts";
import type { Option } from "../controls/choice.tsx";
import { Segments } from "../controls/segments.tsx";
import type { Question } from "../model/question.ts";
import type { Sorting } from "../model/sort-rows.ts";
import { type TableRow, toPivot } from "../model/view.ts";
import { type Dimension, type ExploreSearch, FILTERS, toStatsSearch } from "../search/explore-search.ts";
import { GroupsTable } from "./groups-table.tsx";
import { IntervalTable } from "./interval-table.tsx";
import { PivotTable } from "./pivot-table.tsx";

const UsageRows = lazy(() => import("./rows/usage-rows.tsx").then(({ UsageRows }) => ({ default: UsageRows })));

interface TableSectionProps {
  search: ExploreSearch;
  question: Question;
  answers: Partial<Record<"chart" | "rows" | "pairs" | "columns" | "before", ExploreAnswer>>;
  table: { rows: TableRow[]; total: TableRow } | null;
  sorting: Sorting;
  onSort: (sorting: Sorting) => void;
  isStale: boolean;
}

/** Filters that usage rows have. */
const OF_ROWS = ["api_key_id", "model", "exclude_api_key_id", "exclude_model"];

/** Why usage rows are not shown: they have neither the other filters nor hours. */
export const canShowRows = (search: ExploreSearch): boolean =>
  FILTERS.every((name) => OF_ROWS.includes(name) || search[name] === undefined);

/** What the table shows: a row per group, a cell per pair of groups, a row per interval, or the usage rows. */
export function TableSection({ search, question, answers, table, sorting, onSort, isStale }: TableSectionProps) {
  const t = useTexts("explore");
  const [first, second] = question.groups;
  const rowsReason = canShowRows(search) ? undefined : t.explore.gaps.rows;
  const isRows = search.table === "rows" && rowsReason === undefined;
  const shown = isRows ? "rows" : search.table === "rows" ? undefined : search.table;
  const to = (name: ExploreSearch["table"]): ExploreSearch => ({
    ...search,
    table: name,
    page: undefined,
    sort: undefined,
    details: undefined,
  });
  const option = (name: ExploreSearch["table"], label: string, isChosen: boolean, reason?: string): Option => ({
    ...{ id: name ?? "groups", label, search: to(name), isChosen, reason },
  });
  const isByInterval = !isRows && (first === undefined || shown === "intervals");
  const options = [
    ...(first ? [option(undefined, t.explore.tables.groups, !isRows && !isByInterval && shown !== "pivot")] : []),
    ...(second ? [option("pivot", t.explore.tables.pivot, shown === "pivot")] : []),
    option("intervals", t.explore.tables.intervals, isByInterval),
    option("rows", t.explore.tables.rows, isRows, rowsReason),
  ];
  const { chart, rows, pairs, columns } = answers;
  const pivot = useMemo(
    () => (rows && pairs && columns ? toPivot({ rows, pairs, columns }) : null),
    [rows, pairs, columns],
  );
  const colourOf = useMemo(() => {
    if (!chart) return () => undefined;
    const [dimension] = chart.group_by as Dimension[];
    const charted = new Set<string>();
    const ids = table?.rows.flatMap(({ key, id }) => (key ? [JSON.parse(id)[0] as string] : [])) ?? [];
    for (const id of ids.slice(0, 12)) charted.add(id);
    const colours = dimension ? colourSeries(dimension, ids) : null;
    return (id: string) => (colours && charted.has(id) ? colours(id) : undefined);
  }, [chart, table]);

  return (
    <section aria-label={t.explore.tableTitle} className="flex min-w-0 flex-col gap-2">
      <Segments label={t.explore.tableTitle} options={options} />
      <div className={isStale ? "opacity-60" : ""}>
        {isRows && (
          <Suspense fallback={<div className="skeleton h-80" />}>
            <UsageRows search={search} rows={toStatsSearch(search, question.interval, question.range)} />
          </Suspense>
        )}
        {isByInterval && chart && <IntervalTable answer={chart} before={answers.before} search={search} />}
        {!isRows && !isByInterval && shown === "pivot" && pivot && (
          <PivotTable pivot={pivot} answer={pairs as ExploreAnswer} />
        )}
        {!isRows && !isByInterval && shown !== "pivot" && table && rows && (
          <GroupsTable
            search={search}
            answer={rows}
            table={table}
            groups={
              pairs ? [first as Dimension, second as Dimension] : [(rows.group_by as Dimension[])[0] as Dimension]
            }
            colourOf={colourOf}
            sorting={sorting}
            onSort={onSort}
          />
        )}
      </div>
    </section>
  );
}
