import { Link } from "@tanstack/react-router";
import { PageBody } from "../../../components/page.tsx";
import { buttonClasses } from "../../../components/ui/button.tsx";
import { useTexts } from "../../../lib/i18n/i18n.ts";

/** For a key that does not exist, and for keys of other users. */
export function KeyNotFound() {
  const t = useTexts("key");
  return (
    <PageBody>
      <title>{`${t.key.notFound.title} · ${t.common.app}`}</title>
      <div className="flex min-h-96 flex-col items-start justify-center gap-4">
        <h1 className="text-title font-semibold">{t.key.notFound.title}</h1>
        <p className="text-muted">{t.key.notFound.body}</p>
        <Link to="/keys" search={{}} className={buttonClasses("primary")}>
          {t.key.notFound.back}
        </Link>
      </div>
    </PageBody>
  );
}

/** Same sizes as the content. */
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
