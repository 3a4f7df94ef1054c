import { type FormEvent, useRef, useState } from "react";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { focusFirstError } from "../../components/ui/field.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { codeOf, fieldErrorsOf, messageOf } from "../../lib/errors.ts";
import { checkPassword } from "../../lib/password.ts";
import { text } from "../../lib/text/profile.ts";
import { trpc } from "../../lib/trpc.ts";
import { NewPasswordFields } from "../account/new-password-fields.tsx";
import { PasswordField } from "../account/password-field.tsx";

const words = text.profile;
const LABELS = { current_password: words.current, new_password: words.next, new_password_confirm: words.repeat };
const EMPTY = { current_password: "", new_password: "", new_password_confirm: "" };

/** A refusal that names no field is about the current password. */
function errorsOf(error: unknown): Record<string, string> {
  const found = fieldErrorsOf(error, LABELS);
  if (Object.keys(found).length > 0) return found;
  return codeOf(error) === "BAD_REQUEST" ? { current_password: messageOf(error) } : {};
}

export function ChangePassword({ email }: { email: string }) {
  const [values, setValues] = useState(EMPTY);
  const [found, setFound] = useState<Record<string, string>>({});
  const form = useRef<HTMLFormElement>(null);
  const announce = useAnnounce();
  const change = trpc.auth.changePassword.useMutation({
    onSuccess: () => {
      setValues(EMPTY);
      announce(words.changed);
    },
    onError: () => focusFirstError(form.current),
  });
  const refused = errorsOf(change.error);
  const errors = { ...refused, ...found };
  const set = (name: keyof typeof EMPTY) => (value: string) => setValues((was) => ({ ...was, [name]: value }));

  function submit(event: FormEvent) {
    event.preventDefault();
    const problems: Record<string, string> = {};
    if (!values.current_password) problems.current_password = text.account.missing(words.current);
    if (checkPassword(values.new_password).some(({ met }) => !met)) problems.new_password = text.register.weak;
    if (values.new_password !== values.new_password_confirm) problems.new_password_confirm = text.register.mismatch;
    setFound(problems);
    if (Object.keys(problems).length > 0) return focusFirstError(form.current);
    if (!change.isPending) change.mutate(values);
  }

  return (
    <form ref={form} noValidate onSubmit={submit} className="flex max-w-md flex-col gap-4">
      <p className="text-muted">{words.passwordNote}</p>
      {change.error && Object.keys(refused).length === 0 && (
        <Notice tone="bad" role="alert">
          {messageOf(change.error)}
        </Notice>
      )}
      {/* For password managers: whose password it is. */}
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        label={words.current}
        name="current_password"
        autoComplete="current-password"
        value={values.current_password}
        onValue={set("current_password")}
        error={errors.current_password}
      />
      <NewPasswordFields
        names={["new_password", "new_password_confirm"]}
        labels={LABELS}
        values={values}
        errors={errors}
        onValue={(name, value) => set(name)(value)}
      />
      <div>
        <Button type="submit" look="primary" busy={change.isPending}>
          {words.change}
        </Button>
      </div>
    </form>
  );
}
