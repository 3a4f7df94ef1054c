import { useState } from "react";
import * as z from "zod/mini";
import { CodeField } from "../../components/forms/code-field.tsx";
import { setApiProblem, textProps, useApiForm } from "../../components/forms/form.tsx";
import { FormModal } from "../../components/forms/form-modal.tsx";
import { PasswordField } from "../../components/forms/password-field.tsx";
import { password, text } from "../../components/forms/schemas.ts";
import { Modal } from "../../components/overlays/dialog.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { codeOf, messageOf, reasonOf } from "../../lib/api/errors.ts";
import { confirmWithPasskey, hasPasskeys } from "../../lib/api/passkeys.ts";
import { trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { PasskeyButton } from "./passkey-button.tsx";
import { ProviderTab } from "./provider-tab.tsx";

interface ConfirmAgainProps {
  email: string;
  onAnswer: (isConfirmed: boolean) => void;
}

const withPassword = z.object({ password, code: z.string() });
const withCode = z.object({ password, code: text });

/** Dialog over a form whose mutation requires a confirmed identity. The form keeps its values and is sent afterwards. */
export function ConfirmAgain({ email, onAnswer }: ConfirmAgainProps) {
  const { data: security } = trpc.auth.security.useQuery({});
  if (!security) return null;
  return security.has_password ? (
    <WithPassword email={email} onAnswer={onAnswer} />
  ) : (
    <WithoutPassword passkeys={security.second_factor?.passkeys ?? 0} onAnswer={onAnswer} />
  );
}

/** For users without a password: at the sign-in provider, in a new tab, or with a passkey. */
function WithoutPassword({ passkeys, onAnswer }: Pick<ConfirmAgainProps, "onAnswer"> & { passkeys: number }) {
  const t = useTexts("access");
  const utils = trpc.useUtils();
  const { data: settings } = trpc.auth.settings.useQuery();
  const [error, setError] = useState<unknown>(null);
  const provider = settings?.oidc;
  const canUsePasskey = passkeys > 0 && hasPasskeys();
  function goOn() {
    void utils.auth.security.invalidate();
    onAnswer(true);
  }
  if (!settings) return null;
  return (
    <Modal
      isAlert
      title={t.access.confirm.title}
      lead={provider ? t.access.provider.confirmLead(provider) : canUsePasskey ? undefined : t.access.provider.gone}
      onClose={() => onAnswer(false)}
    >
      {provider && <ProviderTab name={provider.name} purpose="confirm" onDone={goOn} />}
      {Boolean(error) && (
        <Notice tone="bad" role="alert">
          {messageOf(error)}
        </Notice>
      )}
      {canUsePasskey && (
        <div>
          <PasskeyButton
            onError={setError}
            act={async () => {
              await confirmWithPasskey();
              goOn();
            }}
          />
        </div>
      )}
    </Modal>
  );
}

function WithPassword({ email, onAnswer }: ConfirmAgainProps) {
  const t = useTexts("account", "access");
  const utils = trpc.useUtils();
  const { data: security } = trpc.auth.security.useQuery({});
  const factor = security?.second_factor;
  const isCodeAsked = factor !== null;
  const confirm = trpc.auth.reauthenticate.useMutation();
  const form = useApiForm({
    defaultValues: { password: "", code: "" },
    schema: isCodeAsked ? withCode : withPassword,
    async send(values) {
      await confirm.mutateAsync(isCodeAsked ? values : { password: values.password });
      confirmed();
    },
    fieldOf: (error) =>
      codeOf(error) !== "BAD_REQUEST" ? null : reasonOf(error)?.startsWith("password") ? "password" : "code",
  });

  function confirmed() {
    void utils.auth.security.invalidate();
    onAnswer(true);
  }

  return (
    <FormModal
      form={form}
      isAlert
      title={t.access.confirm.title}
      lead={isCodeAsked ? t.access.confirm.lead : t.access.confirm.leadPassword}
      before={
        factor &&
        factor.passkeys > 0 &&
        hasPasskeys() && (
          <PasskeyButton
            onError={(error) => setApiProblem(form, error)}
            act={async () => {
              await confirmWithPasskey();
              confirmed();
            }}
          />
        )
      }
      submit={t.access.confirm.submit}
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
      {isCodeAsked && (
        <form.Field name="code">
          {(field) => (
            <CodeField
              {...textProps(field)}
              label={factor?.has_authenticator === false ? t.account.code.recovery : t.account.code.label}
              hint={factor?.has_authenticator === false ? t.account.code.recoveryHint : t.account.code.hint}
            />
          )}
        </form.Field>
      )}
    </FormModal>
  );
}
