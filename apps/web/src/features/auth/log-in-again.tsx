import { Modal } from "../../components/overlays/dialog.tsx";
import { authApi } from "../../lib/api/auth-api.ts";
import { trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { Alternatives } from "./alternatives.tsx";
import { LoginForm } from "./login-form.tsx";

interface LogInAgainProps {
  email: string;
  onClose: () => void;
  onDone: () => void;
}

/** Dialog over the page after the session has ended. What was typed is kept in memory. */
export function LogInAgain({ email, onClose, onDone }: LogInAgainProps) {
  const t = useTexts("account");
  const { data: settings } = trpc.auth.settings.useQuery();
  const hasPasswords = settings?.password_login !== false;

  async function goOn() {
    await authApi.expectSession();
    onDone();
  }

  return (
    <Modal isAlert title={t.account.login.againTitle} lead={t.account.login.againLead} onClose={onClose}>
      {hasPasswords && (
        <LoginForm
          emailOf={email}
          signIn={async (credentials) => {
            await authApi.signIn(credentials);
            await goOn();
          }}
        />
      )}
      <Alternatives provider={settings?.oidc ?? null} keepsPage isOnly={!hasPasswords} onSignedIn={goOn} />
    </Modal>
  );
}
