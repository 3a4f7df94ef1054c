import { createFileRoute } from "@tanstack/react-router";
import { ErrorPage } from "../app/error-pages.tsx";
import { AlertsSkeleton } from "../app/page-skeletons.tsx";
import { AlertsPage } from "../features/alerts/alerts-page.tsx";
import { guarded } from "../lib/api/guard.ts";
import { type AlertsSearch, alertsSearch } from "../lib/search/alerts-search.ts";

export const Route = createFileRoute("/_authed/alerts")({
  validateSearch: (search) => search as AlertsSearch,
  loader: ({ context, location }) =>
    guarded(
      context.pageData().then(({ loadPage }) => loadPage("alerts", location.search)),
      location.href,
    ).then(() => null),
  pendingComponent: AlertsSkeleton,
  errorComponent: ErrorPage,
  component: Alerts,
});

function Alerts() {
  return <AlertsPage search={alertsSearch.parse(Route.useSearch())} />;
}
