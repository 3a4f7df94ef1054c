import { createFileRoute } from "@tanstack/react-router";
import { ErrorPage } from "../app/error-pages.tsx";
import { TokensSkeleton } from "../app/page-skeletons.tsx";
import { TokensPage } from "../features/tokens/tokens-page.tsx";
import { guarded } from "../lib/api/guard.ts";
import { type TokensSearch, tokensSearch } from "../lib/search/account-search.ts";

export const Route = createFileRoute("/_authed/tokens")({
  // Typed here, checked where it is read: what each page accepts stays out of the first load of the others.
  validateSearch: (search) => search as TokensSearch,
  loader: ({ context, location }) =>
    guarded(
      context.pageData().then(({ loadPage }) => loadPage("tokens", location.search)),
      location.href,
    ).then(() => null),
  pendingComponent: TokensSkeleton,
  errorComponent: ErrorPage,
  component: Tokens,
});

function Tokens() {
  return <TokensPage search={tokensSearch.parse(Route.useSearch())} />;
}
