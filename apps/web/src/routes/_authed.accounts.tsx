import { createFileRoute } from "@tanstack/react-router";
import { AccountsSkeleton } from "../app/page-skeletons.tsx";
import { AccountsPage } from "../features/accounts/accounts-page.tsx";
import { loadPage } from "../lib/api/guard.ts";
import { trpcUtils } from "../lib/api/trpc.ts";
import { loadMessages } from "../lib/i18n/i18n.ts";
import { type AccountsSearch, accountsSearch } from "../lib/search/accounts-search.ts";

export const Route = createFileRoute("/_authed/accounts")({
  validateSearch: (search) => search as AccountsSearch,
  loader: ({ location }) =>
    loadPage(
      location,
      ["usage", "accounts", "connect", "reconciliation", "breakdowns"],
      loadMessages(),
      trpcUtils.accounts.list.ensureData({}),
    ),
  pendingComponent: AccountsSkeleton,
  component: Accounts,
});

function Accounts() {
  return <AccountsPage search={accountsSearch.parse(Route.useSearch())} />;
}
