import { createFileRoute } from "@tanstack/react-router";
import { ErrorPage } from "../app/error-pages.tsx";
import { KeysSkeleton } from "../app/page-skeletons.tsx";
import { KeysPage } from "../features/keys/keys-page.tsx";
import { guarded } from "../lib/api/guard.ts";
import { type KeysSearch, keysSearch } from "../lib/search/keys-search.ts";

export const Route = createFileRoute("/_authed/keys")({
  // Typed here, checked where it is read: what each page accepts stays out of the first load of the others.
  validateSearch: (search) => search as KeysSearch,
  loader: ({ context, location }) =>
    guarded(
      context.pageData().then(({ loadPage }) => loadPage("keys", location.search)),
      location.href,
    ).then(() => null),
  pendingComponent: KeysSkeleton,
  errorComponent: ErrorPage,
  component: Keys,
});

function Keys() {
  return <KeysPage search={keysSearch.parse(Route.useSearch())} />;
}
