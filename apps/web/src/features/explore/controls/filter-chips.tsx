import { Link } from "@tanstack/react-router";
import { X } from "lucide-react";
import { useKeyNames } from "../../../lib/api/keys.ts";
import { useTexts } from "../../../lib/i18n/i18n.ts";
import { DIMENSIONS, type Dimension, type ExploreSearch, PARAMETER } from "../search/explore-search.ts";
import { useGroupNames } from "../use-group-names.ts";

export interface ActiveFilter {
  label: string;
  /** The search without it. */
  left: ExploreSearch;
}

/** The filters of a search, named, included ones first. */
export function useActiveFilters(search: ExploreSearch): ActiveFilter[] {
  const t = useTexts("explore");
  const keys = useKeyNames();
  const { accountName, seriesName } = useGroupNames();
  const nameOf = (dimension: Dimension, value: string | number): string => {
    if (dimension === "key") return keys.find(({ id }) => id === value)?.name ?? `#${value}`;
    if (dimension === "account") return accountName(Number(value));
    return dimension === "model" || dimension === "vendor" ? seriesName(String(value)) : String(value);
  };
  const lists = search as Record<string, (string | number)[] | undefined>;
  const filtersIn = (isExcluded: boolean) =>
    DIMENSIONS.flatMap((dimension) => {
      const parameter = isExcluded ? `exclude_${PARAMETER[dimension]}` : PARAMETER[dimension];
      const values = lists[parameter] ?? [];
      return values.map((value) => {
        const left = values.filter((one) => one !== value);
        const what = { dimension: t.explore.dimensions[dimension], name: nameOf(dimension, value) };
        return {
          label: isExcluded ? t.explore.chipNot(what) : t.explore.chip(what),
          left: { ...search, page: undefined, [parameter]: left.length > 0 ? left : undefined },
        };
      });
    });
  return [...filtersIn(false), ...filtersIn(true)];
}

/** The active filters, each with a link to remove it. */
export function ExploreChips({ search }: { search: ExploreSearch }) {
  const { usage: t } = useTexts("usage");
  const filters = useActiveFilters(search);
  if (filters.length === 0) return null;
  return (
    <ul aria-label={t.filters.label} className="flex flex-wrap gap-2">
      {filters.map(({ label, left }) => (
        <li key={label} className="max-w-full">
          <Link
            to="/explore"
            search={left}
            preload={false}
            resetScroll={false}
            activeProps={{}}
            activeOptions={{ exact: true }}
            aria-label={t.filters.remove({ filter: label })}
            className="inline-flex h-7 max-w-full items-center gap-1.5 rounded-full bg-accent-soft px-3 text-table no-underline hover:underline"
          >
            <span dir="auto" title={label} className="truncate">
              {label}
            </span>
            <X aria-hidden className="size-3.5 shrink-0 print:hidden" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
