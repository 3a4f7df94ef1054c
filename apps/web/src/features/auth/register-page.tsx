import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { Notice } from "../../components/ui/notice.tsx";
import { authApi } from "../../lib/api/auth-api.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { AccountFrame, textLink } from "./account-frame.tsx";
import { RegisterForm } from "./register-form.tsx";

/** True if the server has responded that registration is closed. */
function useIsClosed(): boolean {
  const [isClosed, setClosed] = useState(false);
  useEffect(() => {
    authApi.settings().then(
      ({ allow_registration }) => setClosed(!allow_registration),
      () => setClosed(false),
    );
  }, []);
  return isClosed;
}

export function RegisterPage({ redirect }: { redirect: string | undefined }) {
  const t = useTexts("account");
  const isClosed = useIsClosed();

  return (
    <AccountFrame title={t.account.register.title} lead={t.account.register.lead}>
      {isClosed ? (
        <Notice tone="warn" title={t.account.register.closedTitle}>
          {t.account.register.closedBody}
        </Notice>
      ) : (
        <RegisterForm redirect={redirect} />
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
