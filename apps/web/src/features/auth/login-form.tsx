import { useEffect, useRef, useState } from "react";
import * as z from "zod/mini";
import { TextField } from "../../components/forms/field.tsx";
import { Form, SubmitButton, textProps, useApiForm } from "../../components/forms/form.tsx";
import { CodeField } from "../../components/forms/more-fields.tsx";
import { PasswordField } from "../../components/forms/password-field.tsx";
import { password, text } from "../../components/forms/schemas.ts";
import { Button } from "../../components/ui/button.tsx";
import { codeOf } from "../../lib/api/errors.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import type { Credentials } from "./use-sign-in.ts";

interface LoginFormProps {
  signIn: (credentials: Credentials) => Promise<void>;
  /** Email, if the user is known. */
  emailOf?: string;
}

const withPassword = z.object({ email: text, password, code: z.string() });
const withCode = z.object({ email: text, password, code: text });

export function LoginForm({ signIn, emailOf }: LoginFormProps) {
  const t = useTexts("account");
  const [isCodeAsked, setCodeAsked] = useState(false);
  const fields = useRef<HTMLDivElement>(null);
  const form = useApiForm({
    defaultValues: { email: emailOf ?? "", password: "", code: "" },
    schema: isCodeAsked ? withCode : withPassword,
    async send({ code, ...credentials }) {
      try {
        await signIn({ ...credentials, ...(isCodeAsked ? { code } : {}) });
      } catch (error) {
        // Only the code is missing; email and password are kept.
        if (codeOf(error) !== "SECOND_FACTOR_REQUIRED") throw error;
        setCodeAsked(true);
      }
    },
  });

  useEffect(() => {
    if (isCodeAsked) fields.current?.querySelector<HTMLElement>("[name='code']")?.focus();
  }, [isCodeAsked]);

  return (
    <Form form={form}>
      <div ref={fields} className="contents">
        {isCodeAsked && (
          <>
            <p>{t.account.code.lead}</p>
            <form.Field name="code">
              {(field) => <CodeField {...textProps(field)} label={t.account.code.label} hint={t.account.code.hint} />}
            </form.Field>
          </>
        )}
        {/* Kept where they are, for password managers that fill all three at once. */}
        <div className={isCodeAsked ? "hidden" : "contents"}>
          <form.Field name="email">
            {(field) => (
              <TextField
                {...textProps(field)}
                label={t.account.email}
                type="email"
                required
                readOnly={emailOf !== undefined}
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
              />
            )}
          </form.Field>
          <form.Field name="password">
            {(field) => (
              <PasswordField
                {...textProps(field)}
                {...(emailOf === undefined ? {} : { "data-autofocus": true })}
                label={t.account.password}
                autoComplete="current-password"
              />
            )}
          </form.Field>
        </div>
      </div>
      <SubmitButton form={form}>{t.account.login.submit}</SubmitButton>
      {isCodeAsked && (
        <Button
          variant="ghost"
          onClick={() => {
            setCodeAsked(false);
            form.setFieldValue("code", "");
          }}
        >
          {t.account.code.back}
        </Button>
      )}
    </Form>
  );
}
