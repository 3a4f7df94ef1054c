import type { AppRouter } from "@orwatch/sdk/trpc";
import { QueryClient, useQuery } from "@tanstack/react-query";
import { createTRPCContext, createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { own } from "./own-client.mts";

const queryClient = new QueryClient();
export const proxy = createTRPCOptionsProxy<AppRouter>({ client: own, queryClient });
export const { TRPCProvider, useTRPC } = createTRPCContext<AppRouter>();

export const Root = () => (
  <TRPCProvider trpcClient={own} queryClient={queryClient}>
    <Total />
  </TRPCProvider>
);

export function Total() {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.v1.stats.queryOptions({ start_date: "2026-03-01" }));
  const cost: string | undefined = data?.summary.total_cost;
  const path: string | undefined = error?.data?.issues?.[0]?.path;
  // @ts-expect-error a day is a string
  proxy.v1.stats.queryOptions({ start_date: 1 });
  return (
    <p>
      {cost} {path}
    </p>
  );
}
