import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "../../components/ui/button.tsx";
import { focusFirstError, TextField } from "../../components/ui/field.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { codeOf, fieldErrorsOf, messageOf } from "../../lib/errors.ts";
import { text } from "../../lib/text.ts";
import { CodeField } from "./code-field.tsx";
import { PasswordField } from "./password-field.tsx";
import { useCall } from "./use-call.ts";
import type { Credentials } from "./use-sign-in.ts";

const LABELS = { email: text.account.email, password: text.account.password, code: text.code.label };

interface LoginFormProps {
  signIn: (credentials: Credentials) => Promise<void>;
  /** Whose password is asked for, where that is settled. */
  emailOf?: string;
}

export function LoginForm({ signIn: send, emailOf }: LoginFormProps) {
  const [email, setEmail] = useState(emailOf ?? "");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [isCodeAsked, setCodeAsked] = useState(false);
  const [missing, setMissing] = useState<Record<string, string>>({});
  const form = useRef<HTMLFormElement>(null);
  const signIn = useCall(send);
  const refused = fieldErrorsOf(signIn.error, LABELS);
  const errors = { ...refused, ...missing };
  const isStep = codeOf(signIn.error) === "SECOND_FACTOR_REQUIRED";
  const isOther = signIn.error !== null && !isStep && Object.keys(refused).length === 0;

  // Server and password are as before: only the code is new.
  useEffect(() => {
    if (isStep) setCodeAsked(true);
  }, [isStep]);
  useEffect(() => {
    if (isCodeAsked) form.current?.querySelector<HTMLElement>("[name='code']")?.focus();
  }, [isCodeAsked]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const found: Record<string, string> = {};
    if (!email.trim()) found.email = text.account.missing(LABELS.email);
    if (!password) found.password = text.account.missing(LABELS.password);
    if (isCodeAsked && !code.trim()) found.code = text.account.missing(LABELS.code);
    setMissing(found);
    if (Object.keys(found).length > 0) return focusFirstError(form.current);
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
          <p>{text.code.lead}</p>
          <CodeField label={LABELS.code} value={code} onValue={setCode} error={errors.code} hint={text.code.hint} />
        </>
      )}
      {/* Kept where they are, for password managers that fill all three at once. */}
      <div className={isCodeAsked ? "hidden" : "contents"}>
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
      </div>
      <Button type="submit" look="primary" busy={signIn.isPending}>
        {text.login.submit}
      </Button>
      {isCodeAsked && (
        <Button
          look="ghost"
          onClick={() => {
            setCodeAsked(false);
            setCode("");
          }}
        >
          {text.code.back}
        </Button>
      )}
    </form>
  );
}
