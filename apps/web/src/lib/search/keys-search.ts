import { keyFiltersOf, usageSearch } from "./dashboard-search.ts";
import { oneOf, searchOf, whole } from "./readers.ts";

export const KEY_COLUMNS = [
  "name",
  "usage_daily",
  "usage_weekly",
  "usage_monthly",
  "usage",
  "last_used_at",
  "last_synced_at",
] as const;
export type KeyColumn = (typeof KEY_COLUMNS)[number];

/** `add` opens the dialog, so that other pages can lead straight to it. */
export const keysSearch = searchOf({
  page: whole({ min: 1, max: 10_000 }),
  add: oneOf([true]),
  show: oneOf(["unused", "no_limit", "low_limit", "failing"]),
  api_key_id: usageSearch.readers.api_key_id,
  exclude_api_key_id: usageSearch.readers.exclude_api_key_id,
  sort: oneOf([...KEY_COLUMNS, ...KEY_COLUMNS.map((column) => `-${column}` as const)]),
});

export type KeysSearch = ReturnType<typeof keysSearch.parse>;

/** Rows of a page of the keys table. */
export const KEYS_PAGE = 25;

/** Keys in full, the newest; where there are more, `useKeyNames` knows the others by name. */
export const ALL_KEYS = { skip: 0, limit: 100 };

export const toKeysInput = ({ page = 1, show, sort, api_key_id, exclude_api_key_id }: KeysSearch) => ({
  skip: (page - 1) * KEYS_PAGE,
  limit: KEYS_PAGE,
  ...(show ? { show } : {}),
  ...keyFiltersOf({ api_key_id, exclude_api_key_id }),
  ...(sort ? { sort } : {}),
});
