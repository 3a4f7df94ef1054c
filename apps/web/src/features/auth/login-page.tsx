import { Link } from "@tanstack/react-router";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { AccountFrame, textLink } from "./account-frame.tsx";
import { Alternatives } from "./alternatives.tsx";
import { LoginForm } from "./login-form.tsx";
import { useContinue, useSignIn } from "./use-sign-in.ts";

export function LoginPage({ redirect }: { redirect: string | undefined }) {
  const t = useTexts("account");
  const signIn = useSignIn(redirect);
  const goOn = useContinue(redirect);
  return (
    <AccountFrame title={t.account.login.title} lead={t.account.login.lead}>
      <LoginForm signIn={signIn} />
      <Alternatives onSignedIn={goOn} />
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
    </AccountFrame>
  );
}
