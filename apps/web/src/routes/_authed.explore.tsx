import { createFileRoute } from "@tanstack/react-router";
import { ExploreSkeleton } from "../app/page-skeletons.tsx";
import { ExplorePage } from "../features/explore/explore-page.tsx";
import type { ExploreSearch } from "../features/explore/search/explore-search.ts";
import { loadPage } from "../lib/api/guard.ts";

export const Route = createFileRoute("/_authed/explore")({
  validateSearch: (search) => search as ExploreSearch,
  // No loaderDeps: another state keeps the page in place and fetches behind it.
  // In a file of its own, which is here before any loader starts: so the page's data and the account share one request.
  beforeLoad: () => import("../features/explore/load.ts").then(({ loadExplore }) => ({ loadExplore })),
  loader: ({ location, context: { loadExplore } }) =>
    loadPage(location, ["usage", "explore", "stats"], ...loadExplore(location.search)),
  pendingComponent: ExploreSkeleton,
  component: Explore,
});

function Explore() {
  return <ExplorePage address={Route.useSearch()} />;
}
