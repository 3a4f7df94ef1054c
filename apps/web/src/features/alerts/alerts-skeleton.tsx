import { text } from "../../lib/text.ts";
import { PageBody, PageHead } from "../shell/page-head.tsx";

export function AlertsSkeleton() {
  return (
    <PageBody>
      <PageHead title={text.nav.alerts}>
        <div className="skeleton h-9 w-28" />
      </PageHead>
      <div role="status" aria-label={text.values.loading} className="flex flex-col gap-4">
        <div className="skeleton h-6 max-w-prose" />
        <div className="skeleton h-9 w-80 max-w-full" />
        <div className="skeleton h-80" />
      </div>
    </PageBody>
  );
}
