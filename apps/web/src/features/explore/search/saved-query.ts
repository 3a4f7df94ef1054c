import { defaultParseSearch, defaultStringifySearch } from "@tanstack/react-router";
import { type ExploreSearch, exploreSearch } from "./explore-search.ts";

/** The query string of a saved view: that of the page, without `?`, without the team and without the page of usage rows. */
export const toQuery = ({ page: _, ...search }: ExploreSearch): string =>
  defaultStringifySearch(search).replace(/^\?/, "");

export const parseQuery = (query: string): ExploreSearch => exploreSearch.parse(defaultParseSearch(`?${query}`));
