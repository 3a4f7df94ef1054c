import { Link } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "../../components/ui/button.tsx";
import { focusFirstError, TextField } from "../../components/ui/field.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { fieldErrorsOf, messageOf } from "../../lib/errors.ts";
import { text } from "../../lib/text.ts";
import { AccountFrame, textLink } from "./account-frame.tsx";
import { PasswordField } from "./password-field.tsx";
import { useCall } from "./use-call.ts";
import { useSignIn } from "./use-sign-in.ts";

const LABELS = { email: text.account.email, password: text.account.password };

export function LoginPage({ redirect }: { redirect: string | undefined }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [missing, setMissing] = useState<Record<string, string>>({});
  const form = useRef<HTMLFormElement>(null);
  const signIn = useCall(useSignIn(redirect));
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
    <AccountFrame title={text.login.title} lead={text.login.lead}>
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
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          error={errors.email}
        />
        <PasswordField
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
      <div className="flex flex-col gap-2">
        <p>
          {text.login.toRegister}{" "}
          <Link to="/register" search={redirect ? { redirect } : {}} className={textLink}>
            {text.login.registerLink}
          </Link>
        </p>
        <p className="text-table text-muted">{text.login.forgot}</p>
      </div>
    </AccountFrame>
  );
}
