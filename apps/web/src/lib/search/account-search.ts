import { oneOf, searchOf, textWhere, whole } from "./readers.ts";

/** `issue` opens the dialog, so that other pages can link to it. */
export const tokensSearch = searchOf({ issue: oneOf([true]) });

export type TokensSearch = ReturnType<typeof tokensSearch.parse>;

/** Page number of the only list of a page. */
export const listSearch = searchOf({ page: whole({ min: 1, max: 50_000 }) });

export type ListSearch = ReturnType<typeof listSearch.parse>;

/** `error` is a message code with which a visit to the sign-in provider has ended. */
export const profileSearch = searchOf({
  ...listSearch.readers,
  error: textWhere((text) => /^[a-z_]{1,60}$/.test(text)),
});

export type ProfileSearch = ReturnType<typeof profileSearch.parse>;

/** Events per page of the activity log. */
export const EVENTS_PAGE = 20;
export const toActivityInput = ({ page = 1 }: ListSearch) => ({ skip: (page - 1) * EVENTS_PAGE, limit: EVENTS_PAGE });

/** Users per page. */
export const USERS_PAGE = 50;
export const toUsersInput = ({ page = 1 }: ListSearch) => ({ skip: (page - 1) * USERS_PAGE, limit: USERS_PAGE });
