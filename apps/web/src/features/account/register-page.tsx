import { Link } from "@tanstack/react-router";
import { Notice } from "../../components/ui/notice.tsx";
import { text } from "../../lib/text.ts";
import { trpc } from "../../lib/trpc.ts";
import { AccountFrame, textLink } from "./account-frame.tsx";
import { RegisterForm } from "./register-form.tsx";

export function RegisterPage({ redirect }: { redirect: string | undefined }) {
  const settings = trpc.auth.settings.useQuery();
  const isClosed = settings.data?.allow_registration === false;

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
