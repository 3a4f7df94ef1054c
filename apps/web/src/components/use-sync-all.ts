import { messageOf } from "../lib/api/errors.ts";
import { type SyncResult, trpc } from "../lib/api/trpc.ts";
import { type TextsOf, useTexts } from "../lib/i18n/i18n.ts";
import { useAnnounce } from "./ui/announcer.tsx";

function describeSync({ status, rows_written }: SyncResult, t: TextsOf<"usage">): string {
  if (status === "failed") return t.usage.sync.failed;
  return status === "partial"
    ? t.usage.sync.partial({ rows: rows_written })
    : t.usage.sync.done({ rows: rows_written });
}

/** Asks OpenRouter about every key now. The outcome is announced wherever one is by then. */
export function useSyncAll() {
  const t = useTexts("usage");
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  return trpc.sync.all.useMutation({
    onMutate: () => announce(t.usage.sync.started),
    onSuccess: (result) => announce(describeSync(result, t), result.status === "ok" ? "good" : "bad"),
    onError: (error) => announce(messageOf(error), "bad"),
    onSettled: () => Promise.all([utils.stats.invalidate(), utils.keys.invalidate()]),
  });
}
