import { createRouter } from "@tanstack/react-router";
import { routeTree } from "../routeTree.gen.ts";
import { ErrorScreen, NotFoundScreen } from "./error-pages.tsx";

export interface RouterContext {
  /** Loaded with the first page that needs it: the log-in does without query client and validators. */
  pageData: () => Promise<typeof import("../lib/loading/page-data.ts")>;
}

let pageData: ReturnType<RouterContext["pageData"]> | undefined;

/** One promise for all loaders: so they go on in their own order, and make the request that was started before the app was there. */
function loadPageData() {
  pageData ??= import("../lib/loading/page-data.ts");
  pageData.catch(() => {
    pageData = undefined;
  });
  return pageData;
}

export const router = createRouter({
  routeTree,
  context: { pageData: loadPageData } satisfies RouterContext,
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 150,
  defaultPendingMinMs: 0,
  defaultErrorComponent: ErrorScreen,
  defaultNotFoundComponent: NotFoundScreen,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
