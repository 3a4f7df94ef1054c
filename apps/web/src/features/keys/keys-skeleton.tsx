import { text } from "../../lib/text.ts";
import { PageBody, PageHead } from "../shell/page-head.tsx";

export function KeysSkeleton() {
  return (
    <PageBody>
      <PageHead title={text.nav.keys}>
        <div className="skeleton h-9 w-24" />
      </PageHead>
      <div role="status" aria-label={text.values.loading} className="flex flex-col gap-2">
        <div className="skeleton h-10" />
        <div className="skeleton h-16" />
        <div className="skeleton h-16" />
        <div className="skeleton h-16" />
      </div>
    </PageBody>
  );
}
