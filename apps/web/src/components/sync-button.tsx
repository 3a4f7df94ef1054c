import { useIsMutating } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { messageOf } from "../lib/api/errors.ts";
import { usePermission } from "../lib/api/permission.ts";
import { type SyncProgress, type SyncResult, trpc } from "../lib/api/trpc.ts";
import { type TextsOf, useTexts } from "../lib/i18n/i18n.ts";
import { useAnnounce } from "./ui/announcer.tsx";
import { Button } from "./ui/button.tsx";
import { useNeed } from "./ui/permitted.tsx";

function describeSync({ status, rows_written }: SyncResult, t: TextsOf<"usage">): string {
  if (status === "failed") return t.usage.sync.failed;
  return status === "partial"
    ? t.usage.sync.partial({ rows: rows_written })
    : t.usage.sync.done({ rows: rows_written });
}

/** Syncs all keys now. The result is announced on any page. */
export function useSyncAll() {
  const t = useTexts("usage");
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  return trpc.sync.all.useMutation({
    onMutate: () => announce(t.usage.sync.started),
    onSuccess: (result) => announce(describeSync(result, t), result.status === "ok" ? "good" : "bad"),
    onError: (error) => announce(messageOf(error), "bad"),
    onSettled: () =>
      Promise.all([utils.stats, utils.overview, utils.changes, utils.keys].map((one) => one.invalidate())),
  });
}

const POLL_MS = 500;

/** Progress of the user's syncs; `null` if none is running. */
function useSyncProgress(): SyncProgress {
  const isOn =
    useIsMutating({ predicate: ({ options }) => JSON.stringify(options.mutationKey)?.startsWith('[["sync"') }) > 0;
  const { data } = trpc.sync.progress.useQuery(
    {},
    { enabled: isOn, refetchInterval: POLL_MS, staleTime: 0, gcTime: 0 },
  );
  return isOn ? (data ?? null) : null;
}

/** Button that starts a sync and shows its progress. */
export function SyncButton({ disabled }: { disabled: boolean }) {
  const t = useTexts("usage");
  const progress = useSyncProgress();
  const sync = useSyncAll();
  const mayEdit = usePermission("edit");
  const need = useNeed("edit");
  const isRunning = sync.isPending || progress !== null;

  return (
    <div className="ml-auto flex items-center gap-3">
      {progress && (
        <span className="flex items-center gap-2 tabular-nums">
          <progress
            aria-label={t.usage.sync.running}
            max={progress.keys}
            value={progress.done}
            className="h-1.5 w-20 appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
          />
          {t.usage.sync.progress({ done: progress.done, keys: progress.keys })}
          {progress.failed > 0 && `, ${t.usage.sync.failedOf({ count: progress.failed })}`}
        </span>
      )}
      <Button
        aria-busy={isRunning || undefined}
        disabled={disabled || !mayEdit}
        title={mayEdit ? undefined : need}
        onClick={() => !isRunning && sync.mutate()}
      >
        <RefreshCw aria-hidden className={`size-4 ${isRunning ? "animate-spin" : ""}`} />
        {isRunning ? t.usage.sync.running : t.usage.sync.now}
      </Button>
    </div>
  );
}
