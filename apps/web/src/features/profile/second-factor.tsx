import { ShieldAlert, ShieldCheck } from "lucide-react";
import { useState } from "react";
import { ConfirmDialog } from "../../components/forms/confirm-dialog.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { trpc } from "../../lib/api/trpc.ts";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { SecondFactorSetup } from "./second-factor-setup.tsx";

const FEW = 3;

export function SecondFactor({ email }: { email: string }) {
  const t = useTexts("profile");
  const format = useFormat();
  const { data: security } = trpc.auth.security.useQuery({});
  const [open, setOpen] = useState<"setup" | "renew" | "off" | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const utils = trpc.useUtils();
  const announce = useAnnounce();
  const close = () => setOpen(null);

  async function changed(said?: string) {
    if (said) announce(said);
    await Promise.all([utils.auth.security.invalidate(), utils.auth.sessions.invalidate(), utils.audit.invalidate()]);
  }

  if (!security) return null;
  const factor = security.second_factor;
  const hasPasskey = factor !== null && factor.passkeys > 0;
  return (
    <>
      <div className="flex items-start gap-2">
        {factor ? (
          <ShieldCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />
        ) : (
          <ShieldAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
        )}
        <div>
          <p>
            {factor?.enabled_at
              ? t.profile.twoFactor.on({
                  since: format.instant(factor.enabled_at),
                  with: factor.passkeys === 0 ? "code" : factor.has_authenticator ? "both" : "passkey",
                })
              : security.has_password
                ? t.profile.twoFactor.off
                : t.profile.twoFactor.offWithoutPassword}
          </p>
          {factor && (
            <p className="text-muted">
              {t.profile.twoFactor.codesLeft({ count: factor.recovery_codes_left })}
              {factor.recovery_codes_left <= FEW && `. ${t.profile.twoFactor.fewLeft}`}
            </p>
          )}
        </div>
      </div>
      <div className="flex flex-wrap gap-2">
        {factor && <Button onClick={() => setOpen("renew")}>{t.profile.twoFactor.renew}</Button>}
        {factor?.has_authenticator && (
          <Button onClick={() => setOpen("off")}>
            {hasPasskey ? t.profile.twoFactor.removeApp : t.profile.twoFactor.disable}
          </Button>
        )}
        {!factor?.has_authenticator && (
          <Button variant={factor ? "secondary" : "primary"} onClick={() => setOpen("setup")}>
            {factor ? t.profile.twoFactor.addApp : t.profile.twoFactor.enable}
          </Button>
        )}
      </div>
      {open === "setup" && (
        <SecondFactorSetup
          email={email}
          hasPassword={security.has_password}
          onClose={close}
          onDone={(made) => {
            close();
            setCodes(made);
            void changed(t.profile.twoFactor.enabled);
          }}
        />
      )}
      {open === "renew" && (
        <Renew
          onClose={close}
          onDone={(made) => {
            close();
            setCodes(made);
            void changed();
          }}
        />
      )}
      {open === "off" && (
        <SwitchOff
          hasPasskey={hasPasskey}
          hasPassword={security.has_password}
          onClose={close}
          onDone={() => {
            close();
            void changed(hasPasskey ? t.profile.twoFactor.appRemoved : t.profile.twoFactor.disabled);
          }}
        />
      )}
      {codes && <RecoveryCodes codes={codes} email={email} onClose={() => setCodes(null)} />}
    </>
  );
}

function Renew({ onClose, onDone }: { onClose: () => void; onDone: (codes: string[]) => void }) {
  const t = useTexts("profile");
  const renew = trpc.auth.renewRecoveryCodes.useMutation({ onSuccess: (made) => onDone(made.recovery_codes) });
  return (
    <ConfirmDialog
      title={t.profile.codes.renewTitle}
      body={t.profile.codes.renewLead}
      submit={t.profile.codes.renewSubmit}
      isBusy={renew.isPending}
      staysOpenWhileBusy
      error={renew.error}
      onConfirm={() => renew.mutate({})}
      onClose={onClose}
    />
  );
}

interface SwitchOffProps {
  /** Whether passkeys keep two-factor authentication on. */
  hasPasskey: boolean;
  hasPassword: boolean;
  onClose: () => void;
  onDone: () => void;
}

function SwitchOff({ hasPasskey, hasPassword, onClose, onDone }: SwitchOffProps) {
  const t = useTexts("profile");
  const disable = trpc.auth.disableSecondFactor.useMutation({ onSuccess: onDone });
  return (
    <ConfirmDialog
      isDanger
      title={hasPasskey ? t.profile.turnOff.appTitle : t.profile.turnOff.title}
      body={
        hasPasskey
          ? t.profile.turnOff.appLead
          : hasPassword
            ? t.profile.turnOff.lead
            : t.profile.turnOff.leadWithoutPassword
      }
      submit={hasPasskey ? t.profile.turnOff.appSubmit : t.profile.turnOff.submit}
      isBusy={disable.isPending}
      error={disable.error}
      onConfirm={() => disable.mutate({})}
      onClose={onClose}
    />
  );
}
