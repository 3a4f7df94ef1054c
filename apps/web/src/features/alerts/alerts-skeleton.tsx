import { PageBody, PageHead } from "../../components/page.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";

export function AlertsSkeleton() {
  const t = useTexts("common");
  return (
    <PageBody>
      <PageHead title={t.common.nav.alerts}>
        <div className="skeleton h-9 w-28" />
      </PageHead>
      <div role="status" aria-label={t.common.loading} className="flex flex-col gap-4">
        <div className="skeleton h-6 max-w-prose" />
        <div className="skeleton h-9 w-80 max-w-full" />
        <div className="skeleton h-80" />
      </div>
    </PageBody>
  );
}
