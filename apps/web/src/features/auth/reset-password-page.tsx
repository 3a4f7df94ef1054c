import { Link } from "@tanstack/react-router";
import { useState } from "react";
import * as z from "zod/mini";
import { AccountFrame, textLink } from "../../components/account-frame.tsx";
import { Form, SubmitButton, useApiForm } from "../../components/forms/form.tsx";
import { isSame, NewPasswordField, newPassword, RepeatPasswordField } from "../../components/forms/new-password.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { authApi } from "../../lib/api/auth-api.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { useLinkToken } from "./use-link-token.ts";

const schema = z
  .object({ new_password: newPassword, new_password_confirm: z.string() })
  .check(isSame("new_password", "new_password_confirm"));

/** Chooses a new password, with the link of an email. */
export function ResetPasswordPage() {
  const token = useLinkToken();
  return <NewPassword key={token} token={token} />;
}

function NewPassword({ token }: { token: string | null }) {
  const t = useTexts("account", "access");
  const [isDone, setDone] = useState(false);
  const form = useApiForm({
    defaultValues: { new_password: "", new_password_confirm: "" },
    schema,
    async send(values) {
      await authApi.resetPassword({ ...values, token: token ?? "" });
      setDone(true);
    },
  });

  return (
    <AccountFrame title={t.access.reset.title} lead={t.access.reset.lead}>
      {isDone ? (
        <Notice tone="info" role="status">
          {t.access.reset.done}
        </Notice>
      ) : token === null ? (
        <Notice tone="warn">{t.access.reset.noToken}</Notice>
      ) : (
        <Form form={form}>
          <form.Field name="new_password">
            {(field) => <NewPasswordField field={field} label={t.access.reset.password} />}
          </form.Field>
          <form.Field name="new_password_confirm">
            {(field) => <RepeatPasswordField field={field} label={t.account.passwordConfirm} />}
          </form.Field>
          <SubmitButton form={form}>{t.access.reset.submit}</SubmitButton>
        </Form>
      )}
      <p className="flex flex-wrap gap-x-4">
        <Link to="/login" className={textLink}>
          {t.access.forgot.toLogin}
        </Link>
        {!isDone && (
          <Link to="/forgot-password" className={textLink}>
            {t.access.reset.again}
          </Link>
        )}
      </p>
    </AccountFrame>
  );
}
