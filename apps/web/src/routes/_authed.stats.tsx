import { createFileRoute } from "@tanstack/react-router";
import { ErrorPage } from "../app/error-pages.tsx";
import { StatsSkeleton } from "../app/page-skeletons.tsx";
import { StatsPage } from "../features/stats/stats-page.tsx";
import { guarded } from "../lib/api/guard.ts";
import { type StatsSearch, statsSearch } from "../lib/search/stats-search.ts";

export const Route = createFileRoute("/_authed/stats")({
  // Typed here, checked where it is read: what each page accepts stays out of the first load of the others.
  validateSearch: (search) => search as StatsSearch,
  loader: ({ context, location }) =>
    guarded(
      context.pageData().then(({ loadPage }) => loadPage("stats", location.search)),
      location.href,
    ).then(() => null),
  pendingComponent: StatsSkeleton,
  errorComponent: ErrorPage,
  component: Stats,
});

function Stats() {
  return <StatsPage search={statsSearch.parse(Route.useSearch())} />;
}
