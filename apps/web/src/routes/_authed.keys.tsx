import { createFileRoute } from "@tanstack/react-router";
import { KeysPage } from "../features/keys/keys-page.tsx";
import { KeysSkeleton } from "../features/keys/keys-skeleton.tsx";
import { guarded } from "../lib/guard.ts";
import { keysSearch } from "../lib/keys-search.ts";
import { toKeysInput } from "../lib/pages.ts";

export const Route = createFileRoute("/_authed/keys")({
  validateSearch: keysSearch,
  loaderDeps: ({ search }) => ({ page: search.page ?? 1 }),
  loader: ({ context, deps, location }) =>
    guarded(context.utils.keys.list.ensureData(toKeysInput(deps.page)), location.href).then(() => null),
  pendingComponent: KeysSkeleton,
  component: Keys,
});

function Keys() {
  return <KeysPage search={Route.useSearch()} />;
}
