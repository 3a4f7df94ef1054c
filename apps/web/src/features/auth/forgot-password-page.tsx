import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import * as z from "zod/mini";
import { AccountFrame, textLink } from "../../components/account-frame.tsx";
import { TextField } from "../../components/forms/field.tsx";
import { Form, SubmitButton, textProps, useApiForm } from "../../components/forms/form.tsx";
import { text } from "../../components/forms/schemas.ts";
import { Notice } from "../../components/ui/notice.tsx";
import { authApi } from "../../lib/api/auth-api.ts";
import { useLanguage, useTexts } from "../../lib/i18n/i18n.ts";

const schema = z.object({ email: text });

/** Asks for a link to a new password. The page never says whether a user has the address. */
export function ForgotPasswordPage() {
  const t = useTexts("account", "access");
  const language = useLanguage();
  const [canReset, setCanReset] = useState(true);
  const [isSent, setSent] = useState(false);
  useEffect(() => {
    authApi.settings().then(
      ({ can_reset_password }) => setCanReset(can_reset_password),
      () => {},
    );
  }, []);
  const form = useApiForm({
    defaultValues: { email: "" },
    schema,
    async send({ email }) {
      await authApi.requestPasswordReset({ email, language });
      setSent(true);
    },
  });

  return (
    <AccountFrame title={t.access.forgot.title} lead={t.access.forgot.lead}>
      {!canReset ? (
        <Notice tone="warn" title={t.access.forgot.offTitle}>
          {t.access.forgot.offBody}
        </Notice>
      ) : isSent ? (
        <Notice tone="info" role="status" title={t.access.forgot.sentTitle}>
          {t.access.forgot.sentBody}
        </Notice>
      ) : (
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
          <SubmitButton form={form}>{t.access.forgot.submit}</SubmitButton>
        </Form>
      )}
      <p>
        <Link to="/login" className={textLink}>
          {t.access.forgot.toLogin}
        </Link>
      </p>
    </AccountFrame>
  );
}
