import { LanguageSwitch } from "../../components/account-frame.tsx";
import { Logo } from "../../components/ui/logo.tsx";
import { useExactCopy } from "../../components/ui/values.tsx";
import type { SharedPage } from "../../lib/api/trpc.ts";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";
import { SharedDashboard } from "./shared-dashboard.tsx";

/** An open share link. Without the frame of the app, because visitors have no other page. */
export function Shown({ page: { name, expires_at, content } }: { page: SharedPage }) {
  const t = useTexts("share");
  const format = useFormat();
  useExactCopy();
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-332 flex-col px-4 sm:px-6 print:px-0">
      <title>{`${name} · ${t.common.app}`}</title>
      <div className="flex items-center gap-2 pt-5 text-table font-semibold text-muted">
        <Logo className="size-5" />
        {t.common.app}
      </div>
      <main className="flex flex-col gap-4 pt-3 pb-8">
        <h1 dir="auto" className="text-title font-semibold tracking-tight wrap-anywhere">
          {name}
        </h1>
        <Content content={content} />
      </main>
      <footer className="mt-auto flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line py-4 text-caption text-muted print:hidden">
        <p>{t.share.until({ until: format.instant(expires_at) })}</p>
        <LanguageSwitch />
      </footer>
    </div>
  );
}

/** One component for each kind of content. */
function Content({ content }: Pick<SharedPage, "content">) {
  switch (content.kind) {
    case "dashboard":
      return <SharedDashboard dashboard={content} />;
  }
}
