import { createFileRoute } from "@tanstack/react-router";
import { KeysSkeleton } from "../app/page-skeletons.tsx";
import { KeysPage } from "../features/keys/keys-page.tsx";
import { loadPage } from "../lib/api/guard.ts";
import { trpcUtils } from "../lib/api/trpc.ts";
import { loadMessages } from "../lib/i18n/i18n.ts";
import { type KeysSearch, keysSearch, toKeysInput } from "../lib/search/keys-search.ts";

export const Route = createFileRoute("/_authed/keys")({
  validateSearch: (search) => search as KeysSearch,
  loader: ({ location }) =>
    loadPage(
      location,
      ["usage", "keys"],
      loadMessages(),
      trpcUtils.keys.list.ensureData(toKeysInput(keysSearch.parse(location.search))),
    ),
  pendingComponent: KeysSkeleton,
  component: Keys,
});

function Keys() {
  return <KeysPage search={keysSearch.parse(Route.useSearch())} />;
}
