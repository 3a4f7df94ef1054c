import { createFileRoute, notFound } from "@tanstack/react-router";
import { KeyPage } from "../features/keys/page/key-page.tsx";
import { KeyNotFound, KeyPageSkeleton } from "../features/keys/page/key-page-states.tsx";
import { codeOf, isTeamMissing } from "../lib/api/errors.ts";
import { loadPage } from "../lib/api/guard.ts";
import { trpcUtils } from "../lib/api/trpc.ts";
import { loadMessages, loadTexts } from "../lib/i18n/i18n.ts";
import { type KeySearch, keySearch, toKeyId, toKeyPageInput, toKeyUsageInput } from "../lib/search/keys-search.ts";

export const Route = createFileRoute("/_authed/keys_/$id")({
  validateSearch: (search) => search as KeySearch,
  // No loaderDeps: another range keeps the page in place and fetches behind it.
  loader: async ({ location, params }) => {
    const id = toKeyId(params.id);
    const search = keySearch.parse(location.search);
    try {
      if (id === null) throw notFound();
      return await loadPage(
        location,
        ["usage", "keys", "key", "alerts", "forecast"],
        loadMessages(),
        trpcUtils.keys.page.ensureData(toKeyPageInput(id, search)),
        trpcUtils.stats.dashboard.ensureData(toKeyUsageInput(id, search)),
      );
    } catch (error) {
      if (id !== null && (codeOf(error) !== "NOT_FOUND" || isTeamMissing(error))) throw error;
      await loadTexts("key");
      throw notFound();
    }
  },
  pendingComponent: KeyPageSkeleton,
  notFoundComponent: KeyNotFound,
  component: OneKey,
});

function OneKey() {
  const id = Number(Route.useParams().id);
  return <KeyPage key={id} id={id} search={keySearch.parse(Route.useSearch())} />;
}
