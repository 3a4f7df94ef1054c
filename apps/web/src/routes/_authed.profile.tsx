import { createFileRoute } from "@tanstack/react-router";
import { ProfileSkeleton } from "../app/page-skeletons.tsx";
import { ProfilePage } from "../features/profile/profile-page.tsx";
import { loadPage } from "../lib/api/guard.ts";
import { trpcUtils } from "../lib/api/trpc.ts";
import { loadMessages } from "../lib/i18n/i18n.ts";
import { type ProfileSearch, profileSearch, toActivityInput } from "../lib/search/account-search.ts";

export const Route = createFileRoute("/_authed/profile")({
  validateSearch: (search) => search as ProfileSearch,
  loader: ({ location }) =>
    loadPage(
      location,
      ["profile", "account"],
      loadMessages(),
      trpcUtils.auth.security.ensureData({}),
      trpcUtils.passkeys.list.ensureData({}),
      trpcUtils.auth.settings.ensureData(),
      trpcUtils.oidc.identities.ensureData({}),
      trpcUtils.auth.sessions.ensureData({}),
      trpcUtils.audit.list.ensureData(toActivityInput(profileSearch.parse(location.search))),
    ),
  pendingComponent: ProfileSkeleton,
  component: Profile,
});

function Profile() {
  return <ProfilePage search={profileSearch.parse(Route.useSearch())} />;
}
