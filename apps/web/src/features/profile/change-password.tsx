import { type FormEvent, useRef, useState } from "react";
import { focusFirstError } from "../../components/forms/field.tsx";
import { checkPassword, NewPasswordFields } from "../../components/forms/new-password-fields.tsx";
import { PasswordField } from "../../components/forms/password-field.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { codeOf, fieldErrorsOf, messageOf } from "../../lib/api/errors.ts";
import { trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";

const EMPTY = { current_password: "", new_password: "", new_password_confirm: "" };

/** A refusal that names no field is about the current password. */
function errorsOf(error: unknown, labels: Record<string, string>): Record<string, string> {
  const found = fieldErrorsOf(error, labels);
  if (Object.keys(found).length > 0) return found;
  return codeOf(error) === "BAD_REQUEST" ? { current_password: messageOf(error) } : {};
}

export function ChangePassword({ email }: { email: string }) {
  const t = useTexts("account", "profile");
  const [values, setValues] = useState(EMPTY);
  const [isChecked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const announce = useAnnounce();
  const change = trpc.auth.changePassword.useMutation({
    onSuccess: () => {
      setValues(EMPTY);
      setChecked(false);
      announce(t.profile.password.changed);
    },
    onError: () => focusFirstError(form.current),
  });
  const labels = {
    current_password: t.profile.password.current,
    new_password: t.profile.password.next,
    new_password_confirm: t.profile.password.repeat,
  };
  const refused = errorsOf(change.error, labels);
  const problems = findProblems();
  const errors = { ...refused, ...(isChecked ? problems : {}) };
  const set = (name: keyof typeof EMPTY) => (value: string) => setValues((was) => ({ ...was, [name]: value }));

  function findProblems() {
    const found: Record<string, string> = {};
    if (!values.current_password) found.current_password = t.common.required({ field: labels.current_password });
    if (checkPassword(values.new_password).some(({ met }) => !met)) found.new_password = t.account.passwordWeak;
    if (values.new_password !== values.new_password_confirm) found.new_password_confirm = t.account.passwordsDiffer;
    return found;
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (Object.keys(problems).length > 0) return focusFirstError(form.current);
    if (!change.isPending) change.mutate(values);
  }

  return (
    <form ref={form} noValidate onSubmit={submit} className="flex max-w-md flex-col gap-4">
      <p className="text-muted">{t.profile.password.note}</p>
      {change.error && Object.keys(refused).length === 0 && (
        <Notice tone="bad" role="alert">
          {messageOf(change.error)}
        </Notice>
      )}
      {/* For password managers: whose password it is. */}
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        label={t.profile.password.current}
        name="current_password"
        autoComplete="current-password"
        value={values.current_password}
        onValue={set("current_password")}
        error={errors.current_password}
      />
      <NewPasswordFields
        names={["new_password", "new_password_confirm"]}
        labels={labels}
        values={values}
        errors={errors}
        onValue={(name, value) => set(name)(value)}
      />
      <div>
        <Button type="submit" look="primary" busy={change.isPending}>
          {t.profile.password.submit}
        </Button>
      </div>
    </form>
  );
}
