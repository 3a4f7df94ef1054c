import { PageBody, PageHead } from "../components/page.tsx";
import { useTexts } from "../lib/i18n/i18n.ts";

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

export function AccountsSkeleton() {
  const t = useTexts("common");
  return (
    <PageBody>
      <PageHead title={t.common.nav.accounts}>
        <div className="skeleton h-9 w-44" />
      </PageHead>
      <div role="status" aria-label={t.common.loading} className="flex flex-col gap-4">
        <div className="skeleton h-36" />
        <div className="skeleton h-96" />
      </div>
    </PageBody>
  );
}

export function JobsSkeleton() {
  const t = useTexts("common");
  return (
    <PageBody>
      <PageHead title={t.common.nav.jobs} />
      <div role="status" aria-label={t.common.loading} className="grid gap-4 lg:grid-cols-2">
        {["sync", "breakdowns", "validate", "alerts", "digest", "cleanup", "backup"].map((job) => (
          <div key={job} className="skeleton h-44" />
        ))}
      </div>
    </PageBody>
  );
}

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

export function ExploreSkeleton() {
  const t = useTexts("common");
  return (
    <PageBody>
      <PageHead title={t.common.nav.explore}>
        <div className="skeleton h-9 w-48" />
      </PageHead>
      <div role="status" aria-label={t.common.loading} className="flex flex-col gap-4">
        <div className="skeleton h-9" />
        <div className="skeleton h-120" />
        <div className="skeleton h-80" />
      </div>
    </PageBody>
  );
}

export function TeamSkeleton() {
  const t = useTexts("common");
  return (
    <PageBody>
      <PageHead title={t.common.nav.team}>
        <div className="skeleton h-9 w-36" />
      </PageHead>
      <div role="status" aria-label={t.common.loading} className="flex flex-col gap-4">
        <div className="skeleton h-6 max-w-prose" />
        <div className="skeleton h-9 w-72 max-w-full" />
        <div className="skeleton h-48" />
      </div>
    </PageBody>
  );
}

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
