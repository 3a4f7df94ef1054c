import { Link } from "@tanstack/react-router";
import { LoaderCircle } from "lucide-react";
import { buttonLook } from "../../components/ui/button.tsx";
import { type DashboardSearch, isFiltered, unfiltered } from "../../lib/dashboard-search.ts";
import { text } from "../../lib/text/usage.ts";
import type { Dashboard } from "../../lib/trpc.ts";
import { LimitCards } from "./limit-cards.tsx";

const words = text.dashboard;

interface NoUsageProps {
  dashboard: Dashboard;
  search: DashboardSearch;
  /** While first syncs run. */
  isWaiting: boolean;
}

/** Keys there are, but nothing spent on these days; what they may still spend is known all the same. */
export function NoUsage({ dashboard: { by_date }, search, isWaiting }: NoUsageProps) {
  const isNarrow = isFiltered(search);
  const known = by_date.filter(({ cost }) => cost !== null).length;
  const title = isWaiting ? words.waitingTitle : known === 0 ? words.emptyUnknownTitle : words.emptyTitle;
  const why = known === 0 ? words.emptyUnknown : known < by_date.length ? words.emptyPartly : words.emptyBody;
  return (
    <>
      <section
        aria-label={title}
        className="flex min-h-64 flex-col items-center justify-center gap-2 rounded-panel border border-dashed border-line-strong p-6 text-center"
      >
        {isWaiting && <LoaderCircle aria-hidden className="size-6 animate-spin text-accent" />}
        <h2 className="font-semibold">{title}</h2>
        <p className="max-w-prose text-muted">{isWaiting ? words.waitingBody : isNarrow ? words.emptyFiltered : why}</p>
        {!isWaiting && (isNarrow || search.days !== 365) && (
          <Link
            to="/dashboard"
            search={isNarrow ? unfiltered(search) : { days: 365 }}
            preload={false}
            className={`mt-2 ${buttonLook()}`}
          >
            {isNarrow ? text.filters.clear : words.emptyAction}
          </Link>
        )}
      </section>
      <LimitCards search={search} isWaiting={isWaiting} />
    </>
  );
}
