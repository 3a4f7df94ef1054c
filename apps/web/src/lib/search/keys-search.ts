import { keyFiltersOf, usageSearch } from "./dashboard-search.ts";
import { oneOf, searchOf } from "./readers.ts";

export const KEY_COLUMNS = [
  "name",
  "usage_daily",
  "usage_weekly",
  "usage_monthly",
  "usage",
  "limit_remaining",
  "last_used_at",
  "last_synced_at",
] as const;
export type KeyColumn = (typeof KEY_COLUMNS)[number];

/** `add` opens the dialog, so that other pages can lead straight to it. */
export const keysSearch = searchOf({
  add: oneOf([true]),
  show: oneOf(["unused", "no_limit", "low_limit", "failing"]),
  api_key_id: usageSearch.readers.api_key_id,
  exclude_api_key_id: usageSearch.readers.exclude_api_key_id,
  sort: oneOf([...KEY_COLUMNS, ...KEY_COLUMNS.map((column) => `-${column}` as const)]),
});

export type KeysSearch = ReturnType<typeof keysSearch.parse>;

/** Keys that the server sends at once. */
export const KEYS_PAGE = 100;

/** Keys in full, the newest; where there are more, `useKeyNames` knows the others by name. */
export const ALL_KEYS = { skip: 0, limit: KEYS_PAGE };

/** The newest keys of the page; where there are more, it asks for the others as soon as it knows. */
export const toKeysInput = ({ show, api_key_id, exclude_api_key_id }: KeysSearch) => ({
  ...ALL_KEYS,
  ...(show ? { show } : {}),
  ...keyFiltersOf({ api_key_id, exclude_api_key_id }),
});
