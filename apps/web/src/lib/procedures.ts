import { type QueryClient, useMutation, useQuery } from "@tanstack/react-query";

/** What calls the server: by the dotted name of a procedure. */
export interface Caller {
  query(name: string, input: unknown): Promise<unknown>;
  mutation(name: string, input: unknown): Promise<unknown>;
}

type Deed = (path: string[], ...args: never[]) => unknown;

/** `a.b.deed(x)` of the result calls `deeds.deed(["a", "b"], x)`. */
function collectPath(deeds: Record<string, Deed>, path: string[] = []): unknown {
  return new Proxy(() => undefined, {
    get: (_, name) => (typeof name === "string" ? collectPath(deeds, [...path, name]) : undefined),
    apply(_, __, args) {
      const name = path.at(-1) ?? "";
      const deed = deeds[name];
      if (!deed) throw new Error(`${name} is not offered: add it to lib/procedures.ts`);
      return deed(path.slice(0, -1), ...(args as never[]));
    },
  });
}

/** Path and input: whatever begins like it is invalidated with it. */
const keyOf = (path: string[], input: unknown) => (input === undefined ? path : [...path, input]);

/**
 * The hooks and functions of tRPC's React client that this app uses, over the same query client. Its own package brings suspense,
 * subscriptions and infinite lists as well: 5 kB of the first load.
 */
export function createProcedures({ caller, queryClient }: { caller: Caller; queryClient: QueryClient }) {
  const asked = (path: string[], input: unknown, options: object = {}) => ({
    ...options,
    queryKey: keyOf(path, input),
    queryFn: () => caller.query(path.join("."), input),
  });
  const utils = collectPath({
    fetch: (path, input: unknown, options?: object) => queryClient.fetchQuery(asked(path, input, options)),
    prefetch: (path, input: unknown, options?: object) => queryClient.prefetchQuery(asked(path, input, options)),
    ensureData: (path, input: unknown, options?: object) => queryClient.ensureQueryData(asked(path, input, options)),
    invalidate: (path, input?: unknown) => queryClient.invalidateQueries({ queryKey: keyOf(path, input) }),
    cancel: (path, input?: unknown) => queryClient.cancelQueries({ queryKey: keyOf(path, input) }),
    refetch: (path, input?: unknown) => queryClient.refetchQueries({ queryKey: keyOf(path, input) }),
    getData: (path, input?: unknown) => queryClient.getQueryData(keyOf(path, input)),
    setData: (path, input: unknown, data: unknown) => queryClient.setQueryData(keyOf(path, input), data),
  });
  const hooks = collectPath({
    useUtils: () => utils,
    useQuery: (path, input: unknown, options?: object) => useQuery(asked(path, input, options)),
    useMutation: (path, options: object = {}) =>
      useMutation({ ...options, mutationFn: (input: unknown) => caller.mutation(path.join("."), input) }),
  });
  return { hooks, utils };
}
