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

/**
 * Data of the page, and the file of the panels below the first ones: loaded before the page is shown, so that it is not missing if the
 * server goes away.
 */
async function loadParts(search: DashboardSearch): Promise<unknown> {
  const [, keys] = await Promise.all([
    trpcUtils.stats.dashboard.ensureData(toDashboardInput(search)),
    trpcUtils.keys.list.ensureData(ALL_KEYS),
  ]);
  if (keys.total === 0) return import("../features/dashboard/first-run.tsx");
  return import("../features/dashboard/breakdown/usage-parts.tsx");
}

export const Route = createFileRoute("/_authed/dashboard")({
  validateSearch: (search) => search as DashboardSearch,
  // No loaderDeps: another range or filter keeps the page in place and fetches behind it.
  loader: ({ location }) => {
    const search = dashboardSearch.parse(location.search);
    return loadPage(
      location,
      ["usage"],
      loadParts(search),
      // If one of these fails, the page is shown without it.
      Promise.allSettled([
        trpcUtils.accounts.list.ensureData({}),
        trpcUtils.overview.get.ensureData(filtersOf(search)),
        trpcUtils.keys.attention.ensureData(keyFiltersOf(search)),
        trpcUtils.keys.limits.ensureData(keyFiltersOf(search)),
        trpcUtils.stats.unusual.ensureData(filtersOf(search)),
      ]),
      ...(search.by ? [trpcUtils.stats.series.ensureData(toSeriesInput(search))] : []),
    );
  },
  pendingComponent: DashboardSkeleton,
  component: Dashboard,
});

function Dashboard() {
  return <DashboardPage search={dashboardSearch.parse(Route.useSearch())} />;
}
