import { type AppRouter, createClient, type Stats } from "@orwatch/sdk";
import { QueryClient } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, TRPCClientError } from "@trpc/client";
import { createTRPCQueryUtils, createTRPCReact, type inferReactQueryProcedureOptions } from "@trpc/react-query";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";

const links = [httpBatchLink({ url: "http://localhost/trpc", headers: { authorization: "Bearer or_api_x" } })];
const own = createTRPCClient<AppRouter>({ links });
export const stats: Promise<Stats> = own.v1.stats.query({ start_date: "2026-03-01" });
// @ts-expect-error a day is a string
own.v1.stats.query({ start_date: 1 });

const trpc = createTRPCReact<AppRouter>();
const queryClient = new QueryClient();
export const Root = () => (
  <trpc.Provider client={trpc.createClient({ links })} queryClient={queryClient}>
    <Total />
  </trpc.Provider>
);
/** Hooks of the consumer's tRPC over the SDK's time-outs and retries. */
const sdk = createClient();
export const RootOverSdk = () => (
  <trpc.Provider client={trpc.createClient({ links: [sdk.link] })} queryClient={queryClient}>
    <Total />
  </trpc.Provider>
);
const plain = createTRPCClient<AppRouter>({ links: [sdk.link] });
export const utils = createTRPCQueryUtils({ queryClient, client: plain });

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
export const input: inferRouterInputs<AppRouter>["v1"]["usage"] = { start_date: "2026-03-01", end_date: "2026-03-31" };
export type Rows = inferRouterOutputs<AppRouter>["v1"]["usage"]["items"];
export const codeOf = (error: unknown) =>
  error instanceof TRPCClientError ? (error as TRPCClientError<AppRouter>).data?.code : null;
