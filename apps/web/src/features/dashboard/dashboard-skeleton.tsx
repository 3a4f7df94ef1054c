import { PageBody, PageHead } from "../../components/page.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";

/** Placeholder of the dashboard with the final heights. */
export function DashboardBodySkeleton() {
  const t = useTexts("common");
  return (
    <div role="status" aria-label={t.common.loading} className="@container flex flex-col gap-4">
      <div className="grid grid-cols-2 gap-3 sm:gap-4 @min-[61rem]:grid-cols-4">
        {["cost", "requests", "tokens", "keys"].map((card) => (
          <div key={card} className="skeleton h-38" />
        ))}
      </div>
      <div className="skeleton h-101" />
      <UsagePartsSkeleton />
    </div>
  );
}

export function UsagePartsSkeleton() {
  return (
    <div className="@container">
      <div className="grid gap-4 @min-[61rem]:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
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
        <div className="skeleton h-27 sm:h-9" />
        <DashboardBodySkeleton />
      </div>
    </PageBody>
  );
}
