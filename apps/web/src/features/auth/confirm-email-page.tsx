import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { AccountFrame, textLink } from "../../components/account-frame.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { authApi } from "../../lib/api/auth-api.ts";
import { messageOf } from "../../lib/api/errors.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { useLinkToken } from "./use-link-token.ts";

type State =
  | { is: "asked" | "busy" }
  | { is: "done"; waitsFor: "old" | "new" | null }
  | { is: "failed"; error: unknown };

/** Confirms an address with the link of an email. */
export function ConfirmEmailPage() {
  const token = useLinkToken();
  return <Confirmation key={token} token={token} />;
}

/** By a button: programs that check links in emails open them, too. */
function Confirmation({ token }: { token: string | null }) {
  const t = useTexts("access");
  const [state, setState] = useState<State>({ is: "asked" });

  async function confirm() {
    setState({ is: "busy" });
    try {
      const { waits_for: waitsFor } = await authApi.confirmEmailChange({ token: token ?? "" });
      setState({ is: "done", waitsFor });
    } catch (error) {
      setState({ is: "failed", error });
    }
  }

  return (
    <AccountFrame title={t.access.confirmEmail.title} lead={t.access.confirmEmail.lead}>
      {token === null && <Notice tone="warn">{t.access.reset.noToken}</Notice>}
      {state.is === "done" && (
        <Notice tone="info" role="status">
          {state.waitsFor === null
            ? t.access.confirmEmail.changed
            : t.access.confirmEmail.waiting({ which: state.waitsFor })}
        </Notice>
      )}
      {state.is === "failed" && (
        <Notice tone="bad" role="alert">
          {messageOf(state.error)}
        </Notice>
      )}
      {token !== null && state.is !== "done" && (
        <Button variant="primary" busy={state.is === "busy"} onClick={() => void confirm()}>
          {t.access.confirmEmail.submit}
        </Button>
      )}
      <p>
        <Link to="/profile" className={textLink}>
          {t.access.confirmEmail.toProfile}
        </Link>
      </p>
    </AccountFrame>
  );
}
