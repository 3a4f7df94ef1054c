import { PageBody } from "../../../components/page.tsx";
import { useTexts } from "../../../lib/i18n/i18n.ts";

export function KeyPageSkeleton() {
  const t = useTexts("common");
  return (
    <PageBody>
      <div role="status" aria-label={t.common.loading} className="@container flex flex-col gap-4 py-4 sm:py-5">
        <div className="skeleton h-18" />
        <div className="skeleton h-48 @min-[61rem]:h-28" />
        <div className="skeleton h-92" />
        <div className="skeleton h-64" />
      </div>
    </PageBody>
  );
}
