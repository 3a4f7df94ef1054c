import { PageBody, PageHead } from "../../components/page.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";

export function KeysSkeleton() {
  const t = useTexts("common");
  return (
    <PageBody>
      <PageHead title={t.common.nav.keys}>
        <div className="skeleton h-9 w-24" />
      </PageHead>
      <div role="status" aria-label={t.common.loading} className="flex flex-col gap-2">
        <div className="skeleton h-10" />
        <div className="skeleton h-16" />
        <div className="skeleton h-16" />
        <div className="skeleton h-16" />
      </div>
    </PageBody>
  );
}
