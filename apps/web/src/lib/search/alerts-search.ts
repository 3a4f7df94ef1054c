import { oneOf, searchOf, textWhere, whole } from "./readers.ts";

export const PARTS = ["inbox", "rules", "channels", "sent", "forecast"] as const;
type AlertsPart = (typeof PARTS)[number];

export const DELIVERY_STATES = ["waiting", "sending", "delivered", "failed", "dropped"] as const;

/** Rows per page of the inbox and deliveries. */
export const ALERTS_PAGE = 20;

/**
 * `add` opens the dialog of rules or channels, so that other pages can link to it. `new-rule` opens that of rules with a kind, for `key`, and
 * with an `amount` of dollars. `key` is also that of the forecast.
 */
export const alertsSearch = searchOf({
  part: oneOf(PARTS),
  only: oneOf(["unread"]),
  state: oneOf(DELIVERY_STATES),
  channel: whole({ min: 1 }),
  key: whole({ min: 1 }),
  page: whole({ min: 1, max: 50_000 }),
  add: oneOf([true]),
  "new-rule": textWhere((text) => /^[a-z_]{1,40}$/.test(text)),
  amount: (value) => (/^\d{1,9}(\.\d{1,9})?$/.test(String(value)) ? String(value) : undefined),
});

export type AlertsSearch = ReturnType<typeof alertsSearch.parse>;

export const partOf = ({ part, ...search }: AlertsSearch): AlertsPart =>
  part ?? (search["new-rule"] === undefined ? "inbox" : "rules");

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
