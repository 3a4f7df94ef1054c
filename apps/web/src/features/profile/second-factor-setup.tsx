import { useState } from "react";
import { CodeField } from "../../components/forms/code-field.tsx";
import { FormDialog } from "../../components/forms/form-dialog.tsx";
import { PasswordField } from "../../components/forms/password-field.tsx";
import { CopyButton } from "../../components/ui/copy-button.tsx";
import { QrCode } from "../../components/ui/qr-code.tsx";
import { codeOf } from "../../lib/api/errors.ts";
import { trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";

interface SetupProps {
  email: string;
  onClose: () => void;
  onDone: (recoveryCodes: string[]) => void;
}

/** Password, then secret and first code: the second factor counts when that was right. */
export function SecondFactorSetup({ email, onClose, onDone }: SetupProps) {
  const begin = trpc.auth.beginSecondFactor.useMutation();
  return begin.data ? (
    <FirstCode begun={begin.data} onClose={onClose} onDone={onDone} />
  ) : (
    <AskPassword email={email} call={begin} onSubmit={(password) => begin.mutate({ password })} onClose={onClose} />
  );
}

function AskPassword(props: {
  email: string;
  call: { error: unknown; isPending: boolean };
  onSubmit: (password: string) => void;
  onClose: () => void;
}) {
  const t = useTexts("account", "profile");
  const { email, call, onSubmit, onClose } = props;
  const [password, setPassword] = useState("");
  return (
    <FormDialog
      title={t.profile.setup.title}
      lead={t.profile.setup.passwordLead}
      submit={t.profile.setup.next}
      labels={{ password: t.account.password }}
      call={call}
      check={(): Record<string, string> =>
        password ? {} : { password: t.common.required({ field: t.account.password }) }
      }
      onSubmit={() => onSubmit(password)}
      onClose={onClose}
      fieldOf={(error) => (codeOf(error) === "BAD_REQUEST" ? "password" : null)}
    >
      {(errors) => (
        <>
          <input type="text" autoComplete="username" value={email} readOnly hidden />
          <PasswordField
            data-autofocus
            label={t.account.password}
            name="password"
            autoComplete="current-password"
            value={password}
            onValue={setPassword}
            error={errors.password}
          />
        </>
      )}
    </FormDialog>
  );
}

function FirstCode(props: {
  begun: { secret: string; uri: string };
  onClose: () => void;
  onDone: (recoveryCodes: string[]) => void;
}) {
  const t = useTexts("account", "profile");
  const { begun, onClose, onDone } = props;
  const [code, setCode] = useState("");
  const enable = trpc.auth.enableSecondFactor.useMutation({ onSuccess: (made) => onDone(made.recovery_codes) });
  return (
    <FormDialog
      isAlert
      title={t.profile.setup.title}
      lead={t.profile.setup.scanLead}
      before={
        <div className="flex flex-wrap items-center gap-4">
          <QrCode value={begun.uri} label={t.profile.setup.qr} />
          <div className="flex min-w-0 flex-1 basis-48 flex-col gap-2">
            <p className="font-medium">{t.profile.setup.secret}</p>
            <code className="rounded-control bg-sunken px-2 py-1 font-mono text-table break-all select-all">
              {begun.secret.replace(/(.{4})(?=.)/g, "$1 ")}
            </code>
            <div>
              <CopyButton value={begun.secret} what={t.profile.setup.secret} />
            </div>
          </div>
        </div>
      }
      submit={t.profile.setup.submit}
      labels={{ code: t.account.code.label }}
      call={enable}
      holds
      check={(): Record<string, string> =>
        code.trim() ? {} : { code: t.common.required({ field: t.account.code.label }) }
      }
      onSubmit={() => enable.mutate({ code })}
      onClose={onClose}
      fieldOf={(error) => (codeOf(error) === "BAD_REQUEST" ? "code" : null)}
    >
      {(errors) => (
        <CodeField data-autofocus label={t.account.code.label} value={code} onValue={setCode} error={errors.code} />
      )}
    </FormDialog>
  );
}
