import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { Notice } from "../../components/ui/notice.tsx";
import { authApi } from "../../lib/api/auth-api.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { AccountFrame, textLink } from "./account-frame.tsx";
import { RegisterForm } from "./register-form.tsx";
import { useSignIn } from "./use-sign-in.ts";

const OPEN = { isClosed: false, needsSetupCode: false };

/** Whether registration is closed and whether it needs the set-up code, once the server has responded. */
function useRegistration() {
  const [state, setState] = useState(OPEN);
  useEffect(() => {
    authApi.settings().then(
      ({ allow_registration, needs_setup_code }) =>
        setState({ isClosed: !allow_registration, needsSetupCode: needs_setup_code }),
      () => setState(OPEN),
    );
  }, []);
  return state;
}

export function RegisterPage({ redirect }: { redirect: string | undefined }) {
  const t = useTexts("account");
  const { isClosed, needsSetupCode } = useRegistration();
  const signIn = useSignIn(redirect);

  return (
    <AccountFrame title={t.account.register.title} lead={t.account.register.lead}>
      {isClosed ? (
        <Notice tone="warn" title={t.account.register.closedTitle}>
          {t.account.register.closedBody}
        </Notice>
      ) : (
        <RegisterForm signIn={signIn} needsSetupCode={needsSetupCode} />
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
