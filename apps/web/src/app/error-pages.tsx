import { type ErrorComponentProps, Link, useRouter } from "@tanstack/react-router";
import { ErrorNotice } from "../components/error-notice.tsx";
import { buttonClasses } from "../components/ui/button.tsx";
import { Logo } from "../components/ui/logo.tsx";
import { isFromApi } from "../lib/api/errors.ts";
import { useTexts } from "../lib/i18n/i18n.ts";

/** Without the frame of the app. */
export function ErrorScreen(props: ErrorComponentProps) {
  return (
    <main>
      <ErrorPage {...props} />
    </main>
  );
}

/** Within the frame of the app. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const t = useTexts("common");
  const router = useRouter();
  return (
    <div className="mx-auto flex w-full max-w-2xl flex-col gap-4 p-4 sm:p-6">
      <title>{`${t.common.errors.title} · ${t.common.app}`}</title>
      <h1 className="sr-only">{t.common.errors.title}</h1>
      <ErrorNotice
        error={error}
        onRetry={() => {
          // A file is missing, or an error occurred: the page must be reloaded.
          if (!isFromApi(error)) return window.location.reload();
          reset();
          void router.invalidate();
        }}
      />
      <p>
        <Link to="/dashboard" className={buttonClasses()}>
          {t.common.errors.home}
        </Link>
      </p>
    </div>
  );
}

/** Without the frame of the app. */
export function NotFoundScreen() {
  return (
    <main>
      <NotFoundPage />
    </main>
  );
}

/** Within the frame of the app. */
export function NotFoundPage() {
  const t = useTexts("common");
  return (
    <div className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-4 p-6">
      <title>{`${t.common.notFound.title} · ${t.common.app}`}</title>
      <Logo className="size-10" />
      <h1 className="text-title font-semibold">{t.common.notFound.title}</h1>
      <p className="text-muted">{t.common.notFound.body}</p>
      <Link to="/dashboard" className={buttonClasses("primary")}>
        {t.common.errors.home}
      </Link>
    </div>
  );
}
