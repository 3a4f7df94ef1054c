import { createRouter } from "@tanstack/react-router";
import { ErrorPage } from "./components/error-page.tsx";
import { NotFound } from "./components/not-found.tsx";
import { isUnauthorized } from "./lib/errors.ts";
import { queryClient, type TrpcUtils, trpcUtils } from "./lib/trpc.ts";
import { routeTree } from "./routeTree.gen.ts";

export interface RouterContext {
  utils: TrpcUtils;
}

export const router = createRouter({
  routeTree,
  context: { utils: trpcUtils } satisfies RouterContext,
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 150,
  defaultPendingMinMs: 0,
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});

/** A session that ended while a page was open: back to the log-in, and from there to where one was. */
function leaveWhenSignedOut(error: unknown) {
  const { pathname, href } = router.state.location;
  if (!isUnauthorized(error) || pathname === "/login" || pathname === "/register") return;
  queryClient.clear();
  void router.navigate({ to: "/login", search: { redirect: href } });
}

queryClient.getQueryCache().config.onError = (error, query) => {
  if (query.getObserversCount() > 0) leaveWhenSignedOut(error);
};
queryClient.getMutationCache().config.onError = leaveWhenSignedOut;

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
