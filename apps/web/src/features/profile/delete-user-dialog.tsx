import { useState } from "react";
import * as z from "zod/mini";
import { CheckField } from "../../components/forms/check-field.tsx";
import { TextField } from "../../components/forms/field.tsx";
import { textProps, useApiForm } from "../../components/forms/form.tsx";
import { FormModal } from "../../components/forms/form-modal.tsx";
import { PasswordField } from "../../components/forms/password-field.tsx";
import { password } from "../../components/forms/schemas.ts";
import { codeOf, reasonOf } from "../../lib/api/errors.ts";
import { leaveFor } from "../../lib/api/session.ts";
import { trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";

const schemaFor = ({ email, hasPassword }: DeleteUserDialogProps) =>
  z.object({
    email: z.string().check(z.refine((typed) => typed.trim().toLowerCase() === email.toLowerCase(), "other")),
    password: hasPassword ? password : z.string(),
    delete_teams: z.boolean(),
  });

interface DeleteUserDialogProps {
  email: string;
  hasPassword: boolean;
  onClose: () => void;
}

export function DeleteUserDialog(props: DeleteUserDialogProps) {
  const { email, hasPassword, onClose } = props;
  const t = useTexts("account", "profile");
  const remove = trpc.auth.deleteAccount.useMutation({ onSuccess: () => leaveFor("/register") });
  const form = useApiForm({
    defaultValues: { email: "", password: "", delete_teams: false },
    schema: schemaFor(props),
    send: ({ password, delete_teams }) =>
      remove.mutateAsync({ ...(hasPassword ? { password } : {}), ...(delete_teams ? { delete_teams } : {}) }),
    fieldOf: (error) => (codeOf(error) === "BAD_REQUEST" ? "password" : null),
  });

  // Once asked, the question stays.
  const ownsTeams = reasonOf(remove.error) === "teams_need_owner";
  const [isAsked, setAsked] = useState(false);
  if (ownsTeams && !isAsked) setAsked(true);

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
      {hasPassword && (
        <form.Field name="password">
          {(field) => (
            <PasswordField {...textProps(field)} label={t.account.password} autoComplete="current-password" />
          )}
        </form.Field>
      )}
      {isAsked && (
        <form.Field name="delete_teams">
          {(field) => (
            <CheckField
              label={t.profile.removal.withTeams}
              hint={t.profile.removal.withTeamsHint}
              isChecked={field.state.value}
              onChange={field.handleChange}
            />
          )}
        </form.Field>
      )}
    </FormModal>
  );
}
