import { sizeOf, type Value } from "../../../components/charts/usage-chart/measure.ts";
import { percentChange, type TableRow } from "./view.ts";

/** `name`, `value`, `change`, or the index of a metric beside the chosen one. */
export interface Sorting {
  column: string;
  descending: boolean;
}
export const FIRST_SORTING: Sorting = { column: "value", descending: true };

/** Rows in order, combined ones last and unknown values after the known ones; the parts of each row in the same order. */
export function sortRows(
  rows: readonly TableRow[],
  { column, descending }: Sorting,
  nameOf: (row: TableRow, level: 0 | 1) => string,
  level: 0 | 1 = 0,
): TableRow[] {
  const cellOf = (row: TableRow): Value => {
    if (column === "value") return row.value;
    if (column === "change") return row.change ? percentChange(row.change) : null;
    return row.columns[Number(column)] ?? null;
  };
  const sign = descending ? -1 : 1;
  const compare = (a: TableRow, b: TableRow): number => {
    if ((a.key === null) !== (b.key === null)) return a.key === null ? 1 : -1;
    if (column === "name") return sign * nameOf(a, level).localeCompare(nameOf(b, level));
    const [left, right] = [cellOf(a), cellOf(b)];
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
    return sign * (sizeOf(left) - sizeOf(right));
  };
  return [...rows]
    .sort(compare)
    .map((row) => ({ ...row, parts: sortRows(row.parts, { column, descending }, nameOf, 1) }));
}
