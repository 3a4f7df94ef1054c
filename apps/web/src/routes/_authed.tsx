import { createFileRoute, Outlet } from "@tanstack/react-router";
import { Shell } from "../features/shell/shell.tsx";
import { guarded } from "../lib/guard.ts";

// The guard is a loader, not beforeLoad: loaders run side by side, so `me` and the page's data share one request.
export const Route = createFileRoute("/_authed")({
  loader: ({ context, location }) => guarded(context.utils.auth.me.ensureData({}), location.href),
  staleTime: 60_000,
  component: Authed,
});

function Authed() {
  return (
    <Shell user={Route.useLoaderData()}>
      <Outlet />
    </Shell>
  );
}
