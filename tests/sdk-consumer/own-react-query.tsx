import { type AppRouter, orwatchLink } from "@orwatch/sdk/trpc";
import { QueryClient } from "@tanstack/react-query";
import { createTRPCQueryUtils, createTRPCReact, type inferReactQueryProcedureOptions } from "@trpc/react-query";
import { links, own } from "./own-client.mts";

const trpc = createTRPCReact<AppRouter>();
const queryClient = new QueryClient();
export const Root = () => (
  <trpc.Provider client={trpc.createClient({ links })} queryClient={queryClient}>
    <Total />
  </trpc.Provider>
);
/** Hooks of the consumer's tRPC over the SDK's timeouts and retries. */
export const RootOverSdk = () => (
  <trpc.Provider client={trpc.createClient({ links: [orwatchLink()] })} queryClient={queryClient}>
    <Total />
  </trpc.Provider>
);
export const utils = createTRPCQueryUtils({ queryClient, client: own });

function Total() {
  const { data, error } = trpc.v1.stats.useQuery({});
  const cost: string | undefined = data?.summary.total_cost;
  const path: string | undefined = error?.data?.issues?.[0]?.path;
  const request: string | null | undefined = error?.data?.request_id;
  return (
    <p>
      {cost} {path} {request}
    </p>
  );
}

export type Options = inferReactQueryProcedureOptions<AppRouter>["v1"]["usage"];
