import { createFileRoute, Outlet } from "@tanstack/react-router";
import { useCommands } from "../app/palette/use-commands.tsx";
import { ApiProvider } from "../app/providers/api-provider.tsx";
import { Shell } from "../app/shell/shell.tsx";
import { ShellSkeleton } from "../app/shell/shell-skeleton.tsx";
import { AnnouncerProvider } from "../components/ui/announcer.tsx";
import { guarded } from "../lib/api/guard.ts";
import { loadMessages } from "../lib/i18n/i18n.ts";

// The guard is a loader, not beforeLoad: loaders run side by side, so `me` and the page's data share one request.
export const Route = createFileRoute("/_authed")({
  loader: ({ context, location }) =>
    guarded(
      Promise.all([context.pageData().then(({ loadUser }) => loadUser()), loadMessages()]).then(([user]) => user),
      location.href,
    ),
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
