import { createFileRoute, notFound } from "@tanstack/react-router";
import { UsersSkeleton } from "../app/page-skeletons.tsx";
import { UsersPage } from "../features/admin/users-page.tsx";
import { codeOf } from "../lib/api/errors.ts";
import { loadPage } from "../lib/api/guard.ts";
import { trpcUtils } from "../lib/api/trpc.ts";
import { type ListSearch, listSearch, toUsersInput } from "../lib/search/account-search.ts";

export const Route = createFileRoute("/_authed/users")({
  validateSearch: (search) => search as ListSearch,
  loader: ({ location }) =>
    loadPage(
      location,
      ["users"],
      trpcUtils.users.list.ensureData(toUsersInput(listSearch.parse(location.search))),
    ).catch((error) => {
      // Only administrators have this page.
      throw codeOf(error) === "FORBIDDEN" ? notFound() : error;
    }),
  pendingComponent: UsersSkeleton,
  component: Users,
});

function Users() {
  return <UsersPage search={listSearch.parse(Route.useSearch())} />;
}
