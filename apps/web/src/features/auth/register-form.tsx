import { type FormEvent, useRef, useState } from "react";
import { focusFirstError, TextField } from "../../components/forms/field.tsx";
import { checkPassword, NewPasswordFields } from "../../components/forms/new-password-fields.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { accountApi } from "../../lib/api/auth-api.ts";
import { codeOf, fieldErrorsOf, messageOf } from "../../lib/api/errors.ts";
import { type TextsOf, useTexts } from "../../lib/i18n/i18n.ts";
import { useCall } from "./use-call.ts";
import { useSignIn } from "./use-sign-in.ts";

interface Values {
  email: string;
  password: string;
  password_confirm: string;
}

function findProblems(
  { email, password, password_confirm }: Values,
  { t, labels }: { t: TextsOf<"account">; labels: Values },
): Record<string, string> {
  const found: Record<string, string> = {};
  if (!email.trim()) found.email = t.common.required({ field: labels.email });
  if (!password) found.password = t.common.required({ field: labels.password });
  else if (checkPassword(password).some(({ met }) => !met)) found.password = t.account.passwordWeak;
  if (password !== password_confirm) found.password_confirm = t.account.passwordsDiffer;
  return found;
}

/** Registers, then logs in with what was just typed. */
export function RegisterForm({ redirect }: { redirect: string | undefined }) {
  const t = useTexts("account");
  const [values, setValues] = useState<Values>({ email: "", password: "", password_confirm: "" });
  const [isChecked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const signIn = useSignIn(redirect);
  const register = useCall(async (input: Values) => {
    await accountApi.register(input);
    await signIn({ email: input.email, password: input.password });
  });
  const { error } = register;
  const labels = {
    email: t.account.email,
    password: t.account.password,
    password_confirm: t.account.passwordConfirm,
  };
  const problems = findProblems(values, { t, labels });
  const refused: Record<string, string> =
    codeOf(error) === "CONFLICT" ? { email: messageOf(error) } : fieldErrorsOf(error, labels);
  const errors = { ...refused, ...(isChecked ? problems : {}) };
  const set = (name: keyof Values) => (value: string) => setValues((was) => ({ ...was, [name]: value }));

  async function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (Object.keys(problems).length > 0) return focusFirstError(form.current);
    if (!(await register.run(values))) focusFirstError(form.current);
  }

  return (
    <form ref={form} noValidate onSubmit={submit} className="flex flex-col gap-4">
      {error !== null && Object.keys(refused).length === 0 && (
        <Notice tone="bad" role="alert">
          {messageOf(error)}
        </Notice>
      )}
      <TextField
        label={labels.email}
        name="email"
        type="email"
        required
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={values.email}
        onChange={(event) => set("email")(event.target.value)}
        error={errors.email}
      />
      <NewPasswordFields
        names={["password", "password_confirm"]}
        labels={labels}
        values={values}
        errors={errors}
        onValue={(name, value) => set(name)(value)}
      />
      <Button type="submit" look="primary" busy={register.isPending}>
        {t.account.register.submit}
      </Button>
    </form>
  );
}
