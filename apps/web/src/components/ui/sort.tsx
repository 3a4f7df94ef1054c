import { ArrowDown, ArrowUp } from "lucide-react";
import { type ReactNode, useState } from "react";

export interface Sort<C extends string> {
  column: C;
  descending: boolean;
}

export interface SortState<C extends string> extends Omit<Sort<C>, "column"> {
  /** `undefined`: by none of the columns. */
  column: C | undefined;
  sortBy: (column: C) => void;
}

/** Numbers begin with the largest, words with A. */
export function useSort<C extends string>({
  initial,
  words,
}: {
  initial: C;
  words: readonly C[];
}): SortState<C> & Sort<C> {
  const [sort, setSort] = useState<Sort<C>>({ column: initial, descending: !words.includes(initial) });
  return {
    ...sort,
    sortBy: (column) =>
      setSort((was) => ({ column, descending: was.column === column ? !was.descending : !words.includes(column) })),
  };
}

/** Unknown values stay at the end whichever way one sorts. */
export function sortRows<T>(
  rows: readonly T[],
  keyOf: (row: T) => bigint | number | string | null,
  descending: boolean,
): T[] {
  return [...rows].sort((left, right) => {
    const [a, b] = [keyOf(left), keyOf(right)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    if (a === b) return 0;
    const order = typeof a === "string" && typeof b === "string" ? a.localeCompare(b) : a < b ? -1 : 1;
    return descending ? -order : order;
  });
}

interface SortHeadProps<C extends string> {
  sort: SortState<C>;
  column: C;
  children: ReactNode;
  align?: "left" | "right";
  className?: string;
}

export function SortHead<C extends string>({
  sort,
  column,
  children,
  align = "right",
  className = "",
}: SortHeadProps<C>) {
  const isSorted = sort.column === column;
  const Icon = sort.descending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (sort.descending ? "descending" : "ascending") : undefined}
      className={`px-4 ${align === "right" ? "text-right" : "text-left"} ${className}`}
    >
      <button
        type="button"
        onClick={() => sort.sortBy(column)}
        className={`relative inline-flex min-h-8 items-center whitespace-nowrap rounded-control hover:text-ink ${isSorted ? "text-ink" : "text-muted"}`}
      >
        {children}
        {/* In the space between the columns: a column is as wide sorted as not. */}
        {isSorted && (
          <Icon
            aria-hidden
            className={`absolute size-3 ${align === "right" ? "right-full mr-px" : "left-full ml-px"}`}
          />
        )}
      </button>
    </th>
  );
}
