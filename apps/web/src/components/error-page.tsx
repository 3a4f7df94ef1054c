import { type ErrorComponentProps, Link, useRouter } from "@tanstack/react-router";
import { messageOf, requestIdOf } from "../lib/api/errors.ts";
import { useTexts } from "../lib/i18n/i18n.ts";
import { MissingFileError } from "../lib/loading/patiently.ts";
import { Button, buttonLook } from "./ui/button.tsx";
import { Notice } from "./ui/notice.tsx";

/** What happened, what to do, and the id to quote. */
export function ErrorNotice({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useTexts("common");
  const requestId = requestIdOf(error);
  return (
    <Notice
      tone="bad"
      role="alert"
      title={t.common.errors.title}
      action={<Button onClick={onRetry}>{t.common.errors.retry}</Button>}
    >
      <p>{messageOf(error)}</p>
      {requestId && (
        <p className="mt-2 font-mono text-caption text-muted">{t.common.errors.requestId({ id: requestId })}</p>
      )}
    </Notice>
  );
}

/** Where there is no frame around it. */
export function ErrorScreen(props: ErrorComponentProps) {
  return (
    <main>
      <ErrorPage {...props} />
    </main>
  );
}

/** Inside the frame of the pages. */
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
          if (error instanceof MissingFileError) return window.location.reload();
          reset();
          void router.invalidate();
        }}
      />
      <p>
        <Link to="/dashboard" className={buttonLook()}>
          {t.common.errors.home}
        </Link>
      </p>
    </div>
  );
}
