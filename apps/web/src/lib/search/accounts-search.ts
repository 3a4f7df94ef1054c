import { usageSearch } from "./dashboard-search.ts";
import { oneOf, searchOf, textWhere, whole } from "./readers.ts";

const ACCOUNT_KEY_COLUMNS = ["name", "usage_daily", "usage_monthly", "usage"] as const;
export type AccountKeyColumn = (typeof ACCOUNT_KEY_COLUMNS)[number];

export const ACCOUNT_KEY_STATES = ["active", "disabled", "deleted", "expired", "unwatched", "failed"] as const;
export const SOURCES = ["pasted", "discovered"] as const;

const short = textWhere((text) => text.length > 0 && text.length <= 100);

/** `id` selects the account; `dimension` is that of its breakdowns; `add` opens the dialog, so that other pages can link to it. */
export const accountsSearch = searchOf({
  id: whole({ min: 1 }),
  part: oneOf(["reconciliation", "breakdowns", "history"]),
  dimension: short,
  days: usageSearch.readers.days,
  start_date: usageSearch.readers.start_date,
  end_date: usageSearch.readers.end_date,
  page: whole({ min: 1, max: 10_000 }),
  search: short,
  workspace: short,
  state: oneOf(ACCOUNT_KEY_STATES),
  source: oneOf(SOURCES),
  sort: oneOf([...ACCOUNT_KEY_COLUMNS, ...ACCOUNT_KEY_COLUMNS.map((column) => `-${column}` as const)]),
  add: oneOf([true]),
});

export type AccountsSearch = ReturnType<typeof accountsSearch.parse>;

/** Rows per page of the keys and history of an account. */
export const ACCOUNT_KEYS_PAGE = 50;
export const HISTORY_PAGE = 20;

export const toAccountKeysInput = ({ page = 1, search, workspace, state, source, sort }: AccountsSearch) => ({
  skip: (page - 1) * ACCOUNT_KEYS_PAGE,
  limit: ACCOUNT_KEYS_PAGE,
  sort: sort ?? ("-usage" as const),
  ...(search ? { search } : {}),
  ...(workspace ? { workspace_id: workspace } : {}),
  ...(state ? { state } : {}),
  ...(source ? { source } : {}),
});

export const toHistoryInput = ({ page = 1 }: AccountsSearch) => ({
  skip: (page - 1) * HISTORY_PAGE,
  limit: HISTORY_PAGE,
});
