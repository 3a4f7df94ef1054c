import * as z from "zod/mini";
import { TextField } from "../../components/forms/field.tsx";
import { Form, SubmitButton, textProps, useApiForm } from "../../components/forms/form.tsx";
import { isSame, NewPasswordField, newPassword, RepeatPasswordField } from "../../components/forms/new-password.tsx";
import { text } from "../../components/forms/schemas.ts";
import { authApi } from "../../lib/api/auth-api.ts";
import { codeOf } from "../../lib/api/errors.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { useSignIn } from "./use-sign-in.ts";

const schema = z
  .object({ email: text, password: newPassword, password_confirm: z.string() })
  .check(isSame("password", "password_confirm"));

/** Registers, then logs in with the same credentials. */
export function RegisterForm({ redirect }: { redirect: string | undefined }) {
  const t = useTexts("account");
  const signIn = useSignIn(redirect);
  const form = useApiForm({
    defaultValues: { email: "", password: "", password_confirm: "" },
    schema,
    async send(values) {
      await authApi.register(values);
      await signIn({ email: values.email, password: values.password });
    },
    fieldOf: (error) => (codeOf(error) === "CONFLICT" ? "email" : null),
  });

  return (
    <Form form={form}>
      <form.Field name="email">
        {(field) => (
          <TextField
            {...textProps(field)}
            label={t.account.email}
            type="email"
            required
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </form.Field>
      <form.Field name="password">
        {(field) => <NewPasswordField field={field} label={t.account.password} />}
      </form.Field>
      <form.Field name="password_confirm">
        {(field) => <RepeatPasswordField field={field} label={t.account.passwordConfirm} />}
      </form.Field>
      <SubmitButton form={form}>{t.account.register.submit}</SubmitButton>
    </Form>
  );
}
