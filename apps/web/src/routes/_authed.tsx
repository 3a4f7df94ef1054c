import { createFileRoute, Outlet, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { AuthedError } from "../app/error-pages.tsx";
import { useCommands } from "../app/palette/use-commands.tsx";
import { ApiProvider } from "../app/providers/api-provider.tsx";
import { Shell } from "../app/shell/shell.tsx";
import { ShellSkeleton } from "../app/shell/shell-skeleton.tsx";
import { AnnouncerProvider } from "../components/ui/announcer.tsx";
import { teamMissing } from "../lib/api/errors.ts";
import { requireLogin } from "../lib/api/guard.ts";
import { isInTeam } from "../lib/api/permission.ts";
import { setAccount } from "../lib/api/session.ts";
import { linkedTeam, stayInTeam, takeTeam } from "../lib/api/team.ts";
import { trpcUtils } from "../lib/api/trpc.ts";
import { UNREAD } from "../lib/search/alerts-search.ts";
import { keepTeam, teamSearch } from "../lib/search/team-search.ts";

// The guard is a loader, not beforeLoad: loaders run side by side, so the account and the page's data share one request.
export const Route = createFileRoute("/_authed")({
  validateSearch: teamSearch,
  search: { middlewares: [keepTeam] },
  beforeLoad: ({ search: { team }, location }) => takeTeam(team, location.href),
  loader: async ({ location }) => {
    // For the mark in the navigation, not awaited.
    void trpcUtils.inbox.list.prefetch(UNREAD);
    const user = await requireLogin(trpcUtils.auth.account.ensureData({}), location.href);
    setAccount(user.id);
    if (!isInTeam(user)) throw teamMissing();
    stayInTeam(user);
    return user;
  },
  staleTime: 60_000,
  pendingComponent: ShellSkeleton,
  errorComponent: AuthedError,
  component: Authed,
});

/** Adds the team to the address, so that it shows the same to a colleague. */
function useTeamInAddress() {
  const { team } = Route.useSearch();
  const router = useRouter();
  useEffect(() => {
    const here = { to: router.state.location.pathname, search: true, hash: true, state: true } as const;
    if (team !== linkedTeam()) void router.navigate({ ...here, replace: true, resetScroll: false });
  }, [team, router]);
}

function Authed() {
  const user = Route.useLoaderData();
  const commands = useCommands();
  useTeamInAddress();
  return (
    <ApiProvider email={user.email}>
      <AnnouncerProvider>
        <Shell user={user} onCommands={commands.open}>
          <Outlet />
        </Shell>
        {commands.shown}
      </AnnouncerProvider>
    </ApiProvider>
  );
}
