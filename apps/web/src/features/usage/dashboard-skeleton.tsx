import { text } from "../../lib/text.ts";
import { PageBody, PageHead } from "../shell/page-head.tsx";

export const CHART_HEIGHT = 280;

/** The boxes of the dashboard before its numbers, as high as they will be. */
export function DashboardBodySkeleton() {
  return (
    <div role="status" aria-label={text.values.loading} className="flex flex-col gap-4">
      <div className="grid grid-cols-2 gap-3 sm:gap-4 xl:grid-cols-4">
        {["cost", "requests", "tokens", "keys"].map((card) => (
          <div key={card} className="skeleton h-[152px]" />
        ))}
      </div>
      <div className="skeleton h-[404px]" />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)] xl:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
        <div className="skeleton h-80" />
        <div className="skeleton h-80" />
      </div>
    </div>
  );
}

export function DashboardSkeleton() {
  return (
    <PageBody>
      <PageHead title={text.nav.dashboard}>
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
