import { Link } from "@tanstack/react-router";
import { CircleCheck, Clock, TriangleAlert } from "lucide-react";
import { useNow } from "../../components/ui/values.tsx";
import { formatAgo, formatDay, formatInstant } from "../../lib/format.ts";
import { text } from "../../lib/text/usage.ts";
import { useTimeZone } from "../../lib/time-zone.ts";
import { type Dashboard, trpc } from "../../lib/trpc.ts";
import { SyncButton } from "./sync-button.tsx";

/** How fresh the numbers are. */
export function SyncState({ dashboard }: { dashboard: Dashboard }) {
  const now = useNow();
  const zone = useTimeZone();
  const failing = trpc.keys.attention.useQuery({}).data?.failing ?? 0;
  const { as_of: asOf, complete_through: completeThrough } = dashboard;
  const Icon = failing > 0 ? TriangleAlert : asOf ? CircleCheck : Clock;

  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 text-table text-muted">
      <Link
        to="/keys"
        search={failing > 0 ? { show: "failing" } : {}}
        className="inline-flex min-h-6 items-center gap-1.5 no-underline hover:underline"
      >
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
      <span>{text.dashboard.activeKeys(dashboard.keys.active, dashboard.keys.total)}</span>
      {completeThrough && <span>{text.sync.completeThrough(formatDay(completeThrough, now))}</span>}
      <SyncButton disabled={dashboard.keys.active === 0} />
    </div>
  );
}
