import { alertsSearch, partOf, toDeliveriesInput, toForecastInput, toInboxInput, UNREAD } from "./alerts-search.ts";
import { dashboardSearch, toDashboardInput, toSeriesInput } from "./dashboard-search.ts";
import { toDay } from "./day.ts";
import { keysSearch } from "./keys-search.ts";
import { ALL_KEYS, toActivityInput, toKeysInput, toUsersInput } from "./pages.ts";
import { statsSearch, toTableInput } from "./stats-search.ts";
import { trpcUtils } from "./trpc.ts";

/** What each page needs before it paints. Loaders of one navigation share a tick, and so a request. */
export const loadUser = () => {
  // For the mark in the rail: nothing waits for it.
  void trpcUtils.inbox.list.prefetch(UNREAD);
  return trpcUtils.auth.account.ensureData({});
};

export const loadDashboard = (search: object) => {
  const asked = dashboardSearch.parse(search);
  return Promise.all([
    trpcUtils.stats.dashboard.ensureData(toDashboardInput(asked)),
    trpcUtils.keys.list.ensureData(ALL_KEYS),
    // Below the numbers or beside them: the page does without where they fail.
    trpcUtils.keys.attention.ensureData({}).catch(() => null),
    trpcUtils.stats.unusual.ensureData({}).catch(() => null),
    asked.by ? trpcUtils.stats.series.ensureData(toSeriesInput(asked)) : null,
  ]);
};

export const loadKeys = (search: object) => trpcUtils.keys.list.ensureData(toKeysInput(keysSearch.parse(search)));

export const loadTokens = () =>
  Promise.all([trpcUtils.tokens.list.ensureData({}), trpcUtils.auth.settings.ensureData()]);

export const loadStats = (search: object) =>
  Promise.all([
    trpcUtils.stats.table.ensureData(toTableInput(statsSearch.parse(search), toDay(Date.now()))),
    trpcUtils.keys.list.ensureData(ALL_KEYS),
  ]);

export const loadJobs = () => trpcUtils.jobs.list.ensureData();

export const loadProfile = () =>
  Promise.all([
    loadUser(),
    trpcUtils.auth.security.ensureData({}),
    trpcUtils.auth.sessions.ensureData({}),
    trpcUtils.audit.list.ensureData(toActivityInput(1)),
  ]);

export const loadUsers = (page: number) => trpcUtils.users.list.ensureData(toUsersInput(page));

export async function loadAlerts(search: object): Promise<unknown> {
  const asked = alertsSearch.parse(search);
  switch (partOf(asked)) {
    case "rules":
      return Promise.all([trpcUtils.alerts.listRules.ensureData({}), trpcUtils.alerts.settings.ensureData({})]);
    case "channels":
      return trpcUtils.channels.list.ensureData({});
    case "sent":
      return Promise.all([
        trpcUtils.channels.deliveries.ensureData(toDeliveriesInput(asked)),
        trpcUtils.channels.list.ensureData({}),
      ]);
    case "forecast":
      return Promise.all([
        trpcUtils.forecast.get.ensureData(toForecastInput(asked)),
        trpcUtils.keys.list.ensureData(ALL_KEYS),
      ]);
    default:
      return trpcUtils.inbox.list.ensureData(toInboxInput(asked));
  }
}
