import * as z from "zod/mini";
import { CodeField } from "../../components/forms/code-field.tsx";
import { textProps, useApiForm } from "../../components/forms/form.tsx";
import { FormModal } from "../../components/forms/form-modal.tsx";
import { PasswordField } from "../../components/forms/password-field.tsx";
import { password, text } from "../../components/forms/schemas.ts";
import { QrCode } from "../../components/qr-code.tsx";
import { CopyButton } from "../../components/ui/copy-button.tsx";
import { codeOf } from "../../lib/api/errors.ts";
import { trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";

interface SetupProps {
  email: string;
  hasPassword: boolean;
  onClose: () => void;
  onDone: (recoveryCodes: string[]) => void;
}

/** Setup of two-factor authentication: password, then secret and first code. */
export function SecondFactorSetup({ email, hasPassword, onClose, onDone }: SetupProps) {
  const begin = trpc.auth.beginSecondFactor.useMutation();
  return begin.data ? (
    <FirstCode begun={begin.data} onClose={onClose} onDone={onDone} />
  ) : (
    <PasswordStep email={email} hasPassword={hasPassword} send={begin.mutateAsync} onClose={onClose} />
  );
}

const schemaWithPassword = z.object({ password });
const schemaWithout = z.object({ password: z.string() });

interface PasswordStepProps {
  email: string;
  hasPassword: boolean;
  send: (values: { password?: string }) => Promise<unknown>;
  onClose: () => void;
}

/** Users without a password confirm their identity in another way when they continue. */
function PasswordStep({ email, hasPassword, send, onClose }: PasswordStepProps) {
  const t = useTexts("account", "profile");
  const form = useApiForm({
    defaultValues: { password: "" },
    schema: hasPassword ? schemaWithPassword : schemaWithout,
    send: (values) => send(hasPassword ? values : {}),
    fieldOf: (error) => (codeOf(error) === "BAD_REQUEST" ? "password" : null),
  });
  return (
    <FormModal
      form={form}
      title={t.profile.setup.title}
      lead={hasPassword ? t.profile.setup.passwordLead : t.profile.setup.appLead}
      submit={t.profile.setup.next}
      onClose={onClose}
    >
      {hasPassword && (
        <>
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
        </>
      )}
    </FormModal>
  );
}

const codeSchema = z.object({ code: text });

function FirstCode({
  begun,
  onClose,
  onDone,
}: { begun: { secret: string; uri: string } } & Pick<SetupProps, "onClose" | "onDone">) {
  const t = useTexts("account", "profile");
  const enable = trpc.auth.enableSecondFactor.useMutation({ onSuccess: (made) => onDone(made.recovery_codes) });
  const form = useApiForm({
    defaultValues: { code: "" },
    schema: codeSchema,
    send: (values) => enable.mutateAsync(values),
    fieldOf: (error) => (codeOf(error) === "BAD_REQUEST" ? "code" : null),
  });
  return (
    <FormModal
      form={form}
      isAlert
      title={t.profile.setup.title}
      lead={t.profile.setup.scanLead}
      before={
        <div className="flex flex-wrap items-center gap-4">
          <QrCode value={begun.uri} label={t.profile.setup.qr} />
          <div className="flex min-w-0 flex-1 basis-48 flex-col gap-2">
            <p className="font-medium">{t.profile.setup.secret}</p>
            <code className="rounded-control bg-sunken px-2 py-1 font-mono text-table break-all select-all">
              {begun.secret.replace(/(.{4})(?=.)/g, "$1 ")}
            </code>
            <div>
              <CopyButton value={begun.secret} what={t.profile.setup.secret} />
            </div>
          </div>
        </div>
      }
      submit={t.profile.setup.submit}
      staysOpenWhileBusy
      onClose={onClose}
    >
      <form.Field name="code">
        {(field) => <CodeField {...textProps(field)} data-autofocus label={t.account.code.label} />}
      </form.Field>
    </FormModal>
  );
}
