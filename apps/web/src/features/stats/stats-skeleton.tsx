import { text } from "../../lib/text.ts";
import { PageBody, PageHead } from "../shell/page-head.tsx";

export function StatsSkeleton() {
  return (
    <PageBody>
      <PageHead title={text.nav.stats}>
        <div className="skeleton h-9 w-full sm:w-96" />
      </PageHead>
      <div role="status" aria-label={text.values.loading} className="flex flex-col gap-4">
        <div className="skeleton h-9" />
        <div className="skeleton h-[70dvh]" />
      </div>
    </PageBody>
  );
}
