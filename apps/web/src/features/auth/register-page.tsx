import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { AccountFrame, textLink } from "../../components/account-frame.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { authApi } from "../../lib/api/auth-api.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { Alternatives } from "./alternatives.tsx";
import { RegisterForm } from "./register-form.tsx";
import { useContinue, useSignIn } from "./use-sign-in.ts";

const OPEN = { isClosed: false, needsSetupCode: false, hasPasswords: true, provider: null as { name: string } | null };

/** Whether registration is closed and whether it needs the set-up code, once the server has responded. */
function useRegistration() {
  const [state, setState] = useState(OPEN);
  useEffect(() => {
    authApi.settings().then(
      ({ allow_registration, needs_setup_code, password_login, oidc }) =>
        setState({
          isClosed: !allow_registration && !oidc?.auto_register,
          needsSetupCode: needs_setup_code,
          hasPasswords: allow_registration && password_login,
          provider: oidc?.auto_register ? oidc : null,
        }),
      () => setState(OPEN),
    );
  }, []);
  return state;
}

export function RegisterPage({ redirect }: { redirect: string | undefined }) {
  const t = useTexts("account");
  const { isClosed, needsSetupCode, hasPasswords, provider } = useRegistration();
  const signIn = useSignIn(redirect);
  const goOn = useContinue(redirect);

  return (
    <AccountFrame title={t.account.register.title} lead={t.account.register.lead}>
      {isClosed ? (
        <Notice tone="warn" title={t.account.register.closedTitle}>
          {t.account.register.closedBody}
        </Notice>
      ) : (
        <>
          {hasPasswords && <RegisterForm signIn={signIn} needsSetupCode={needsSetupCode} />}
          <Alternatives provider={provider} redirect={redirect} isOnly={!hasPasswords} isForNew onSignedIn={goOn} />
        </>
      )}
      <p>
        {t.account.register.toLogin}{" "}
        <Link to="/login" search={redirect ? { redirect } : {}} className={textLink}>
          {t.account.register.loginLink}
        </Link>
      </p>
    </AccountFrame>
  );
}
