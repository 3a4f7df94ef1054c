import { Link } from "@tanstack/react-router";
import { Notice } from "../../components/ui/notice.tsx";
import { text } from "../../lib/text.ts";
import { AccountFrame, textLink } from "./account-frame.tsx";
import { RegisterForm } from "./register-form.tsx";
import { useIsClosed } from "./use-is-closed.ts";

export function RegisterPage({ redirect }: { redirect: string | undefined }) {
  const isClosed = useIsClosed();

  return (
    <AccountFrame title={text.register.title} lead={text.register.lead}>
      {isClosed ? (
        <Notice tone="warn" title={text.register.closedTitle}>
          {text.register.closedBody}
        </Notice>
      ) : (
        <RegisterForm redirect={redirect} />
      )}
      <p>
        {text.register.toLogin}{" "}
        <Link to="/login" search={redirect ? { redirect } : {}} className={textLink}>
          {text.register.loginLink}
        </Link>
      </p>
    </AccountFrame>
  );
}
