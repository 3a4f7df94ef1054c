import { type FormEvent, useRef, useState } from "react";
import { Button } from "../../components/ui/button.tsx";
import { focusFirstError, TextField } from "../../components/ui/field.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { fieldErrorsOf, messageOf } from "../../lib/errors.ts";
import { text } from "../../lib/text.ts";
import { PasswordField } from "./password-field.tsx";
import { useCall } from "./use-call.ts";
import type { Credentials } from "./use-sign-in.ts";

const LABELS = { email: text.account.email, password: text.account.password };

interface LoginFormProps {
  signIn: (credentials: Credentials) => Promise<void>;
  /** Whose password is asked for, where that is settled. */
  emailOf?: string;
}

export function LoginForm({ signIn: send, emailOf }: LoginFormProps) {
  const [email, setEmail] = useState(emailOf ?? "");
  const [password, setPassword] = useState("");
  const [missing, setMissing] = useState<Record<string, string>>({});
  const form = useRef<HTMLFormElement>(null);
  const signIn = useCall(send);
  const refused = fieldErrorsOf(signIn.error, LABELS);
  const errors = { ...refused, ...missing };
  const isOther = signIn.error !== null && Object.keys(refused).length === 0;

  async function submit(event: FormEvent) {
    event.preventDefault();
    const found: Record<string, string> = {};
    if (!email.trim()) found.email = text.account.missing(LABELS.email);
    if (!password) found.password = text.account.missing(LABELS.password);
    setMissing(found);
    if (Object.keys(found).length > 0) return focusFirstError(form.current);
    if (!(await signIn.run({ email, password }))) focusFirstError(form.current);
  }

  return (
    <form ref={form} noValidate onSubmit={submit} className="flex flex-col gap-4">
      {isOther && (
        <Notice tone="bad" role="alert">
          {messageOf(signIn.error)}
        </Notice>
      )}
      <TextField
        label={LABELS.email}
        name="email"
        type="email"
        required
        readOnly={emailOf !== undefined}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={errors.email}
      />
      <PasswordField
        {...(emailOf === undefined ? {} : { "data-autofocus": true })}
        label={LABELS.password}
        name="password"
        autoComplete="current-password"
        value={password}
        onValue={setPassword}
        error={errors.password}
      />
      <Button type="submit" look="primary" busy={signIn.isPending}>
        {text.login.submit}
      </Button>
    </form>
  );
}
