import { Link } from "@tanstack/react-router";
import { buttonLook } from "../components/ui/button.tsx";
import { Logo } from "../components/ui/logo.tsx";
import { useTexts } from "../lib/i18n/i18n.ts";

/** Where there is no frame around it. */
export function NotFoundScreen() {
  return (
    <main>
      <NotFoundPage />
    </main>
  );
}

/** Inside the frame of the pages. */
export function NotFoundPage() {
  const t = useTexts("common");
  return (
    <div className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-4 p-6">
      <title>{`${t.common.notFound.title} · ${t.common.app}`}</title>
      <Logo className="size-10" />
      <h1 className="text-title font-semibold">{t.common.notFound.title}</h1>
      <p className="text-muted">{t.common.notFound.body}</p>
      <Link to="/dashboard" className={buttonLook("primary")}>
        {t.common.errors.home}
      </Link>
    </div>
  );
}
