import { toDay } from "@orwatch/domain/day";
import { createFileRoute } from "@tanstack/react-router";
import { StatsSkeleton } from "../app/page-skeletons.tsx";
import { StatsPage } from "../features/stats/stats-page.tsx";
import { loadPage } from "../lib/api/guard.ts";
import { trpcUtils } from "../lib/api/trpc.ts";
import { serverNow } from "../lib/format/clock.ts";
import { ALL_KEYS } from "../lib/search/keys-search.ts";
import { type StatsSearch, statsSearch, toTableInput } from "../lib/search/stats-search.ts";

export const Route = createFileRoute("/_authed/stats")({
  validateSearch: (search) => search as StatsSearch,
  loader: ({ location }) =>
    loadPage(
      location,
      ["usage", "stats"],
      trpcUtils.stats.table.ensureData(toTableInput(statsSearch.parse(location.search), toDay(serverNow()))),
      trpcUtils.keys.list.ensureData(ALL_KEYS),
    ),
  pendingComponent: StatsSkeleton,
  component: Stats,
});

function Stats() {
  return <StatsPage search={statsSearch.parse(Route.useSearch())} />;
}
