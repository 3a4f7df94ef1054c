import { RefreshCw } from "lucide-react";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { messageOf } from "../../lib/errors.ts";
import { text } from "../../lib/text/usage.ts";
import { type SyncResult, trpc } from "../../lib/trpc.ts";
import { useSyncProgress } from "./use-sync-progress.ts";

export function describeSync({ status, rows_written }: SyncResult): string {
  if (status === "failed") return text.sync.failed;
  return status === "partial" ? text.sync.partial(rows_written) : text.sync.done(rows_written);
}

/** Makes the numbers fresher, and says how far it is. */
export function SyncButton({ disabled }: { disabled: boolean }) {
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const progress = useSyncProgress();
  const sync = trpc.sync.all.useMutation({
    onMutate: () => announce(text.sync.runningLive),
    onSuccess: (result) => announce(describeSync(result), result.status === "ok" ? "good" : "bad"),
    onError: (error) => announce(messageOf(error), "bad"),
    onSettled: () => Promise.all([utils.stats.invalidate(), utils.keys.invalidate()]),
  });
  const isRunning = sync.isPending || progress !== null;

  return (
    <div className="ml-auto flex items-center gap-3">
      {progress && (
        <span className="flex items-center gap-2 tabular-nums">
          <progress
            aria-label={text.sync.running}
            max={progress.keys}
            value={progress.done}
            className="h-1.5 w-20 overflow-hidden rounded-full accent-accent"
          />
          {text.sync.progress(progress.done, progress.keys)}
          {progress.failed > 0 && `, ${text.sync.failedOf(progress.failed)}`}
        </span>
      )}
      <Button aria-busy={isRunning || undefined} disabled={disabled} onClick={() => !isRunning && sync.mutate()}>
        <RefreshCw aria-hidden className={`size-4 ${isRunning ? "animate-spin" : ""}`} />
        {isRunning ? text.sync.running : text.sync.now}
      </Button>
    </div>
  );
}
