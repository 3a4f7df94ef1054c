import { createFileRoute } from "@tanstack/react-router";
import { DashboardPage } from "../features/usage/dashboard-page.tsx";
import { DashboardSkeleton } from "../features/usage/dashboard-skeleton.tsx";
import { dashboardSearch, toDashboardInput } from "../lib/dashboard-search.ts";
import { guarded } from "../lib/guard.ts";
import { ALL_KEYS } from "../lib/pages.ts";

export const Route = createFileRoute("/_authed/dashboard")({
  validateSearch: dashboardSearch,
  // No loaderDeps: another range or filter keeps the page in place and fetches behind it.
  loader: ({ context: { utils }, location }) =>
    guarded(
      Promise.all([
        utils.stats.dashboard.ensureData(toDashboardInput(dashboardSearch.parse(location.search))),
        utils.keys.list.ensureData(ALL_KEYS),
      ]).then(() => null),
      location.href,
    ),
  pendingComponent: DashboardSkeleton,
  component: Dashboard,
});

function Dashboard() {
  return <DashboardPage search={Route.useSearch()} />;
}
