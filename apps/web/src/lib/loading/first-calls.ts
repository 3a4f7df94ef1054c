import { toDay } from "@orwatch/domain/day";
import type { AppRouter } from "@orwatch/server/router";
import type { inferRouterInputs } from "@trpc/server";
import { serverNow } from "../format/clock.ts";
import { toActivityInput, toUsersInput } from "../search/account-search.ts";
import {
  alertsSearch,
  partOf,
  toDeliveriesInput,
  toForecastInput,
  toInboxInput,
  UNREAD,
} from "../search/alerts-search.ts";
import {
  dashboardSearch,
  filtersOf,
  keyFiltersOf,
  toDashboardInput,
  toSeriesInput,
} from "../search/dashboard-search.ts";
import { ALL_KEYS, keysSearch, toKeysInput } from "../search/keys-search.ts";
import { statsSearch, toTableInput } from "../search/stats-search.ts";

type Inputs = inferRouterInputs<AppRouter>;
type Slice = Exclude<keyof Inputs & string, "v1">;
/** Name and input of a call, as the router knows them. */
export type Call = {
  [S in Slice]: { [P in keyof Inputs[S] & string]: readonly [name: `${S}.${P}`, input: Inputs[S][P]] }[keyof Inputs[S] &
    string];
}[Slice];

/** The account, and for the mark in the rail what is unread. */
export const FRAME_CALLS: Call[] = [
  ["inbox.list", UNREAD],
  ["auth.account", {}],
];

/** Below the numbers of a page or beside them: it does without where they fail. */
export const CAN_FAIL: ReadonlySet<Call[0]> = new Set(["keys.attention", "keys.limits", "stats.unusual"]);

const CALLS = {
  dashboard(search: object): Call[] {
    const asked = dashboardSearch.parse(search);
    return [
      ["stats.dashboard", toDashboardInput(asked)],
      ["keys.list", ALL_KEYS],
      ["keys.attention", keyFiltersOf(asked)],
      ["keys.limits", keyFiltersOf(asked)],
      ["stats.unusual", filtersOf(asked)],
      ...(asked.by ? [["stats.series", toSeriesInput(asked)] as const] : []),
    ];
  },
  keys: (search: object): Call[] => [["keys.list", toKeysInput(keysSearch.parse(search))]],
  tokens: (): Call[] => [
    ["tokens.list", {}],
    ["auth.settings", undefined],
  ],
  stats: (search: object): Call[] => [
    ["stats.table", toTableInput(statsSearch.parse(search), toDay(serverNow()))],
    ["keys.list", ALL_KEYS],
  ],
  jobs: (): Call[] => [["jobs.list", undefined]],
  profile: (): Call[] => [
    ["auth.security", {}],
    ["auth.sessions", {}],
    ["audit.list", toActivityInput(1)],
  ],
  users: (): Call[] => [["users.list", toUsersInput(1)]],
  alerts: (search: object): Call[] => alertsCalls(search),
};

function alertsCalls(search: object): Call[] {
  const asked = alertsSearch.parse(search);
  switch (partOf(asked)) {
    case "rules":
      return [
        ["alerts.listRules", {}],
        ["alerts.settings", {}],
      ];
    case "channels":
      return [["channels.list", {}]];
    case "sent":
      return [
        ["channels.deliveries", toDeliveriesInput(asked)],
        ["channels.list", {}],
      ];
    case "forecast":
      return [
        ["forecast.get", toForecastInput(asked)],
        ["keys.list", ALL_KEYS],
      ];
    default:
      return [["inbox.list", toInboxInput(asked)]];
  }
}

export type PageName = keyof typeof CALLS;

/** What a page asks the server before it paints, in this order. */
export const callsOf = (page: PageName, search: object): Call[] => CALLS[page](search);

/** The page behind the log-in that an address leads to. */
export const pageAt = (pathname: string): PageName | undefined =>
  pathname === "/" ? "dashboard" : (Object.keys(CALLS) as PageName[]).find((page) => pathname === `/${page}`);
