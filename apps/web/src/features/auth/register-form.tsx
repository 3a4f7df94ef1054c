import * as z from "zod/mini";
import { TextField } from "../../components/forms/field.tsx";
import { Form, SubmitButton, textProps, useApiForm } from "../../components/forms/form.tsx";
import { isSame, NewPasswordField, newPassword, RepeatPasswordField } from "../../components/forms/new-password.tsx";
import { text } from "../../components/forms/schemas.ts";
import { authApi } from "../../lib/api/auth-api.ts";
import { codeOf, reasonOf } from "../../lib/api/errors.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import type { Credentials } from "./use-sign-in.ts";

const fields = { email: text, password: newPassword, password_confirm: z.string() };
const repeated = isSame("password", "password_confirm");
const schema = z.object({ ...fields, setup_code: z.string() }).check(repeated);
const schemaWithCode = z.object({ ...fields, setup_code: text }).check(repeated);

interface RegisterFormProps {
  signIn: (credentials: Credentials) => Promise<void>;
  /** Whether the server asks for its set-up code, because no user exists yet. */
  needsSetupCode?: boolean;
  /** Token of an invitation, which is accepted with the registration. */
  invitation?: string;
}

/** Registers, then logs in with the same credentials. */
export function RegisterForm({ signIn, needsSetupCode = false, invitation }: RegisterFormProps) {
  const t = useTexts("account");
  const form = useApiForm({
    defaultValues: { email: "", password: "", password_confirm: "", setup_code: "" },
    schema: needsSetupCode ? schemaWithCode : schema,
    async send({ setup_code, ...values }) {
      await authApi.register({
        ...values,
        ...(setup_code === "" ? {} : { setup_code }),
        ...(invitation ? { invitation } : {}),
      });
      await signIn({ email: values.email, password: values.password });
    },
    fieldOf: (error) =>
      codeOf(error) === "CONFLICT" ? "email" : reasonOf(error)?.startsWith("setup_code") ? "setup_code" : null,
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
      {needsSetupCode && (
        <form.Field name="setup_code">
          {(field) => (
            <TextField
              {...textProps(field)}
              label={t.account.register.setupCode}
              hint={t.account.register.setupCodeHint}
              required
              maxLength={64}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              className="font-mono"
            />
          )}
        </form.Field>
      )}
      <SubmitButton form={form}>{t.account.register.submit}</SubmitButton>
    </Form>
  );
}
