import { UNATTRIBUTED } from "../../../components/charts/series-colours.ts";
import type { ExploreAnswer } from "../../../lib/api/trpc.ts";
import { type Dimension, type ExploreSearch, PARAMETER } from "../search/explore-search.ts";

export type GroupKey = ExploreAnswer["groups"][number]["key"];

/** The value of a group in a dimension, as its parameter takes it; `null` if it is unknown, and of usage without a key. */
export function valueOfGroup(key: GroupKey, dimension: Dimension): string | number | null {
  if (dimension === "key") return key.api_key_id ?? null;
  if (dimension === "account") return key.account_id ?? null;
  return key[dimension] ?? null;
}

/** Identity of a group in a dimension, which its colour derives from. */
export function idOfGroup(key: GroupKey, dimension: Dimension): string {
  if (dimension === "key" && key.kind) return `${key.account_id}:${key.kind}`;
  const value = valueOfGroup(key, dimension);
  return value === null ? UNATTRIBUTED : String(value);
}

/** What a page needs to name groups. */
export interface GroupNames {
  seriesName: (id: string) => string;
  withoutKey: Record<string, string>;
  unknown: Record<Dimension, string>;
  accountName: (id: number) => string;
}

export function nameGroup(key: GroupKey, dimension: Dimension, names: GroupNames): string {
  if (dimension === "key" && key.kind) return names.withoutKey[key.kind] ?? key.kind;
  const value = valueOfGroup(key, dimension);
  if (value === null) return names.unknown[dimension];
  if (dimension === "key") return key.api_key_name || `#${value}`;
  if (dimension === "account") return names.accountName(Number(value));
  return dimension === "model" || dimension === "vendor" ? names.seriesName(String(value)) : String(value);
}

/** The search that shows only a value, or all but it; `null` if it cannot be filtered by. */
export function filterBy(
  search: ExploreSearch,
  {
    dimension,
    value,
    isExcluded = false,
  }: { dimension: Dimension; value: string | number | null; isExcluded?: boolean },
): ExploreSearch | null {
  if (value === null) return null;
  const name = PARAMETER[dimension];
  const changed = isExcluded ? `exclude_${name}` : name;
  const before = (search as Record<string, unknown[] | undefined>)[changed] ?? [];
  return {
    ...search,
    page: undefined,
    [changed]: isExcluded ? [...new Set([...before, value])] : [value],
    ...(isExcluded ? {} : { [`exclude_${name}`]: undefined }),
  };
}
