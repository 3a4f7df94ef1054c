import { type FormEvent, useEffect, useRef, useState } from "react";
import { CodeField } from "../../components/forms/code-field.tsx";
import { focusFirstError, TextField } from "../../components/forms/field.tsx";
import { PasswordField } from "../../components/forms/password-field.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { codeOf, fieldErrorsOf, messageOf } from "../../lib/api/errors.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { useCall } from "./use-call.ts";
import type { Credentials } from "./use-sign-in.ts";

interface LoginFormProps {
  signIn: (credentials: Credentials) => Promise<void>;
  /** Whose password is asked for, where that is settled. */
  emailOf?: string;
}

export function LoginForm({ signIn: send, emailOf }: LoginFormProps) {
  const t = useTexts("account");
  const [email, setEmail] = useState(emailOf ?? "");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [isCodeAsked, setCodeAsked] = useState(false);
  const [isChecked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const signIn = useCall(send);
  const labels = { email: t.account.email, password: t.account.password, code: t.account.code.label };
  const refused = fieldErrorsOf(signIn.error, labels);
  const missing = findMissing();
  const errors = { ...refused, ...(isChecked ? missing : {}) };
  const isStep = codeOf(signIn.error) === "SECOND_FACTOR_REQUIRED";
  const isOther = signIn.error !== null && !isStep && Object.keys(refused).length === 0;

  // Server and password are as before: only the code is new.
  useEffect(() => {
    if (isStep) setCodeAsked(true);
  }, [isStep]);
  useEffect(() => {
    if (isCodeAsked) form.current?.querySelector<HTMLElement>("[name='code']")?.focus();
  }, [isCodeAsked]);

  function findMissing() {
    const found: Record<string, string> = {};
    if (!email.trim()) found.email = t.common.required({ field: labels.email });
    if (!password) found.password = t.common.required({ field: labels.password });
    if (isCodeAsked && !code.trim()) found.code = t.common.required({ field: labels.code });
    return found;
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (Object.keys(missing).length > 0) return focusFirstError(form.current);
    if (!(await signIn.run({ email, password, ...(isCodeAsked ? { code } : {}) }))) focusFirstError(form.current);
  }

  return (
    <form ref={form} noValidate onSubmit={submit} className="flex flex-col gap-4">
      {isOther && (
        <Notice tone="bad" role="alert">
          {messageOf(signIn.error)}
        </Notice>
      )}
      {isCodeAsked && (
        <>
          <p>{t.account.code.lead}</p>
          <CodeField
            label={labels.code}
            value={code}
            onValue={setCode}
            error={errors.code}
            hint={t.account.code.hint}
          />
        </>
      )}
      {/* Kept where they are, for password managers that fill all three at once. */}
      <div className={isCodeAsked ? "hidden" : "contents"}>
        <TextField
          label={labels.email}
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
          label={labels.password}
          name="password"
          autoComplete="current-password"
          value={password}
          onValue={setPassword}
          error={errors.password}
        />
      </div>
      <Button type="submit" look="primary" busy={signIn.isPending}>
        {t.account.login.submit}
      </Button>
      {isCodeAsked && (
        <Button
          look="ghost"
          onClick={() => {
            setCodeAsked(false);
            setCode("");
          }}
        >
          {t.account.code.back}
        </Button>
      )}
    </form>
  );
}
