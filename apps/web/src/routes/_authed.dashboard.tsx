import { createFileRoute } from "@tanstack/react-router";
import { ErrorPage } from "../app/error-pages.tsx";
import { DashboardPage } from "../features/dashboard/dashboard-page.tsx";
import { DashboardSkeleton } from "../features/dashboard/dashboard-skeleton.tsx";
import { guarded } from "../lib/api/guard.ts";
import { type DashboardSearch, dashboardSearch } from "../lib/search/dashboard-search.ts";

export const Route = createFileRoute("/_authed/dashboard")({
  // Typed here, checked where it is read: what each page accepts stays out of the first load of the others.
  validateSearch: (search) => search as DashboardSearch,
  // No loaderDeps: another range or filter keeps the page in place and fetches behind it.
  loader: ({ context, location }) =>
    guarded(
      context.pageData().then(({ loadPage }) => loadPage("dashboard", location.search)),
      location.href,
    ).then(() => null),
  pendingComponent: DashboardSkeleton,
  errorComponent: ErrorPage,
  component: Dashboard,
});

function Dashboard() {
  return <DashboardPage search={dashboardSearch.parse(Route.useSearch())} />;
}
