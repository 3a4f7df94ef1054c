import * as z from "zod/mini";
import { Form, SubmitButton, textProps, useApiForm } from "../../components/forms/form.tsx";
import { isSame, NewPasswordField, newPassword, RepeatPasswordField } from "../../components/forms/new-password.tsx";
import { PasswordField } from "../../components/forms/password-field.tsx";
import { password } from "../../components/forms/schemas.ts";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { codeOf } from "../../lib/api/errors.ts";
import { trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";

const EMPTY = { current_password: "", new_password: "", new_password_confirm: "" };

const fields = { new_password: newPassword, new_password_confirm: z.string() };
const repeated = isSame("new_password", "new_password_confirm");
const schema = z.object({ ...fields, current_password: password }).check(repeated);
const schemaOfFirst = z.object({ ...fields, current_password: z.string() }).check(repeated);

export function ChangePassword({ email, hasPassword }: { email: string; hasPassword: boolean }) {
  const t = useTexts("account", "profile");
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const change = trpc.auth.changePassword.useMutation({
    onSuccess() {
      void utils.auth.security.invalidate();
      void utils.oidc.identities.invalidate();
      form.reset();
      announce(hasPassword ? t.profile.password.changed : t.profile.password.set);
    },
  });
  const form = useApiForm({
    defaultValues: EMPTY,
    schema: hasPassword ? schema : schemaOfFirst,
    send: ({ current_password, ...values }) =>
      change.mutateAsync({ ...values, ...(hasPassword ? { current_password } : {}) }),
    // An error that names no field is about the current password.
    fieldOf: (error) => (codeOf(error) === "BAD_REQUEST" ? "current_password" : null),
  });

  return (
    <Form form={form} className="flex max-w-md flex-col gap-4">
      <p className="text-muted">{hasPassword ? t.profile.password.note : t.profile.password.setNote}</p>
      {/* For password managers: whose password it is. */}
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      {hasPassword && (
        <form.Field name="current_password">
          {(field) => (
            <PasswordField {...textProps(field)} label={t.profile.password.current} autoComplete="current-password" />
          )}
        </form.Field>
      )}
      <form.Field name="new_password">
        {(field) => <NewPasswordField field={field} label={t.profile.password.next} />}
      </form.Field>
      <form.Field name="new_password_confirm">
        {(field) => <RepeatPasswordField field={field} label={t.profile.password.repeat} />}
      </form.Field>
      <div>
        <SubmitButton form={form}>
          {hasPassword ? t.profile.password.submit : t.profile.password.setSubmit}
        </SubmitButton>
      </div>
    </Form>
  );
}
