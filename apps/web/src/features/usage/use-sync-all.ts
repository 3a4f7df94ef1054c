import { useAnnounce } from "../../components/ui/announcer.tsx";
import { messageOf } from "../../lib/errors.ts";
import { text } from "../../lib/text/usage.ts";
import { type SyncResult, trpc } from "../../lib/trpc.ts";

function describeSync({ status, rows_written }: SyncResult): string {
  if (status === "failed") return text.sync.failed;
  return status === "partial" ? text.sync.partial(rows_written) : text.sync.done(rows_written);
}

/** Asks OpenRouter about every key now. The outcome is announced wherever one is by then. */
export function useSyncAll() {
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  return trpc.sync.all.useMutation({
    onMutate: () => announce(text.sync.runningLive),
    onSuccess: (result) => announce(describeSync(result), result.status === "ok" ? "good" : "bad"),
    onError: (error) => announce(messageOf(error), "bad"),
    onSettled: () => Promise.all([utils.stats.invalidate(), utils.keys.invalidate()]),
  });
}
