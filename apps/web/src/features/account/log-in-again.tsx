import { Modal } from "../../components/ui/dialog.tsx";
import { accountApi } from "../../lib/account-api.ts";
import { text } from "../../lib/text.ts";
import { LoginForm } from "./login-form.tsx";

interface LogInAgainProps {
  email: string;
  onClose: () => void;
  onDone: () => void;
}

/** Over the page of a session that has ended: what was typed there stays, in memory and nowhere else. */
export function LogInAgain({ email, onClose, onDone }: LogInAgainProps) {
  return (
    <Modal isAlert title={text.login.againTitle} lead={text.login.againLead} onClose={onClose}>
      <LoginForm
        emailOf={email}
        signIn={async (credentials) => {
          await accountApi.signIn(credentials);
          await accountApi.expectSession();
          onDone();
        }}
      />
    </Modal>
  );
}
