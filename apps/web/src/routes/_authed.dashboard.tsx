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

/**
 * Data of the page, and the file of the panels below the first ones: loaded before the page is shown, so that it is not missing if the
 * server goes away.
 */
async function loadParts(search: DashboardSearch): Promise<unknown> {
  const [usage, keys] = await Promise.all([
    trpcUtils.stats.dashboard.ensureData(toDashboardInput(search)),
    trpcUtils.keys.list.ensureData(ALL_KEYS),
  ]);
  if (keys.total === 0) return import("../features/dashboard/first-run.tsx");
  if (usage.by_model.length === 0) return import("../features/dashboard/no-usage.tsx");
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
