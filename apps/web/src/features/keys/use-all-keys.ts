import { keepPreviousData } from "@tanstack/react-query";
import { useMemo } from "react";
import { FIRST_SYNC_POLL_MS, isFirstSync } from "../../lib/api/keys.ts";
import { trpc } from "../../lib/api/trpc.ts";
import { KEYS_PAGE, type KeysSearch, toKeysInput } from "../../lib/search/keys-search.ts";

/** All keys of the page, newest first: the first page of the server, then the others. */
export function useAllKeys(search: KeysSearch) {
  const input = toKeysInput(search);
  const first = trpc.keys.list.useQuery(input, {
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.items.some(isFirstSync) ? FIRST_SYNC_POLL_MS : false),
  });
  const total = first.data?.total ?? 0;
  const others = trpc.useQueries((t) =>
    Array.from({ length: Math.max(0, Math.ceil(total / KEYS_PAGE) - 1) }, (_, index) =>
      t.keys.list({ ...input, skip: (index + 1) * KEYS_PAGE }),
    ),
  );
  const answers = [first, ...others];
  const state = answers.map(({ dataUpdatedAt }) => dataUpdatedAt).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the array is the same until the response changes
  const keys = useMemo(() => answers.flatMap(({ data }) => data?.items ?? []), [first.data, state]);
  return {
    ...first,
    total: first.data && total,
    keys,
    /** True if not all keys are loaded. */
    isPart: others.some(({ data }) => data === undefined),
  };
}
