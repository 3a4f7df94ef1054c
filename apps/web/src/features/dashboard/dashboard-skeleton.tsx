import { PageBody, PageHead } from "../../components/page.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";

/** Placeholder of the dashboard with the final heights. */
export function DashboardBodySkeleton() {
  const t = useTexts("common");
  return (
    <div role="status" aria-label={t.common.loading} className="flex flex-col gap-4">
      <StripSkeleton />
      <ChartSkeleton />
      <UsagePartsSkeleton />
    </div>
  );
}

/** Between the heights with a short and a long legend, so that what follows hardly moves. */
export const ChartSkeleton = () => <div className="skeleton h-142" />;

export const StripSkeleton = () => (
  <div className="@container">
    <div className="skeleton h-54.75 sm:h-59.75 @min-[61rem]:h-30" />
  </div>
);

export function UsagePartsSkeleton() {
  return (
    <div className="@container">
      <div className="grid gap-4 @min-[61rem]:grid-cols-[minmax(0,6fr)_minmax(0,5fr)]">
        <div className="skeleton h-80" />
        <div className="skeleton h-80" />
      </div>
    </div>
  );
}

export function DashboardSkeleton() {
  const t = useTexts("common");
  return (
    <PageBody>
      <PageHead title={t.common.nav.dashboard}>
        <div className="skeleton h-9 w-32" />
        <div className="skeleton h-9 w-66" />
      </PageHead>
      <div className="flex flex-col gap-4">
        <div className="skeleton h-9" />
        <DashboardBodySkeleton />
      </div>
    </PageBody>
  );
}
