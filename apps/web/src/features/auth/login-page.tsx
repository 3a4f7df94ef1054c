import type { AnyMessage } from "@orwatch/messages/message";
import { Link } from "@tanstack/react-router";
import { AccountFrame, textLink } from "../../components/account-frame.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import type { ServerSettings } from "../../lib/api/auth-api.ts";
import { useSay, useTexts } from "../../lib/i18n/i18n.ts";
import { Alternatives } from "./alternatives.tsx";
import { LoginForm } from "./login-form.tsx";
import { useContinue, useSignIn } from "./use-sign-in.ts";

interface LoginPageProps {
  redirect: string | undefined;
  /** With which a visit to the sign-in provider has ended. */
  error: AnyMessage | null;
  settings: ServerSettings;
}

export function LoginPage({ redirect, error, settings }: LoginPageProps) {
  const t = useTexts("account");
  const say = useSay();
  const signIn = useSignIn(redirect);
  const goOn = useContinue(redirect);
  const { password_login: hasPasswords, oidc } = settings;
  return (
    <AccountFrame title={t.account.login.title} lead={t.account.login.lead}>
      {error && (
        <Notice tone="bad" role="alert">
          {say(error)}
        </Notice>
      )}
      {hasPasswords && <LoginForm signIn={signIn} />}
      <Alternatives provider={oidc} redirect={redirect} isOnly={!hasPasswords} onSignedIn={goOn} />
      {hasPasswords && (
        <div className="flex flex-col gap-2">
          <p>
            {t.account.login.toRegister}{" "}
            <Link to="/register" search={redirect ? { redirect } : {}} className={textLink}>
              {t.account.login.registerLink}
            </Link>
          </p>
          <p>
            <Link to="/forgot-password" className={textLink}>
              {t.account.login.forgot}
            </Link>
          </p>
        </div>
      )}
    </AccountFrame>
  );
}
