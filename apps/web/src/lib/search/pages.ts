import { keyFiltersOf } from "./dashboard-search.ts";
import type { KeysSearch } from "./keys-search.ts";

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

/** Events of a page of the activity of an account. */
export const EVENTS_PAGE = 20;
export const toActivityInput = (page: number) => ({ skip: (page - 1) * EVENTS_PAGE, limit: EVENTS_PAGE });

/** Rows of a page of the users. */
export const USERS_PAGE = 50;
export const toUsersInput = (page: number) => ({ skip: (page - 1) * USERS_PAGE, limit: USERS_PAGE });
