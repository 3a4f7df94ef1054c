import { oneOf, searchOf, whole } from "./readers.ts";

export const PARTS = ["inbox", "rules", "channels", "sent", "forecast"] as const;
type AlertsPart = (typeof PARTS)[number];

export const DELIVERY_STATES = ["waiting", "sending", "delivered", "failed", "dropped"] as const;

/** Rows per page of the inbox and deliveries. */
export const ALERTS_PAGE = 20;

/** `add` opens the dialog of rules or channels, so that other pages can link to it. `key` is that of the forecast or of the new rule. */
export const alertsSearch = searchOf({
  part: oneOf(PARTS),
  only: oneOf(["unread"]),
  state: oneOf(DELIVERY_STATES),
  channel: whole({ min: 1 }),
  key: whole({ min: 1 }),
  page: whole({ min: 1, max: 50_000 }),
  add: oneOf([true]),
});

export type AlertsSearch = ReturnType<typeof alertsSearch.parse>;

export const partOf = ({ part = "inbox" }: AlertsSearch): AlertsPart => part;

const sliceOf = (page = 1) => ({ skip: (page - 1) * ALERTS_PAGE, limit: ALERTS_PAGE });

/** Texts of the response are in the current language. */
export const toInboxInput = ({ only, page }: AlertsSearch) => ({
  only: only ?? ("all" as const),
  ...sliceOf(page),
});

export const toDeliveriesInput = ({ state, channel, page }: AlertsSearch) => ({
  ...(state ? { state } : {}),
  ...(channel ? { channel_id: channel } : {}),
  ...sliceOf(page),
});

/** Number of unread notifications, for the mark in the rail. */
export const UNREAD = { only: "unread" as const, skip: 0, limit: 1 };

export const toForecastInput = ({ key }: AlertsSearch) => (key ? { api_key_id: key } : {});
