import { QueryClientProvider } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { isUnauthorized } from "../../lib/errors.ts";
import { queryClient, trpc, trpcClient } from "../../lib/trpc.ts";

/** Queries for the pages below. A session that ends while one is open leads to the log-in, and back again. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const router = useRouter();

  useEffect(() => {
    function leaveWhenSignedOut(error: unknown) {
      const { pathname, href } = router.state.location;
      if (!isUnauthorized(error) || pathname === "/login") return;
      queryClient.clear();
      router.clearCache();
      void router.navigate({ to: "/login", search: { redirect: href } });
    }
    queryClient.getQueryCache().config.onError = (error, query) => {
      if (query.getObserversCount() > 0) leaveWhenSignedOut(error);
    };
    queryClient.getMutationCache().config.onError = leaveWhenSignedOut;
  }, [router]);

  return (
    <trpc.Provider client={trpcClient} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </trpc.Provider>
  );
}
