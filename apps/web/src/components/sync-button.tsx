import { RefreshCw } from "lucide-react";
import { useTexts } from "../lib/i18n/i18n.ts";
import { Button } from "./ui/button.tsx";
import { useSyncAll } from "./use-sync-all.ts";
import { useSyncProgress } from "./use-sync-progress.ts";

/** Makes the numbers fresher, and says how far it is. */
export function SyncButton({ disabled }: { disabled: boolean }) {
  const t = useTexts("usage");
  const progress = useSyncProgress();
  const sync = useSyncAll();
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
      <Button aria-busy={isRunning || undefined} disabled={disabled} onClick={() => !isRunning && sync.mutate()}>
        <RefreshCw aria-hidden className={`size-4 ${isRunning ? "animate-spin" : ""}`} />
        {isRunning ? t.usage.sync.running : t.usage.sync.now}
      </Button>
    </div>
  );
}
