import { createFileRoute, Outlet } from "@tanstack/react-router";
import { useCommands } from "../app/palette/use-commands.tsx";
import { ApiProvider } from "../app/providers/api-provider.tsx";
import { Shell } from "../app/shell/shell.tsx";
import { ShellSkeleton } from "../app/shell/shell-skeleton.tsx";
import { AnnouncerProvider } from "../components/ui/announcer.tsx";
import { requireLogin } from "../lib/api/guard.ts";
import { setAccount } from "../lib/api/session.ts";
import { trpcUtils } from "../lib/api/trpc.ts";
import { UNREAD } from "../lib/search/alerts-search.ts";

// The guard is a loader, not beforeLoad: loaders run side by side, so the account and the page's data share one request.
export const Route = createFileRoute("/_authed")({
  loader: async ({ location }) => {
    // For the mark in the navigation, not awaited.
    void trpcUtils.inbox.list.prefetch(UNREAD);
    const user = await requireLogin(trpcUtils.auth.account.ensureData({}), location.href);
    setAccount(user.id);
    return user;
  },
  staleTime: 60_000,
  pendingComponent: ShellSkeleton,
  component: Authed,
});

function Authed() {
  const user = Route.useLoaderData();
  const commands = useCommands();
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
