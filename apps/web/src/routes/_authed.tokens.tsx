import { createFileRoute } from "@tanstack/react-router";
import { TokensSkeleton } from "../app/page-skeletons.tsx";
import { TokensPage } from "../features/tokens/tokens-page.tsx";
import { loadPage } from "../lib/api/guard.ts";
import { trpcUtils } from "../lib/api/trpc.ts";
import { type TokensSearch, tokensSearch } from "../lib/search/account-search.ts";

export const Route = createFileRoute("/_authed/tokens")({
  validateSearch: (search) => search as TokensSearch,
  loader: ({ location }) =>
    loadPage(location, ["tokens"], trpcUtils.tokens.list.ensureData({}), trpcUtils.auth.settings.ensureData()),
  pendingComponent: TokensSkeleton,
  component: Tokens,
});

function Tokens() {
  return <TokensPage search={tokensSearch.parse(Route.useSearch())} />;
}
