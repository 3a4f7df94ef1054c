import * as z from "zod/mini";
import { TextField } from "../../components/forms/field.tsx";
import { textProps, useApiForm } from "../../components/forms/form.tsx";
import { FormModal } from "../../components/forms/form-modal.tsx";
import { PasswordField } from "../../components/forms/password-field.tsx";
import { password } from "../../components/forms/schemas.ts";
import { codeOf } from "../../lib/api/errors.ts";
import { leaveFor } from "../../lib/api/session.ts";
import { trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";

const schemaFor = (email: string) =>
  z.object({
    email: z.string().check(z.refine((typed) => typed.trim().toLowerCase() === email.toLowerCase(), "other")),
    password,
  });

export function DeleteUserDialog({ email, onClose }: { email: string; onClose: () => void }) {
  const t = useTexts("account", "profile");
  const remove = trpc.auth.deleteAccount.useMutation({ onSuccess: () => leaveFor("/register") });
  const form = useApiForm({
    defaultValues: { email: "", password: "" },
    schema: schemaFor(email),
    send: (values) => remove.mutateAsync({ password: values.password }),
    fieldOf: (error) => (codeOf(error) === "BAD_REQUEST" ? "password" : null),
  });

  return (
    <FormModal
      form={form}
      isAlert
      title={t.profile.removal.title}
      lead={t.profile.removal.body}
      submit={t.profile.removal.submit}
      variant="danger"
      onClose={onClose}
    >
      <form.Field name="email">
        {(field) => (
          <TextField
            {...textProps(field)}
            data-autofocus
            label={t.profile.removal.email({ email })}
            required
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            errorTexts={{ other: t.profile.removal.notEmail }}
          />
        )}
      </form.Field>
      <form.Field name="password">
        {(field) => <PasswordField {...textProps(field)} label={t.account.password} autoComplete="current-password" />}
      </form.Field>
    </FormModal>
  );
}
