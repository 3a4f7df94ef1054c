import { createRootRouteWithContext, Outlet } from "@tanstack/react-router";
import { AnnouncerProvider } from "../components/ui/announcer.tsx";
import { useExactCopy } from "../components/ui/values.tsx";
import type { RouterContext } from "../router.tsx";

export const Route = createRootRouteWithContext<RouterContext>()({ component: Root });

function Root() {
  useExactCopy();
  return (
    <AnnouncerProvider>
      <Outlet />
    </AnnouncerProvider>
  );
}
