import { Link } from "@tanstack/react-router";
import { Notice } from "../../components/ui/notice.tsx";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { AccountFrame, textLink } from "./account-frame.tsx";
import { RegisterForm } from "./register-form.tsx";
import { useIsClosed } from "./use-is-closed.ts";

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
