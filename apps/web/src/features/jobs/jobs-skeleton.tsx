import { text } from "../../lib/text.ts";
import { PageBody, PageHead } from "../shell/page-head.tsx";

export function JobsSkeleton() {
  return (
    <PageBody>
      <PageHead title={text.nav.jobs} />
      <div role="status" aria-label={text.values.loading} className="grid gap-4 lg:grid-cols-2">
        {["sync", "validate", "alerts", "digest", "cleanup", "backup"].map((job) => (
          <div key={job} className="skeleton h-44" />
        ))}
      </div>
    </PageBody>
  );
}
