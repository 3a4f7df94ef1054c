import { useState } from "react";
import { FormDialog } from "../../components/form-dialog.tsx";
import { TextField } from "../../components/ui/field.tsx";
import { codeOf } from "../../lib/errors.ts";
import { leaveFor } from "../../lib/leaving.ts";
import { text } from "../../lib/text/profile.ts";
import { trpc } from "../../lib/trpc.ts";
import { PasswordField } from "../account/password-field.tsx";

const words = text.removal;

export function DeleteAccountDialog({ email, onClose }: { email: string; onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const [password, setPassword] = useState("");
  const remove = trpc.auth.deleteAccount.useMutation({
    onSuccess: () => leaveFor("/register"),
  });

  const check = () => ({
    ...(typed.trim().toLowerCase() === email.toLowerCase() ? {} : { email: words.notEmail }),
    ...(password ? {} : { password: text.account.missing(text.account.password) }),
  });

  return (
    <FormDialog
      isAlert
      title={words.title}
      lead={words.body}
      submit={words.submit}
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
            label={words.email(email)}
            required
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            error={errors.email}
          />
          <PasswordField
            label={text.account.password}
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
