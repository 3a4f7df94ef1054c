import { Link } from "@tanstack/react-router";
import { ExactValue } from "../../../components/charts/usage-chart/exact-value.tsx";
import { Swatch } from "../../../components/charts/usage-chart/legend.tsx";
import { sizeOf } from "../../../components/charts/usage-chart/measure.ts";
import { type Columns, DataTable } from "../../../components/tables/table.tsx";
import { Slashed } from "../../../components/ui/values.tsx";
import type { ExploreAnswer } from "../../../lib/api/trpc.ts";
import { useFormat, useTexts } from "../../../lib/i18n/i18n.ts";
import { filterBy, nameGroup, valueOfGroup } from "../model/groups.ts";
import { columnsOf, MEASURES } from "../model/metrics.ts";
import { type Sorting, sortRows } from "../model/sort-rows.ts";
import { percentChange, type TableRow } from "../model/view.ts";
import type { Dimension, ExploreSearch } from "../search/explore-search.ts";
import { useGroupNames } from "../use-group-names.ts";

interface GroupsTableProps {
  search: ExploreSearch;
  answer: ExploreAnswer;
  table: { rows: TableRow[]; total: TableRow };
  groups: Dimension[];
  colourOf: (id: string) => string | undefined;
  sorting: Sorting;
  onSort: (sorting: Sorting) => void;
}

interface Line {
  row: TableRow;
  level: 0 | 1;
}

/** Name of a row in one of its groups; of what is combined how many groups it is. */
export function useRowName(groups: Dimension[]): (row: TableRow, level: 0 | 1) => string {
  const t = useTexts("explore");
  const names = useGroupNames();
  return (row, level) => {
    const dimension = groups[level];
    return row.key && dimension ? nameGroup(row.key, dimension, names) : t.explore.others({ count: row.groups });
  };
}

/** A row per group, with a row for each of its parts below: of two groups it is the subtotal. */
export function GroupsTable({ search, answer, table, groups, colourOf, sorting, onSort }: GroupsTableProps) {
  const t = useTexts("explore");
  const format = useFormat();
  const nameOf = useRowName(groups);
  const { metric } = answer;
  const measure = MEASURES[metric];
  const lines = sortRows(table.rows, sorting, nameOf).flatMap((row): Line[] => [
    { row, level: 0 },
    ...row.parts.map((part): Line => ({ row: part, level: 1 })),
  ]);
  const isCompared = table.total.change !== undefined;
  const count = table.rows.reduce((sum, row) => sum + row.groups, 0);
  const number = { align: "right" as const };
  const total = sizeOf(table.total.value);
  /** The table sorts by what the page keeps; a column needs a value, but it is not used. */
  const by = (id: string) => ({ id, accessorFn: () => null });
  const columns: Columns<Line> = [
    ...groups.map((dimension, index): Columns<Line>[number] => ({
      ...(index === 0 ? by("name") : { id: dimension }),
      header: t.explore.dimensions[dimension],
      sortDescFirst: false,
      cell: ({ row: { original } }) =>
        original.level === index ? (
          <Name
            line={original}
            dimension={dimension}
            search={search}
            name={nameOf(original.row, original.level)}
            colourOf={colourOf}
          />
        ) : null,
      ...(index === 0 ? { footer: t.explore.total({ count }) } : {}),
      meta: {
        isRowHead: index === 0,
        className: groups.length > 1 ? "max-w-20 max-sm:px-2! sm:max-w-80" : "max-w-44 sm:max-w-80",
        cellProps: () => ({ className: "py-0.5!" }),
        ...(index === 0 ? { footSpan: groups.length } : {}),
      },
    })),
    ...columnsOf(metric).map((name, index): Columns<Line>[number] => ({
      ...by(String(index)),
      header: t.explore.short[name],
      cell: ({ row: { original } }) => (
        <ExactValue value={original.row.columns[index] ?? null} measure={MEASURES[name]} />
      ),
      footer: () => <ExactValue value={table.total.columns[index] ?? null} measure={MEASURES[name]} />,
      meta: { ...number, className: "text-muted max-sm:hidden" },
    })),
    {
      ...by("value"),
      header: t.explore.short[metric],
      cell: ({ row: { original } }) => <ExactValue value={original.row.value} measure={measure} />,
      footer: () => <ExactValue value={table.total.value} measure={measure} />,
      meta: number,
    },
    ...(measure.isSum
      ? [
          {
            id: "share",
            header: t.explore.share,
            cell: ({ row: { original } }) =>
              format.percent(
                total > 0 && original.row.value !== null
                  ? Math.round((sizeOf(original.row.value) / total) * 1000) / 10
                  : null,
              ),
            meta: { ...number, className: "text-muted max-sm:hidden" },
          } satisfies Columns<Line>[number],
        ]
      : []),
    ...(isCompared
      ? [
          {
            ...by("change"),
            header: () => <span title={t.explore.changeHint}>{t.explore.change}</span>,
            cell: ({ row: { original } }) => <Change row={original.row} />,
            footer: () => <Change row={table.total} />,
            meta: number,
          } satisfies Columns<Line>[number],
        ]
      : []),
  ];
  return (
    <DataTable
      label={t.explore.tableLabel({
        groups: groups.map((name) => t.explore.dimensions[name].toLowerCase()).join(", "),
      })}
      columns={columns}
      rows={lines}
      rowId={({ row, level }) => `${level} ${row.id}`}
      rowClass={({ row, level }) => (level === 0 && row.parts.length > 0 ? "font-semibold" : "")}
      sort={{
        ...sorting,
        sortBy: (column) =>
          onSort({ column, descending: sorting.column === column ? !sorting.descending : column !== "name" }),
      }}
      hasFoot
      region={{ "data-scroll-restoration-id": "explore" } as object}
    />
  );
}

interface NameProps {
  line: Line;
  dimension: Dimension;
  search: ExploreSearch;
  name: string;
  colourOf: (id: string) => string | undefined;
}

/** A link that shows only this group. Groups that cannot be filtered by are text. */
function Name({ line: { row, level }, dimension, search, name, colourOf }: NameProps) {
  const t = useTexts("explore");
  const to = row.key && filterBy(search, { dimension, value: valueOfGroup(row.key, dimension) });
  const colour = level === 0 && row.key ? colourOf(JSON.parse(row.id)[0]) : undefined;
  return (
    <span className="flex min-h-8 items-center gap-2">
      {colour && <Swatch colour={colour} />}
      {to ? (
        <Link
          to="/explore"
          search={to}
          preload={false}
          resetScroll={false}
          activeProps={{}}
          activeOptions={{ exact: true }}
          title={t.explore.only({ dimension: t.explore.dimensions[dimension], name })}
          dir="auto"
          className="row-link min-w-0 truncate no-underline hover:underline"
        >
          <Slashed name={name} />
        </Link>
      ) : (
        <span dir="auto" title={name} className="truncate text-muted">
          {name}
        </span>
      )}
    </span>
  );
}

/** The change in percent, with a sign. */
function Change({ row: { change } }: { row: TableRow }) {
  const t = useTexts("explore");
  const format = useFormat();
  const percent = change ? percentChange(change) : null;
  if (percent === null) {
    const isNew =
      change?.current !== null && change?.before !== null && change !== undefined && sizeOf(change.before) === 0;
    return <span className="text-muted">{isNew && sizeOf(change.current) > 0 ? t.explore.isNew : "–"}</span>;
  }
  return <span>{`${percent > 0 ? "+" : ""}${format.percent(percent)}`}</span>;
}
