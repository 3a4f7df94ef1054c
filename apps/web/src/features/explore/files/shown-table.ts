import { OTHER } from "../../../components/charts/series-colours.ts";
import type { ExploreAnswer } from "../../../lib/api/trpc.ts";
import { type GroupKey, type GroupNames, nameGroup } from "../model/groups.ts";
import { columnsOf, MEASURES } from "../model/metrics.ts";
import { type Sorting, sortRows } from "../model/sort-rows.ts";
import { type Pivot, percentChange, type TableRow, toSeries } from "../model/view.ts";
import type { Dimension } from "../search/explore-search.ts";
import type { TableFile } from "./table-file.ts";

/** The rows of the groups in the order of the screen: with two groups, a subtotal has no second one. The total is last. */
export function fileOfGroups({
  answer,
  table,
  groups,
  sorting,
  names,
}: {
  answer: ExploreAnswer;
  table: { rows: TableRow[]; total: TableRow };
  groups: Dimension[];
  sorting: Sorting;
  names: GroupNames;
}): TableFile {
  const { metric } = answer;
  const nameOf = (row: TableRow, level: 0 | 1) => {
    const dimension = groups[level];
    return row.key && dimension ? nameGroup(row.key, dimension, names) : OTHER;
  };
  const isCompared = table.total.change !== undefined;
  const valuesOf = (row: TableRow) => [
    ...row.columns,
    row.value,
    ...(isCompared ? [row.change?.before ?? null, row.change ? percentChange(row.change) : null] : []),
  ];
  const rows = sortRows(table.rows, sorting, nameOf).flatMap((row) => [
    [nameOf(row, 0), ...(groups.length > 1 ? [""] : []), ...valuesOf(row)],
    ...row.parts.map((part) => [nameOf(row, 0), nameOf(part, 1), ...valuesOf(part)]),
  ]);
  return {
    columns: [...groups, ...columnsOf(metric), metric, ...(isCompared ? [`${metric}_before`, "change_percent"] : [])],
    rows: [...rows, ["(total)", ...(groups.length > 1 ? [""] : []), ...valuesOf(table.total)]],
  };
}

/** A row per interval, oldest first, a column per series of the chart. */
export function fileOfIntervals(answer: ExploreAnswer, names: GroupNames): TableFile {
  const [dimension] = answer.group_by as Dimension[];
  const { series, order, keys } = toSeries(answer, MEASURES[answer.metric].isSum);
  const nameOf = (id: string) => {
    const key = keys.get(id);
    return key && dimension ? nameGroup(key, dimension, names) : id;
  };
  const ids = dimension ? order : [];
  return {
    columns: [answer.period.interval, answer.metric, ...ids.map(nameOf)],
    rows: series.map(({ at, value, parts }) => [
      ...[at, value],
      ...ids.map((id) => parts.find((part) => part.id === id)?.value ?? null),
    ]),
  };
}

export function fileOfPivot(pivot: Pivot, groups: Dimension[], names: GroupNames): TableFile {
  const [first, second] = groups as [Dimension, Dimension];
  const name = (key: GroupKey, dimension: Dimension) => nameGroup(key, dimension, names);
  return {
    columns: [first, ...pivot.columns.map(({ key }) => name(key, second)), "(total)"],
    rows: [
      ...pivot.rows.map(({ id, key, total }) => [
        ...[name(key, first), ...pivot.columns.map((column) => pivot.cellOf(id, column.id)), total],
      ]),
      ["(total)", ...pivot.columns.map(({ total }) => total), pivot.total],
    ],
  };
}
