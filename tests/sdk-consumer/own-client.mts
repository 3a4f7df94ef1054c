import { createClient, isOrwatchError, type Stats } from "@orwatch/sdk";
import { type AppRouter, orwatchLink } from "@orwatch/sdk/trpc";
import { createTRPCClient, httpBatchLink, TRPCClientError } from "@trpc/client";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <_Is extends true>() => {};
same<Same<keyof AppRouter["_def"]["record"], "v1">>();
same<Same<inferRouterOutputs<AppRouter>["v1"]["stats"], Stats>>();

export const input: inferRouterInputs<AppRouter>["v1"]["usage"] = { start_date: "2026-03-01", end_date: "2026-03-31" };
export const links = [httpBatchLink({ url: "http://localhost/trpc", headers: { authorization: "Bearer or_api_x" } })];
export const batched = createTRPCClient<AppRouter>({ links });
export const own = createTRPCClient<AppRouter>({ links: [orwatchLink()] });

/** Reads the total over the consumer's own tRPC, and how an error of it arrives. */
export async function check() {
  const march = { start_date: "2026-03-01", end_date: "2026-03-20" };
  const stats = await own.v1.stats.query(march);
  same<Same<typeof stats, Stats>>();
  const failure: unknown = await own.v1.usage.query({ ...march, limit: 0 }).catch((error: unknown) => error);
  const isTheirs = failure instanceof TRPCClientError;
  const data = isTheirs ? (failure as TRPCClientError<AppRouter>).data : null;
  const path: string | undefined = data?.issues?.[0]?.path;
  const cause = isTheirs ? failure.cause : null;
  return {
    total: stats.summary.total_cost,
    same: (await createClient().stats.get(march)).summary.total_cost === stats.summary.total_cost,
    failure: { isTheirs, path, cause: isOrwatchError(cause) ? cause.name : null },
  };
}

export function misuse() {
  // @ts-expect-error a day is a string
  own.v1.stats.query({ start_date: 1 });
  // @ts-expect-error an API token reads and nothing else
  own.v1.keys.mutate({});
  // @ts-expect-error what needs a session is not published
  own.auth;
}
