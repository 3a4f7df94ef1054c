import { dashboardSearch, toDashboardInput, toSeriesInput } from "./dashboard-search.ts";
import { toDay } from "./day.ts";
import { keysSearch } from "./keys-search.ts";
import { ALL_KEYS, toKeysInput } from "./pages.ts";
import { statsSearch, toTableInput } from "./stats-search.ts";
import { trpcUtils } from "./trpc.ts";

/** What each page needs before it paints. Loaders of one navigation share a tick, and so a request. */
export const loadUser = () => trpcUtils.auth.me.ensureData({});

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
