import { Link } from "@tanstack/react-router";
import { useState } from "react";
import * as z from "zod/mini";
import { AccountFrame, textLink } from "../../components/account-frame.tsx";
import { CodeField } from "../../components/forms/code-field.tsx";
import { TextField } from "../../components/forms/field.tsx";
import { Form, SubmitButton, setApiProblem, textProps, useApiForm } from "../../components/forms/form.tsx";
import { PasswordField } from "../../components/forms/password-field.tsx";
import { password, text } from "../../components/forms/schemas.ts";
import { Notice } from "../../components/ui/notice.tsx";
import { authApi } from "../../lib/api/auth-api.ts";
import { codeOf, reasonOf } from "../../lib/api/errors.ts";
import { askForPasskey, hasPasskeys } from "../../lib/api/passkeys.ts";
import { useSay, useTexts } from "../../lib/i18n/i18n.ts";
import { PasskeyButton } from "./passkey-button.tsx";
import { useContinue } from "./use-sign-in.ts";

export type PendingSignIn = Awaited<ReturnType<typeof authApi.pendingSignIn>>;

/** After the sign-in provider has identified someone: asks for the password of the user with the same address, or for the two-factor code. */
export function ContinuePage({ pending }: { pending: PendingSignIn }) {
  const t = useTexts("access");
  const say = useSay();
  const { passwordLead, codeLead, finishTitle, toLogin } = t.access.provider;
  const lead = pending && (pending.needs === "password" ? passwordLead(pending) : codeLead(pending));
  return (
    <AccountFrame title={finishTitle} lead={lead ?? ""}>
      {pending ? (
        <FinishForm pending={pending} />
      ) : (
        <Notice tone="warn">{say({ code: "oidc_state_invalid", params: {} })}</Notice>
      )}
      <p>
        <Link to="/login" className={textLink}>
          {toLogin}
        </Link>
      </p>
    </AccountFrame>
  );
}

const schemas = {
  password: z.object({ password, code: z.string() }),
  code: z.object({ password: z.string(), code: text }),
  both: z.object({ password, code: text }),
};

function FinishForm({ pending }: { pending: NonNullable<PendingSignIn> }) {
  const t = useTexts("account", "access");
  const goOn = useContinue(pending.redirect);
  const isPasswordAsked = pending.needs === "password";
  const [isCodeAsked, setCodeAsked] = useState(!isPasswordAsked);
  const form = useApiForm({
    defaultValues: { password: "", code: "" },
    schema: schemas[isPasswordAsked ? (isCodeAsked ? "both" : "password") : "code"],
    async send(values) {
      try {
        await authApi.finishSignIn({
          ...(isPasswordAsked ? { password: values.password } : {}),
          ...(isCodeAsked ? { code: values.code } : {}),
        });
        await goOn();
      } catch (error) {
        // Only the code is missing; the password is kept.
        if (codeOf(error) !== "SECOND_FACTOR_REQUIRED") throw error;
        setCodeAsked(true);
      }
    },
    fieldOf: (error) => {
      const reason = reasonOf(error);
      return reason?.startsWith("password") ? "password" : reason?.startsWith("two_factor") ? "code" : null;
    },
  });
  return (
    <Form form={form}>
      {isPasswordAsked && (
        <>
          <TextField
            label={t.account.email}
            type="email"
            name="email"
            value={pending.email}
            readOnly
            autoComplete="username"
          />
          <form.Field name="password">
            {(field) => (
              <PasswordField {...textProps(field)} label={t.account.password} autoComplete="current-password" />
            )}
          </form.Field>
        </>
      )}
      {isCodeAsked && pending.has_passkeys && hasPasskeys() && (
        <PasskeyButton
          onError={(error) => setApiProblem(form, error)}
          act={async () => {
            const typed = form.state.values.password;
            await authApi.finishSignIn({
              ...(isPasswordAsked ? { password: typed } : {}),
              passkey: await askForPasskey(),
            });
            await goOn();
          }}
        />
      )}
      {isCodeAsked && (
        <form.Field name="code">
          {(field) => <CodeField {...textProps(field)} label={t.account.code.label} hint={t.account.code.hint} />}
        </form.Field>
      )}
      <SubmitButton form={form}>
        {isPasswordAsked ? t.access.provider.connect(pending) : t.access.provider.finish}
      </SubmitButton>
    </Form>
  );
}
