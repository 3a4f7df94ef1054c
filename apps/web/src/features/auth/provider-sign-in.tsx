import { LogIn } from "lucide-react";
import { type FormEvent, useEffect, useState } from "react";
import { TextField } from "../../components/forms/field.tsx";
import { Button } from "../../components/ui/button.tsx";
import { authApi } from "../../lib/api/auth-api.ts";
import { reasonOf } from "../../lib/api/errors.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { keepInvitation, readInvitation } from "./kept-invitation.ts";

interface ProviderSignInProps {
  name: string;
  redirect: string | undefined;
  /** Called with the error, or `null` when a new attempt begins. */
  onError: (error: unknown) => void;
}

/** Leaves for the sign-in provider, which sends the browser back. For the first user of a server, it asks for the set-up code. */
export function ProviderSignIn({ name, redirect, onError }: ProviderSignInProps) {
  const t = useTexts("account");
  const [isBusy, setBusy] = useState(false);
  const [code, setCode] = useState<string | null>(null);

  // The browser may keep this page as it was left, and show it again with the back button.
  useEffect(() => {
    const onShow = ({ persisted }: PageTransitionEvent) => persisted && setBusy(false);
    window.addEventListener("pageshow", onShow);
    return () => window.removeEventListener("pageshow", onShow);
  }, []);

  async function leave(event: FormEvent) {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    onError(null);
    const invitation = redirect === "/invite" ? readInvitation() : null;
    // A new user is a member at once; others accept it when they are back at its page.
    if (invitation) keepInvitation({ ...invitation, isWanted: true });
    try {
      const { url } = await authApi.beginAtProvider({
        purpose: "login",
        ...(redirect === undefined ? {} : { redirect }),
        ...(code ? { setup_code: code } : {}),
        ...(invitation ? { invitation: invitation.token } : {}),
      });
      window.location.assign(url);
    } catch (error) {
      setBusy(false);
      if (reasonOf(error) === "setup_code_required" && code === null) setCode("");
      else onError(error);
    }
  }

  return (
    <form noValidate onSubmit={(event) => void leave(event)} className="flex flex-col gap-3">
      {code !== null && (
        <TextField
          label={t.account.register.setupCode}
          hint={t.account.register.setupCodeHint}
          name="setup_code"
          value={code}
          onChange={({ target }) => setCode(target.value)}
          required
          autoFocus
          maxLength={64}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className="font-mono"
        />
      )}
      <Button type="submit" busy={isBusy}>
        {!isBusy && <LogIn aria-hidden className="size-4 text-muted" />}
        {t.account.provider.signIn({ name })}
      </Button>
    </form>
  );
}
