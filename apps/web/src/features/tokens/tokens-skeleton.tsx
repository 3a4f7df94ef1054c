import { PageBody, PageHead } from "../../components/page.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";

export function TokensSkeleton() {
  const t = useTexts("common");
  return (
    <PageBody>
      <PageHead title={t.common.nav.tokens}>
        <div className="skeleton h-9 w-32" />
      </PageHead>
      <div role="status" aria-label={t.common.loading} className="flex flex-col gap-4">
        <div className="skeleton h-10 max-w-prose" />
        <div className="skeleton h-40" />
        <div className="skeleton h-80" />
      </div>
    </PageBody>
  );
}
