import { type ErrorComponentProps, Link, useParentMatches, useRouter } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense } from "react";
import { ErrorNotice } from "../components/error-notice.tsx";
import { buttonClasses } from "../components/ui/button.tsx";
import { Logo } from "../components/ui/logo.tsx";
import { isFromApi, isTeamMissing } from "../lib/api/errors.ts";
import { useTexts } from "../lib/i18n/i18n.ts";

/** Adds the main region, except within the frame of the app, which has one. */
function MainRegion({ children }: { children: ReactNode }) {
  const isInFrame = useParentMatches({ select: (matches) => matches.some(({ routeId }) => routeId === "/_authed") });
  return isInFrame ? children : <main>{children}</main>;
}

/** Shown instead of any page that cannot be loaded or rendered. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const t = useTexts("common");
  const router = useRouter();
  return (
    <MainRegion>
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
    </MainRegion>
  );
}

// Few see it.
const Missing = lazy(() => import("./shell/team-missing.tsx").then(({ TeamMissing }) => ({ default: TeamMissing })));

/** Shown instead of the frame of the app and its page if the user is not in the team of the page. */
export const TeamMissing = () => (
  <Suspense>
    <Missing />
  </Suspense>
);

/** Shown instead of the frame of the app and its page. */
export const AuthedError = (props: ErrorComponentProps) =>
  isTeamMissing(props.error) ? <TeamMissing /> : <ErrorPage {...props} />;

/** Shown for unknown addresses, and for pages that the user may not see. */
export function NotFoundPage() {
  const t = useTexts("common");
  return (
    <MainRegion>
      <div className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-4 p-6">
        <title>{`${t.common.notFound.title} · ${t.common.app}`}</title>
        <Logo className="size-10" />
        <h1 className="text-title font-semibold">{t.common.notFound.title}</h1>
        <p className="text-muted">{t.common.notFound.body}</p>
        <Link to="/dashboard" className={buttonClasses("primary")}>
          {t.common.errors.home}
        </Link>
      </div>
    </MainRegion>
  );
}
