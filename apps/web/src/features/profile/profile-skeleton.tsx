import { text } from "../../lib/text.ts";
import { PageBody, PageHead } from "../shell/page-head.tsx";

export function ProfileSkeleton() {
  return (
    <PageBody>
      <PageHead title={text.nav.profile} />
      <div role="status" aria-label={text.values.loading} className="flex max-w-3xl flex-col gap-4">
        <div className="skeleton h-28" />
        <div className="skeleton h-60" />
        <div className="skeleton h-96" />
      </div>
    </PageBody>
  );
}
