import { Link } from "@tanstack/react-router";
import { CircleCheck, Clock, TriangleAlert } from "lucide-react";
import { SyncButton } from "../../components/sync-button.tsx";
import { useNow } from "../../components/ui/values.tsx";
import { type Dashboard, trpc } from "../../lib/api/trpc.ts";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";

/** When the data was last synced. */
export function SyncState({ dashboard }: { dashboard: Dashboard }) {
  const t = useTexts("usage");
  const format = useFormat();
  useNow();
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
        {failing > 0 && <span className="font-medium text-ink">{t.usage.sync.failing({ count: failing })} ·</span>}
        {asOf ? (
          <time dateTime={asOf} title={format.instant(asOf)}>
            {t.usage.sync.synced({ ago: format.ago(asOf) })}
          </time>
        ) : (
          t.usage.sync.never
        )}
      </Link>
      <span className="max-sm:hidden">
        {t.usage.cards.activeKeys({ active: dashboard.keys.active, total: dashboard.keys.total })}
      </span>
      {completeThrough && (
        <span className="max-sm:hidden">{t.usage.sync.completeThrough({ day: format.day(completeThrough) })}</span>
      )}
      <SyncButton disabled={dashboard.keys.active === 0} />
    </div>
  );
}
