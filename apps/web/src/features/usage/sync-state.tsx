import { Link } from "@tanstack/react-router";
import { CircleCheck, Clock, RefreshCw, TriangleAlert } from "lucide-react";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { useNow } from "../../components/ui/values.tsx";
import { messageOf } from "../../lib/errors.ts";
import { formatAgo, formatDay, formatInstant } from "../../lib/format.ts";
import { text } from "../../lib/text/usage.ts";
import { useTimeZone } from "../../lib/time-zone.ts";
import { type Dashboard, type Key, type SyncResult, trpc } from "../../lib/trpc.ts";

export function describeSync({ status, rows_written }: SyncResult): string {
  if (status === "failed") return text.sync.failed;
  return status === "partial" ? text.sync.partial(rows_written) : text.sync.done(rows_written);
}

/** How fresh the numbers are, and the button that makes them fresher. */
export function SyncState({ dashboard, keys }: { dashboard: Dashboard; keys: Key[] }) {
  const now = useNow();
  const zone = useTimeZone();
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const sync = trpc.sync.all.useMutation({
    onMutate: () => announce(text.sync.runningLive),
    onSuccess: (result) => announce(describeSync(result), result.status === "ok" ? "good" : "bad"),
    onError: (error) => announce(messageOf(error), "bad"),
    onSettled: () => Promise.all([utils.stats.invalidate(), utils.keys.invalidate()]),
  });
  const failing = keys.filter((key) => key.is_active && key.last_sync_error).length;
  const { as_of: asOf, complete_through: completeThrough } = dashboard;
  const Icon = failing > 0 ? TriangleAlert : asOf ? CircleCheck : Clock;

  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 text-table text-muted">
      <Link to="/keys" className="inline-flex min-h-6 items-center gap-1.5 no-underline hover:underline">
        <Icon aria-hidden className={`size-4 ${failing > 0 ? "text-warn" : asOf ? "text-good" : ""}`} />
        {failing > 0 && <span className="font-medium text-ink">{text.sync.failing(failing)},</span>}
        {asOf ? (
          <time dateTime={asOf} title={formatInstant(asOf, now, zone)}>
            {text.sync.synced(formatAgo(asOf, now))}
          </time>
        ) : (
          text.sync.never
        )}
      </Link>
      {completeThrough && <span>{text.sync.completeThrough(formatDay(completeThrough, now))}</span>}
      <Button
        className="ml-auto"
        aria-busy={sync.isPending || undefined}
        disabled={dashboard.keys.active === 0}
        onClick={() => !sync.isPending && sync.mutate()}
      >
        <RefreshCw aria-hidden className={`size-4 ${sync.isPending ? "animate-spin" : ""}`} />
        {sync.isPending ? text.sync.running : text.sync.now}
      </Button>
    </div>
  );
}
