import { text } from "../../lib/text.ts";
import { PageBody, PageHead } from "../shell/page-head.tsx";

export function TokensSkeleton() {
  return (
    <PageBody>
      <PageHead title={text.nav.tokens}>
        <div className="skeleton h-9 w-32" />
      </PageHead>
      <div role="status" aria-label={text.values.loading} className="flex flex-col gap-4">
        <div className="skeleton h-10 max-w-prose" />
        <div className="skeleton h-40" />
        <div className="skeleton h-80" />
      </div>
    </PageBody>
  );
}
