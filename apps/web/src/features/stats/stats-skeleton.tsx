import { PageBody, PageHead } from "../../components/page.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";

export function StatsSkeleton() {
  const t = useTexts("common");
  return (
    <PageBody>
      <PageHead title={t.common.nav.stats}>
        <div className="skeleton h-9 w-full sm:w-96" />
      </PageHead>
      <div role="status" aria-label={t.common.loading} className="flex flex-col gap-4">
        <div className="skeleton h-9" />
        <div className="skeleton h-[70dvh]" />
      </div>
    </PageBody>
  );
}
