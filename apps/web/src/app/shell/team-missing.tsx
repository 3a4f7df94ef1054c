import { buttonClasses } from "../../components/ui/button.tsx";
import { Logo } from "../../components/ui/logo.tsx";
import { trpcUtils } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";

/** Shown instead of every page of a team that the user is not in, or no longer. */
export function TeamMissing() {
  const t = useTexts("common");
  const email = trpcUtils.auth.account.getData({})?.email;
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-4 p-6">
      <title>{`${t.common.team.missingTitle} · ${t.common.app}`}</title>
      <Logo className="size-10" />
      <h1 className="text-title font-semibold">{t.common.team.missingTitle}</h1>
      <p className="text-muted">
        {t.common.team.missingBody} {email && t.common.team.signedInAs({ email })}
      </p>
      {/* A new page: this one belongs to the team. */}
      <a href="/dashboard" className={buttonClasses("primary")}>
        {t.common.team.toOwn}
      </a>
    </main>
  );
}
