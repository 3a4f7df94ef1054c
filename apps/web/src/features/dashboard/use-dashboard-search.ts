import { useSearch } from "@tanstack/react-router";
import { type DashboardSearch, dashboardSearch } from "../../lib/search/dashboard-search.ts";

/** The address as it is understood. Links start from this, not from what somebody typed into the address bar. */
export const useDashboardSearch = (): DashboardSearch =>
  dashboardSearch.parse(useSearch({ from: "/_authed/dashboard" }));
