import { createFileRoute, redirect } from "@tanstack/react-router";
import type { StatsSearch } from "../lib/search/stats-search.ts";

/** The former page Statistics: its addresses lead to the same rows in Explore. */
export const Route = createFileRoute("/_authed/stats")({
  validateSearch: (search) => search as StatsSearch,
  beforeLoad: async ({ search: { team }, location }) => {
    const { readStatsAddress } = await import("../features/explore/load.ts");
    const search = readStatsAddress(location.search);
    throw redirect({ to: "/explore", search: team === undefined ? search : { ...search, team }, replace: true });
  },
});
