import { oneOf, searchOf, whole } from "./readers.ts";

export const TEAM_PARTS = ["members", "shares", "settings", "activity"] as const;
export type TeamPart = (typeof TEAM_PARTS)[number];

/** `invite`, `share` and `new` open dialogs, so that other pages can link to them. `page` is that of the activity. */
export const teamPageSearch = searchOf({
  part: oneOf(["shares", "settings", "activity"]),
  page: whole({ min: 1, max: 50_000 }),
  invite: oneOf([true]),
  share: oneOf([true]),
  new: oneOf([true]),
});

export type TeamPageSearch = ReturnType<typeof teamPageSearch.parse>;

/** Events per page of the activity. */
export const TEAM_EVENTS_PAGE = 20;
export const toTeamEventsInput = (id: number, { page = 1 }: TeamPageSearch) => ({
  id,
  skip: (page - 1) * TEAM_EVENTS_PAGE,
  limit: TEAM_EVENTS_PAGE,
});
