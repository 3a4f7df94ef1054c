import { useState } from "react";
import { TextField } from "../../components/forms/field.tsx";
import { FormDialog } from "../../components/forms/form-dialog.tsx";
import { PasswordField } from "../../components/forms/password-field.tsx";
import { codeOf } from "../../lib/api/errors.ts";
import { leaveFor } from "../../lib/api/session.ts";
import { trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";

export function DeleteAccountDialog({ email, onClose }: { email: string; onClose: () => void }) {
  const t = useTexts("account", "profile");
  const [typed, setTyped] = useState("");
  const [password, setPassword] = useState("");
  const remove = trpc.auth.deleteAccount.useMutation({
    onSuccess: () => leaveFor("/register"),
  });

  const check = () => ({
    ...(typed.trim().toLowerCase() === email.toLowerCase() ? {} : { email: t.profile.removal.notEmail }),
    ...(password ? {} : { password: t.common.required({ field: t.account.password }) }),
  });

  return (
    <FormDialog
      isAlert
      title={t.profile.removal.title}
      lead={t.profile.removal.body}
      submit={t.profile.removal.submit}
      look="danger"
      labels={{}}
      call={remove}
      fieldOf={(error) => (codeOf(error) === "BAD_REQUEST" ? "password" : null)}
      check={check}
      onSubmit={() => remove.mutate({ password })}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <TextField
            data-autofocus
            label={t.profile.removal.email({ email })}
            required
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            error={errors.email}
          />
          <PasswordField
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
