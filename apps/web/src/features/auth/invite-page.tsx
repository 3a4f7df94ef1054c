import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { AccountFrame, textLink } from "../../components/account-frame.tsx";
import { Button, buttonClasses } from "../../components/ui/button.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { authApi } from "../../lib/api/auth-api.ts";
import { messageOf, reasonOf } from "../../lib/api/errors.ts";
import type { InvitationPreview, User } from "../../lib/api/trpc.ts";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";
import { Alternatives } from "./alternatives.tsx";
import { keepInvitation } from "./kept-invitation.ts";
import { acceptInvitation, type LoadedInvitation, leaveForOther, openApp } from "./load-invitation.ts";
import { RegisterForm } from "./register-form.tsx";
import type { Credentials } from "./use-sign-in.ts";

export function InvitePage({ token, invitation, user, settings, problem }: LoadedInvitation) {
  const t = useTexts("access");
  if (!invitation)
    return (
      <AccountFrame title={t.access.invite.goneTitle} lead={t.access.invite.goneBody}>
        <p>
          <Link to="/dashboard" search={{}} className={textLink}>
            {t.access.invite.toApp}
          </Link>
        </p>
      </AccountFrame>
    );
  return (
    <AccountFrame title={t.access.invite.title} lead={t.access.invite.lead}>
      <Facts invitation={invitation} />
      {user ? (
        <Join token={token} user={user} problem={problem} />
      ) : (
        <SignUp token={token} invitation={invitation} settings={settings} />
      )}
    </AccountFrame>
  );
}

function Facts({ invitation: { team_name, role, expires_at } }: { invitation: InvitationPreview }) {
  const t = useTexts("access");
  const format = useFormat();
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 rounded-panel border border-line bg-surface p-4">
      <dt className="text-muted">{t.access.invite.team}</dt>
      <dd dir="auto" className="min-w-0 font-medium break-words">
        {team_name}
      </dd>
      <dt className="text-muted">{t.access.invite.role}</dt>
      <dd>{t.common.team.roles[role]}</dd>
      <dt className="text-muted">{t.access.invite.expires}</dt>
      <dd>{format.instant(expires_at)}</dd>
    </dl>
  );
}

/** For a user who is logged in. */
function Join({ token, user, problem }: { token: string; user: User; problem: unknown }) {
  const t = useTexts("access");
  const [error, setError] = useState(problem);
  const [busy, setBusy] = useState<"join" | "leave" | null>(null);

  async function run(what: "join" | "leave", act: () => Promise<never>) {
    setBusy(what);
    await act().catch(setError);
    setBusy(null);
  }

  return (
    <div className="flex flex-col gap-4">
      {Boolean(error) && (
        <Notice tone="bad" role="alert">
          {messageOf(error)}
        </Notice>
      )}
      <p className="break-words">{t.access.invite.signedIn({ email: user.email })}</p>
      <div className="flex flex-col gap-2">
        {reasonOf(error) === "already_member" ? (
          <a href="/dashboard" className={buttonClasses("primary")} onClick={() => keepInvitation(null)}>
            {t.access.invite.toApp}
          </a>
        ) : (
          <Button
            variant="primary"
            busy={busy === "join"}
            onClick={() => void run("join", () => acceptInvitation(token))}
          >
            {t.access.invite.join}
          </Button>
        )}
        <Button variant="ghost" busy={busy === "leave"} onClick={() => void run("leave", () => leaveForOther(token))}>
          {t.access.invite.asOther}
        </Button>
      </div>
    </div>
  );
}

interface SignUpProps extends Pick<LoadedInvitation, "token" | "settings"> {
  invitation: InvitationPreview;
}

/** For visitors: signing up accepts the invitation, and so does logging in, here or on the login page. */
function SignUp({ token, invitation, settings }: SignUpProps) {
  const t = useTexts("access");
  const { password_login: hasPasswords, oidc } = settings;
  async function signIn(credentials: Credentials): Promise<never> {
    await authApi.signIn(credentials);
    await authApi.expectSession();
    // The team of the invitation is the default team of the new user.
    return openApp("/dashboard");
  }
  return (
    <>
      <p>
        {t.access.invite.toLogin}{" "}
        <Link
          to="/login"
          search={{ redirect: "/invite" }}
          onClick={() => keepInvitation({ token, isWanted: true })}
          className={textLink}
        >
          {t.access.invite.loginLink}
        </Link>
      </p>
      {invitation.is_for_email && <p className="text-muted">{t.access.invite.forEmail}</p>}
      {hasPasswords && <RegisterForm invitation={token} signIn={signIn} />}
      <Alternatives
        provider={oidc}
        redirect="/invite"
        isOnly={!hasPasswords}
        isForNew
        onSignedIn={() => openApp("/dashboard")}
      />
    </>
  );
}
