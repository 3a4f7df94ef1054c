import { type FormEvent, useRef, useState } from "react";
import { Button } from "../../components/ui/button.tsx";
import { focusFirstError, TextField } from "../../components/ui/field.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { accountApi } from "../../lib/account-api.ts";
import { codeOf, fieldErrorsOf, messageOf } from "../../lib/errors.ts";
import { checkPassword } from "../../lib/password.ts";
import { text } from "../../lib/text.ts";
import { NewPasswordFields } from "./new-password-fields.tsx";
import { useCall } from "./use-call.ts";
import { useSignIn } from "./use-sign-in.ts";

const LABELS = {
  email: text.account.email,
  password: text.account.password,
  password_confirm: text.account.passwordConfirm,
};

interface Values {
  email: string;
  password: string;
  password_confirm: string;
}

function checkValues({ email, password, password_confirm }: Values): Record<string, string> {
  const found: Record<string, string> = {};
  if (!email.trim()) found.email = text.account.missing(LABELS.email);
  if (!password) found.password = text.account.missing(LABELS.password);
  else if (checkPassword(password).some(({ met }) => !met)) found.password = text.register.weak;
  if (password !== password_confirm) found.password_confirm = text.register.mismatch;
  return found;
}

/** Registers, then logs in with what was just typed. */
export function RegisterForm({ redirect }: { redirect: string | undefined }) {
  const [values, setValues] = useState<Values>({ email: "", password: "", password_confirm: "" });
  const [found, setFound] = useState<Record<string, string>>({});
  const form = useRef<HTMLFormElement>(null);
  const signIn = useSignIn(redirect);
  const register = useCall(async (input: Values) => {
    await accountApi.register(input);
    await signIn({ email: input.email, password: input.password });
  });
  const { error } = register;
  const refused: Record<string, string> =
    codeOf(error) === "CONFLICT" ? { email: messageOf(error) } : fieldErrorsOf(error, LABELS);
  const errors = { ...refused, ...found };
  const set = (name: keyof Values) => (value: string) => setValues((was) => ({ ...was, [name]: value }));

  async function submit(event: FormEvent) {
    event.preventDefault();
    const problems = checkValues(values);
    setFound(problems);
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
        label={LABELS.email}
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
        labels={LABELS}
        values={values}
        errors={errors}
        onValue={(name, value) => set(name)(value)}
      />
      <Button type="submit" look="primary" busy={register.isPending}>
        {text.register.submit}
      </Button>
    </form>
  );
}
