import { Link } from "@tanstack/react-router";
import { LoaderCircle } from "lucide-react";
import { buttonClasses } from "../../components/ui/button.tsx";
import { EmptyState } from "../../components/ui/empty-state.tsx";
import type { Dashboard } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { type DashboardSearch, isFiltered, unfiltered } from "../../lib/search/dashboard-search.ts";
import { KeyLimits } from "./breakdown/key-limits.tsx";
import { RangeTotals } from "./chart/range-totals.tsx";
import { OverviewStrip } from "./overview/overview-strip.tsx";

interface NoUsageProps {
  dashboard: Dashboard;
  search: DashboardSearch;
  /** True while first syncs are running. */
  isWaiting: boolean;
}

/** State without usage in the range. Shows the remaining budget of the keys. */
export function NoUsage({ dashboard, search, isWaiting }: NoUsageProps) {
  const { by_date } = dashboard;
  const t = useTexts("usage");
  const isNarrow = isFiltered(search);
  const known = by_date.filter(({ cost }) => cost !== null).length;
  const title = isWaiting ? t.usage.empty.waitingTitle : known === 0 ? t.usage.empty.unknownTitle : t.usage.empty.title;
  const why = known === 0 ? t.usage.empty.unknown : known < by_date.length ? t.usage.empty.partly : t.usage.empty.body;
  return (
    <>
      <OverviewStrip search={search} isWaiting={isWaiting} />
      <div className="rounded-panel border border-line bg-surface">
        <RangeTotals dashboard={dashboard} />
      </div>
      <EmptyState
        title={title}
        body={isWaiting ? t.usage.empty.waiting : isNarrow ? t.usage.empty.filtered : why}
        icon={isWaiting && <LoaderCircle aria-hidden className="size-6 animate-spin text-accent" />}
      >
        {!isWaiting && (isNarrow || search.days !== 365) && (
          <Link
            to="/dashboard"
            search={isNarrow ? unfiltered(search) : { days: 365 }}
            preload={false}
            className={buttonClasses()}
          >
            {isNarrow ? t.usage.filters.clear : t.usage.empty.longer({ count: 365 })}
          </Link>
        )}
      </EmptyState>
      <KeyLimits search={search} isWaiting={isWaiting} />
    </>
  );
}
