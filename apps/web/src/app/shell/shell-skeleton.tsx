import { Logo } from "../../components/ui/logo.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";

/** The frame of the app while it loads. It does not move when the page appears. */
export function ShellSkeleton() {
  const t = useTexts("common");
  return (
    <div className="min-h-dvh sm:pl-16 lg:pl-56">
      <nav
        aria-label={t.common.navigation}
        className="fixed inset-y-0 left-0 hidden w-16 border-r border-line bg-surface p-3 sm:block lg:w-56"
      >
        <div className="flex h-9 items-center gap-2.5 px-1.5 text-base font-semibold tracking-tight">
          <Logo />
          <span className="hidden lg:inline">{t.common.app}</span>
        </div>
      </nav>
      <main className="mx-auto flex w-full max-w-332 flex-col gap-4 px-4 py-5 sm:px-6">
        <h1 className="sr-only">{t.common.loading}</h1>
        <div className="skeleton h-9 w-40" />
        <div className="skeleton h-9" />
        <div className="skeleton h-34" />
        <div className="skeleton h-100" />
      </main>
    </div>
  );
}
