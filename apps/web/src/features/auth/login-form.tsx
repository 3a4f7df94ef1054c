import { useEffect, useRef, useState } from "react";
import * as z from "zod/mini";
import { CodeField } from "../../components/forms/code-field.tsx";
import { TextField } from "../../components/forms/field.tsx";
import { Form, SubmitButton, setApiProblem, textProps, useApiForm } from "../../components/forms/form.tsx";
import { PasswordField } from "../../components/forms/password-field.tsx";
import { password, text } from "../../components/forms/schemas.ts";
import { Button } from "../../components/ui/button.tsx";
import { codeOf, reasonOf } from "../../lib/api/errors.ts";
import { askForPasskey, hasPasskeys } from "../../lib/api/passkeys.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { PasskeyButton } from "./passkey-button.tsx";
import type { Credentials } from "./use-sign-in.ts";

interface LoginFormProps {
  signIn: (credentials: Credentials) => Promise<void>;
  /** Email, if the user is known. */
  emailOf?: string;
}

/** Which second factors the user has. A recovery code always works. */
interface SecondFactor {
  code: boolean;
  passkey: boolean;
}

const secondFactorOf = (error: unknown): SecondFactor => ({
  code: reasonOf(error) !== "two_factor_passkey_required",
  passkey: reasonOf(error)?.includes("passkey") ?? false,
});

const withPassword = z.object({ email: text, password, code: z.string() });
const withCode = z.object({ email: text, password, code: text });

export function LoginForm({ signIn, emailOf }: LoginFormProps) {
  const t = useTexts("account");
  const [asked, setAsked] = useState<SecondFactor | null>(null);
  const isCodeAsked = asked !== null;
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
        setAsked(secondFactorOf(error));
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
            {asked.passkey && hasPasskeys() && (
              <PasskeyButton
                onError={(error) => setApiProblem(form, error)}
                act={async () => {
                  const { email, password: typed } = form.state.values;
                  await signIn({ email, password: typed, passkey: await askForPasskey() });
                }}
              />
            )}
            <form.Field name="code">
              {(field) => (
                <CodeField
                  {...textProps(field)}
                  label={asked.code ? t.account.code.label : t.account.code.recovery}
                  hint={asked.code ? t.account.code.hint : t.account.code.recoveryHint}
                />
              )}
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
            setAsked(null);
            form.setFieldValue("code", "");
          }}
        >
          {t.account.code.back}
        </Button>
      )}
    </Form>
  );
}
