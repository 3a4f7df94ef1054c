import { createFileRoute } from "@tanstack/react-router";
import { DashboardPage } from "../features/dashboard/dashboard-page.tsx";
import { DashboardSkeleton } from "../features/dashboard/dashboard-skeleton.tsx";
import { loadPage } from "../lib/api/guard.ts";
import { trpcUtils } from "../lib/api/trpc.ts";
import {
  type DashboardSearch,
  dashboardSearch,
  filtersOf,
  keyFiltersOf,
  toDashboardInput,
  toSeriesInput,
} from "../lib/search/dashboard-search.ts";
import { ALL_KEYS } from "../lib/search/keys-search.ts";

/** Optional: if it fails, the page is shown without it. */
const optional = (answer: Promise<unknown>) => answer.catch(() => null);

export const Route = createFileRoute("/_authed/dashboard")({
  validateSearch: (search) => search as DashboardSearch,
  // No loaderDeps: another range or filter keeps the page in place and fetches behind it.
  loader: ({ location }) => {
    const search = dashboardSearch.parse(location.search);
    return loadPage(
      location,
      ["usage"],
      trpcUtils.stats.dashboard.ensureData(toDashboardInput(search)),
      trpcUtils.keys.list.ensureData(ALL_KEYS),
      optional(trpcUtils.accounts.list.ensureData({})),
      optional(trpcUtils.keys.attention.ensureData(keyFiltersOf(search))),
      optional(trpcUtils.keys.limits.ensureData(keyFiltersOf(search))),
      optional(trpcUtils.stats.unusual.ensureData(filtersOf(search))),
      ...(search.by ? [trpcUtils.stats.series.ensureData(toSeriesInput(search))] : []),
    );
  },
  pendingComponent: DashboardSkeleton,
  component: Dashboard,
});

function Dashboard() {
  return <DashboardPage search={dashboardSearch.parse(Route.useSearch())} />;
}
