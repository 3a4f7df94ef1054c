import { Link } from "@tanstack/react-router";
import { LoaderCircle } from "lucide-react";
import { buttonLook } from "../../components/ui/button.tsx";
import type { Dashboard } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { type DashboardSearch, isFiltered, unfiltered } from "../../lib/search/dashboard-search.ts";
import { LimitCards } from "./breakdown/limit-cards.tsx";

interface NoUsageProps {
  dashboard: Dashboard;
  search: DashboardSearch;
  /** While first syncs run. */
  isWaiting: boolean;
}

/** Keys there are, but nothing spent on these days; what they may still spend is known all the same. */
export function NoUsage({ dashboard: { by_date }, search, isWaiting }: NoUsageProps) {
  const t = useTexts("usage");
  const isNarrow = isFiltered(search);
  const known = by_date.filter(({ cost }) => cost !== null).length;
  const title = isWaiting ? t.usage.empty.waitingTitle : known === 0 ? t.usage.empty.unknownTitle : t.usage.empty.title;
  const why = known === 0 ? t.usage.empty.unknown : known < by_date.length ? t.usage.empty.partly : t.usage.empty.body;
  return (
    <>
      <section
        aria-label={title}
        className="flex min-h-64 flex-col items-center justify-center gap-2 rounded-panel border border-dashed border-line-strong p-6 text-center"
      >
        {isWaiting && <LoaderCircle aria-hidden className="size-6 animate-spin text-accent" />}
        <h2 className="font-semibold">{title}</h2>
        <p className="max-w-prose text-muted">
          {isWaiting ? t.usage.empty.waiting : isNarrow ? t.usage.empty.filtered : why}
        </p>
        {!isWaiting && (isNarrow || search.days !== 365) && (
          <Link
            to="/dashboard"
            search={isNarrow ? unfiltered(search) : { days: 365 }}
            preload={false}
            className={`mt-2 ${buttonLook()}`}
          >
            {isNarrow ? t.usage.filters.clear : t.usage.empty.longer({ count: 365 })}
          </Link>
        )}
      </section>
      <LimitCards search={search} isWaiting={isWaiting} />
    </>
  );
}
