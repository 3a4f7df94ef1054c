import { PageBody, PageHead } from "../../components/page.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";

export function UsersSkeleton() {
  const t = useTexts("common");
  return (
    <PageBody>
      <PageHead title={t.common.nav.users} />
      <div role="status" aria-label={t.common.loading} className="flex flex-col gap-2">
        <div className="skeleton h-9" />
        {["first", "second", "third"].map((row) => (
          <div key={row} className="skeleton h-14" />
        ))}
      </div>
    </PageBody>
  );
}
