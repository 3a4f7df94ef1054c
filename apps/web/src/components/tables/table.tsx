import {
  type ColumnDef,
  createSortedRowModel,
  metaHelper,
  type RowData,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";

interface ColumnOptions {
  /** Numbers are right-aligned. */
  align?: "right";
  /** Classes of the head, the cells and the foot of the column. */
  className?: string;
  /** Row header. */
  isRowHead?: boolean;
  /** Additional attributes of a cell. */
  cellProps?: (row: never) => ComponentProps<"td">;
  /** How many columns its foot spans. */
  footSpan?: number;
}

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  columnMeta: metaHelper<ColumnOptions>(),
});

type SortValue = bigint | number | string | null;

// biome-ignore lint/suspicious/noExplicitAny: columns of one table have values of several types
export type Columns<T extends RowData> = ColumnDef<typeof features, T, any>[];

interface Sort<C extends string> {
  /** `undefined` if not sorted by a column. */
  column: C | undefined;
  descending: boolean;
}

/** A sort order that is controlled by the URL or the server. */
export interface SortState<C extends string> extends Sort<C> {
  sortBy: (column: C) => void;
}

/** Sort value of a column: numbers descending first, texts ascending first, and unknown values always last. */
export const sortedBy = <T extends RowData>(keyOf: (row: T) => SortValue, isText = false) => ({
  accessorFn: (row: T) => keyOf(row) ?? undefined,
  sortUndefined: "last" as const,
  sortDescFirst: !isText,
  sortFn: (left: { original: T }, right: { original: T }) => compare(keyOf(left.original), keyOf(right.original)),
});

function compare(a: SortValue, b: SortValue): number {
  if (typeof a === "string" && typeof b === "string") return a.localeCompare(b);
  return a === b || a === null || b === null ? 0 : a < b ? -1 : 1;
}

interface DataTableProps<T extends RowData> {
  label: string;
  columns: Columns<T>;
  rows: readonly T[];
  rowId: (row: T) => string;
  rowClass?: (row: T) => string;
  /** Initial sort order of a table that sorts its rows itself. */
  initialSort?: Sort<string>;
  /** Controlled sort order. The rows are already sorted. */
  sort?: SortState<string>;
  /** Maximum number of rows after sorting. */
  max?: number;
  hasFoot?: boolean;
  /** Attributes of the scroll region, in which header and footer stay visible. */
  region?: ComponentProps<"section">;
  className?: string;
}

const CELL = "px-3 first:pl-4 last:pr-4 sm:px-4";
const none: never[] = [];

/** A table whose columns say what they show. */
export function DataTable<T extends RowData>({ region, ...props }: DataTableProps<T>) {
  const rows = <Rows {...props} sticks={region !== undefined} />;
  if (!region) return rows;
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be focusable
      tabIndex={0}
      aria-label={props.label}
      {...region}
      className="relative max-h-[70dvh] overflow-auto rounded-panel border border-line bg-surface"
    >
      {rows}
    </section>
  );
}

interface RowsProps<T extends RowData> extends Omit<DataTableProps<T>, "region"> {
  sticks: boolean;
}

function Rows<T extends RowData>({ sticks, ...props }: RowsProps<T>) {
  const { label, columns, rows, rowId, rowClass, initialSort, sort, max, hasFoot, className = "" } = props;
  const order = sort ?? initialSort;
  const sorting = order?.column ? [{ id: order.column, desc: order.descending }] : none;
  const table = useTable({
    features,
    columns,
    data: rows,
    getRowId: rowId,
    enableSortingRemoval: false,
    enableMultiSort: false,
    ...(sort
      ? { manualSorting: true, state: { sorting }, onSortingChange: (next) => changeSort(next, sorting, sort) }
      : { initialState: { sorting } }),
  });
  const [headers] = table.getHeaderGroups();
  const sorted = table.getRowModel().rows;
  const shown = max === undefined ? sorted : sorted.slice(0, max);
  let spanned = 0;

  return (
    <table className={`w-full text-table ${className}`}>
      <caption className="sr-only">{label}</caption>
      <thead
        className={sticks ? "sticky top-0 z-10 bg-surface shadow-[inset_0_-1px_0_var(--line)]" : "border-b border-line"}
      >
        <tr>
          {headers?.headers.map(({ id, column }) => {
            const { meta = {}, header } = column.columnDef;
            const isRight = meta.align === "right";
            const direction = column.getIsSorted();
            const Icon = direction === "desc" ? ArrowDown : ArrowUp;
            return (
              <th
                key={id}
                scope="col"
                aria-sort={direction ? (direction === "desc" ? "descending" : "ascending") : undefined}
                className={`${CELL} whitespace-nowrap text-muted ${isRight ? "text-right" : "text-left"} ${meta.className ?? ""}`}
              >
                {column.getCanSort() ? (
                  <button
                    type="button"
                    onClick={column.getToggleSortingHandler()}
                    className={`relative inline-flex min-h-8 items-center rounded-control whitespace-nowrap hover:text-ink ${direction ? "text-ink" : ""}`}
                  >
                    {nodeOf(header)}
                    {/* In the space between the columns: a column is as wide sorted as not. */}
                    {direction && (
                      <Icon
                        aria-hidden
                        className={`absolute size-3 ${isRight ? "right-full mr-px" : "left-full ml-px"}`}
                      />
                    )}
                  </button>
                ) : (
                  <span className="inline-flex min-h-8 items-center">{nodeOf(header)}</span>
                )}
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {shown.map((row) => {
          return (
            <tr key={row.id} className={`hover:bg-sunken ${rowClass?.(row.original) ?? ""}`}>
              {row.getAllCells().map((cell) => {
                const { meta = {}, cell: content } = cell.column.columnDef;
                const cellClass = `${CELL} py-1.5 ${meta.align === "right" ? "text-right tabular-nums whitespace-nowrap" : ""} ${meta.className ?? ""}`;
                const { className: more = "", ...given } = meta.cellProps?.(row.original as never) ?? {};
                // Called, not rendered as a component, so that cells keep their state when columns are recreated.
                const shownContent = typeof content === "function" ? content(cell.getContext()) : content;
                return meta.isRowHead ? (
                  <th key={cell.id} scope="row" {...given} className={`${cellClass} ${more} text-left font-normal`}>
                    {shownContent}
                  </th>
                ) : (
                  <td key={cell.id} {...given} className={`${cellClass} ${more}`}>
                    {shownContent}
                  </td>
                );
              })}
            </tr>
          );
        })}
      </tbody>
      {hasFoot && (
        <tfoot
          className={`font-medium ${sticks ? "sticky bottom-0 bg-surface shadow-[inset_0_1px_0_var(--line)]" : "border-t border-line"}`}
        >
          <tr>
            {headers?.headers.map(({ id, column }, index) => {
              const { meta = {}, footer } = column.columnDef;
              if (index < spanned) return null;
              spanned = index + (meta.footSpan ?? 1);
              const cellClass = `${CELL} py-2 ${meta.align === "right" ? "text-right tabular-nums whitespace-nowrap" : "text-left"} ${meta.footSpan ? "" : (meta.className ?? "")}`;
              return meta.isRowHead || meta.footSpan ? (
                <th key={id} scope="row" colSpan={meta.footSpan} className={cellClass}>
                  {nodeOf(footer)}
                </th>
              ) : (
                <td key={id} className={cellClass}>
                  {nodeOf(footer)}
                </td>
              );
            })}
          </tr>
        </tfoot>
      )}
    </table>
  );
}

/** Headers and footers are texts or functions without parameters. */
const nodeOf = (content: unknown): ReactNode => (typeof content === "function" ? content() : (content as ReactNode));

function changeSort(
  next: SortingState | ((was: SortingState) => SortingState),
  was: SortingState,
  { sortBy }: SortState<string>,
) {
  const [first] = typeof next === "function" ? next(was) : next;
  if (first) sortBy(first.id);
}
