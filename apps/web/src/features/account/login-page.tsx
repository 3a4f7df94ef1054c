import { Link } from "@tanstack/react-router";
import { text } from "../../lib/text.ts";
import { AccountFrame, textLink } from "./account-frame.tsx";
import { LoginForm } from "./login-form.tsx";
import { useSignIn } from "./use-sign-in.ts";

export function LoginPage({ redirect }: { redirect: string | undefined }) {
  const signIn = useSignIn(redirect);
  return (
    <AccountFrame title={text.login.title} lead={text.login.lead}>
      <LoginForm signIn={signIn} />
      <div className="flex flex-col gap-2">
        <p>
          {text.login.toRegister}{" "}
          <Link to="/register" search={redirect ? { redirect } : {}} className={textLink}>
            {text.login.registerLink}
          </Link>
        </p>
        <p className="text-table text-muted">{text.login.forgot}</p>
      </div>
    </AccountFrame>
  );
}
