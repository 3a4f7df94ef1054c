import { SOURCES } from "./accounts-search.ts";
import { keyFiltersOf, toDashboardInput, usageSearch } from "./dashboard-search.ts";
import { oneOf, searchOf, textWhere, whole } from "./readers.ts";

const KEY_COLUMNS = [
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

export const KEY_STATUSES = ["valid", "invalid", "unverified", "off"] as const;

const short = textWhere((text) => text.length > 0 && text.length <= 100);

/** `add` opens the dialog, so that other pages can link to it. */
export const keysSearch = searchOf({
  add: oneOf([true]),
  show: oneOf(["unused", "no_limit", "low_limit", "failing"]),
  page: whole({ min: 1, max: 10_000 }),
  search: short,
  status: oneOf(KEY_STATUSES),
  source: oneOf(SOURCES),
  workspace: short,
  api_key_id: usageSearch.readers.api_key_id,
  exclude_api_key_id: usageSearch.readers.exclude_api_key_id,
  sort: oneOf([...KEY_COLUMNS, ...KEY_COLUMNS.map((column) => `-${column}` as const)]),
});

export type KeysSearch = ReturnType<typeof keysSearch.parse>;

/** Keys per request. */
export const KEYS_PAGE = 100;

/** The newest keys. If there are more, `useKeyNames` has the names of the others. */
export const ALL_KEYS = { skip: 0, limit: KEYS_PAGE };

/** The page of keys that a URL asks for. */
export const toKeysInput = (search: KeysSearch) => ({
  skip: ((search.page ?? 1) - 1) * KEYS_PAGE,
  limit: KEYS_PAGE,
  ...(search.sort ? { sort: search.sort } : {}),
  ...(search.show ? { show: search.show } : {}),
  ...(search.search ? { search: search.search } : {}),
  ...(search.status ? { status: search.status } : {}),
  ...(search.source ? { source: search.source } : {}),
  ...(search.workspace ? { workspace_id: search.workspace } : {}),
  ...keyFiltersOf(search),
});

/** True if the list may not have all keys. */
export const isNarrowed = ({ add: _, page: __, sort: ___, ...filters }: KeysSearch): boolean =>
  Object.values(filters).some((value) => value !== undefined);

const { days, start_date, end_date } = usageSearch.readers;

/** Search parameters of the page of a key: its range. */
export const keySearch = searchOf({ days, start_date, end_date });

export type KeySearch = ReturnType<typeof keySearch.parse>;

/** ID of a key in a path; `null` for anything else. */
export const toKeyId = (text: string): number | null => {
  const id = /^[1-9]\d*$/.test(text) ? Number(text) : 0;
  return Number.isSafeInteger(id) && id > 0 ? id : null;
};

export const toKeyPageInput = (id: number, search: KeySearch) => ({ id, ...toDashboardInput(search) });

export const toKeyUsageInput = (id: number, search: KeySearch) => toDashboardInput({ ...search, api_key_id: [id] });
