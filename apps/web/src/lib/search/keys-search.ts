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

/** `add` opens the dialog, so that other pages can link to it. */
export const keysSearch = searchOf({
  add: oneOf([true]),
  show: oneOf(["unused", "no_limit", "low_limit", "failing"]),
  api_key_id: usageSearch.readers.api_key_id,
  exclude_api_key_id: usageSearch.readers.exclude_api_key_id,
  sort: oneOf([...KEY_COLUMNS, ...KEY_COLUMNS.map((column) => `-${column}` as const)]),
});

export type KeysSearch = ReturnType<typeof keysSearch.parse>;

/** Keys per request. */
export const KEYS_PAGE = 100;

/** The newest keys. If there are more, `useKeyNames` has the names of the others. */
export const ALL_KEYS = { skip: 0, limit: KEYS_PAGE };

/** The newest keys of the page. If there are more, they are requested next. */
export const toKeysInput = ({ show, api_key_id, exclude_api_key_id }: KeysSearch) => ({
  ...ALL_KEYS,
  ...(show ? { show } : {}),
  ...keyFiltersOf({ api_key_id, exclude_api_key_id }),
});
