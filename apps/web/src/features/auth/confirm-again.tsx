import { useState } from "react";
import { CodeField } from "../../components/forms/code-field.tsx";
import { FormDialog } from "../../components/forms/form-dialog.tsx";
import { PasswordField } from "../../components/forms/password-field.tsx";
import { codeOf } from "../../lib/api/errors.ts";
import { trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";

interface ConfirmAgainProps {
  email: string;
  onAnswer: (isConfirmed: boolean) => void;
}

/** Over the form whose deed wants password and code again: what was typed there stays, and is sent once this is done. */
export function ConfirmAgain({ email, onAnswer }: ConfirmAgainProps) {
  const t = useTexts("account");
  const labels = { password: t.account.password, code: t.account.code.label };
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const utils = trpc.useUtils();
  const confirm = trpc.auth.reauthenticate.useMutation({
    onSuccess: () => {
      void utils.auth.security.invalidate();
      onAnswer(true);
    },
  });

  function check() {
    const problems: Record<string, string> = {};
    if (!password) problems.password = t.common.required({ field: labels.password });
    if (!code.trim()) problems.code = t.common.required({ field: labels.code });
    return problems;
  }

  return (
    <FormDialog
      isAlert
      title={t.account.confirm.title}
      lead={t.account.confirm.lead}
      submit={t.account.confirm.submit}
      labels={labels}
      call={confirm}
      check={check}
      onSubmit={() => confirm.mutate({ password, code })}
      onClose={() => onAnswer(false)}
      fieldOf={(error) =>
        codeOf(error) !== "BAD_REQUEST" ? null : /password/.test(String(error)) ? "password" : "code"
      }
    >
      {(errors) => (
        <>
          {/* For password managers: whose password it is. */}
          <input type="text" autoComplete="username" value={email} readOnly hidden />
          <PasswordField
            data-autofocus
            label={labels.password}
            name="password"
            autoComplete="current-password"
            value={password}
            onValue={setPassword}
            error={errors.password}
          />
          <CodeField
            label={labels.code}
            value={code}
            onValue={setCode}
            error={errors.code}
            hint={t.account.code.hint}
          />
        </>
      )}
    </FormDialog>
  );
}
