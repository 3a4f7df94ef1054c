import { useIsMutating } from "@tanstack/react-query";
import { type SyncProgress, trpc } from "../lib/api/trpc.ts";

const POLL_MS = 500;

/** How far the syncs are that this page has started; `null` when none is under way. */
export function useSyncProgress(): SyncProgress {
  const isOn =
    useIsMutating({ predicate: ({ options }) => JSON.stringify(options.mutationKey)?.startsWith('[["sync"') }) > 0;
  const { data } = trpc.sync.progress.useQuery(
    {},
    { enabled: isOn, refetchInterval: POLL_MS, staleTime: 0, gcTime: 0 },
  );
  return isOn ? (data ?? null) : null;
}
