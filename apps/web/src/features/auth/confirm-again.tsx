import * as z from "zod/mini";
import { textProps, useApiForm } from "../../components/forms/form.tsx";
import { FormModal } from "../../components/forms/form-modal.tsx";
import { CodeField } from "../../components/forms/more-fields.tsx";
import { PasswordField } from "../../components/forms/password-field.tsx";
import { password, text } from "../../components/forms/schemas.ts";
import { codeOf, reasonOf } from "../../lib/api/errors.ts";
import { trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";

interface ConfirmAgainProps {
  email: string;
  onAnswer: (isConfirmed: boolean) => void;
}

const schema = z.object({ password, code: text });

/** Dialog over a form whose mutation requires a confirmed identity. The form keeps its values and is sent afterwards. */
export function ConfirmAgain({ email, onAnswer }: ConfirmAgainProps) {
  const t = useTexts("account");
  const utils = trpc.useUtils();
  const confirm = trpc.auth.reauthenticate.useMutation();
  const form = useApiForm({
    defaultValues: { password: "", code: "" },
    schema,
    async send(values) {
      await confirm.mutateAsync(values);
      void utils.auth.security.invalidate();
      onAnswer(true);
    },
    fieldOf: (error) =>
      codeOf(error) !== "BAD_REQUEST" ? null : reasonOf(error)?.startsWith("password") ? "password" : "code",
  });

  return (
    <FormModal
      form={form}
      isAlert
      title={t.account.confirm.title}
      lead={t.account.confirm.lead}
      submit={t.account.confirm.submit}
      onClose={() => onAnswer(false)}
    >
      {/* For password managers: whose password it is. */}
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      <form.Field name="password">
        {(field) => (
          <PasswordField
            {...textProps(field)}
            data-autofocus
            label={t.account.password}
            autoComplete="current-password"
          />
        )}
      </form.Field>
      <form.Field name="code">
        {(field) => <CodeField {...textProps(field)} label={t.account.code.label} hint={t.account.code.hint} />}
      </form.Field>
    </FormModal>
  );
}
