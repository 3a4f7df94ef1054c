import { Link } from "@tanstack/react-router";
import { ExternalLink, LoaderCircle } from "lucide-react";
import { buttonLook } from "../../components/ui/button.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { unfiltered } from "../../lib/dashboard-search.ts";
import { MANAGEMENT_KEYS_URL } from "../../lib/links.ts";
import { text } from "../../lib/text/usage.ts";
import type { Dashboard } from "../../lib/trpc.ts";
import { useDashboardSearch } from "./use-dashboard-search.ts";

const words = text.dashboard;

interface NoUsageProps {
  dashboard: Dashboard;
  isWaiting: boolean;
  isFiltered: boolean;
  isLongest: boolean;
}

/** Keys there are, but nothing spent on these days. */
export function NoUsage({ dashboard: { by_date }, isWaiting, isFiltered, isLongest }: NoUsageProps) {
  const search = useDashboardSearch();
  const known = by_date.filter(({ cost }) => cost !== null).length;
  const title = isWaiting ? words.waitingTitle : known === 0 ? words.emptyUnknownTitle : words.emptyTitle;
  const why = known === 0 ? words.emptyUnknown : known < by_date.length ? words.emptyPartly : words.emptyBody;
  return (
    <section
      aria-label={title}
      className="flex min-h-64 flex-col items-center justify-center gap-2 rounded-panel border border-dashed border-line-strong p-6 text-center"
    >
      {isWaiting && <LoaderCircle aria-hidden className="size-6 animate-spin text-accent" />}
      <h2 className="font-semibold">{title}</h2>
      <p className="max-w-prose text-muted">{isWaiting ? words.waitingBody : isFiltered ? words.emptyFiltered : why}</p>
      {!isWaiting && (isFiltered || !isLongest) && (
        <Link
          to="/dashboard"
          search={isFiltered ? unfiltered(search) : { days: 365 }}
          preload={false}
          className={`mt-2 ${buttonLook()}`}
        >
          {isFiltered ? text.filters.clear : words.emptyAction}
        </Link>
      )}
    </section>
  );
}

export function CountersOnly({ hasManagementKey }: { hasManagementKey: boolean }) {
  return (
    <Notice
      tone="info"
      title={words.countersTitle}
      action={
        !hasManagementKey && (
          <Link to="/keys" search={{ add: true }} className={buttonLook()}>
            {words.countersAction}
          </Link>
        )
      }
    >
      {hasManagementKey ? words.countersPending : words.countersBody} {!hasManagementKey && <ManagementLink />}
    </Notice>
  );
}

/** Where OpenRouter makes management keys; opens beside orwatch. */
export function ManagementLink() {
  return (
    <a href={MANAGEMENT_KEYS_URL} target="_blank" rel="noreferrer" className="font-medium text-accent underline">
      {text.firstRun.managementLink}
      <ExternalLink aria-hidden className="ml-1 inline size-3.5 align-[-2px]" />
    </a>
  );
}
