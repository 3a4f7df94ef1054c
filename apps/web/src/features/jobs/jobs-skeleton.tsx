import { PageBody, PageHead } from "../../components/page.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";

export function JobsSkeleton() {
  const t = useTexts("common");
  return (
    <PageBody>
      <PageHead title={t.common.nav.jobs} />
      <div role="status" aria-label={t.common.loading} className="grid gap-4 lg:grid-cols-2">
        {["sync", "validate", "alerts", "digest", "cleanup", "backup"].map((job) => (
          <div key={job} className="skeleton h-44" />
        ))}
      </div>
    </PageBody>
  );
}
