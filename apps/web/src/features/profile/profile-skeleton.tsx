import { PageBody, PageHead } from "../../components/page.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";

export function ProfileSkeleton() {
  const t = useTexts("common");
  return (
    <PageBody>
      <PageHead title={t.common.nav.profile} />
      <div role="status" aria-label={t.common.loading} className="flex max-w-3xl flex-col gap-4">
        <div className="skeleton h-28" />
        <div className="skeleton h-60" />
        <div className="skeleton h-96" />
      </div>
    </PageBody>
  );
}
