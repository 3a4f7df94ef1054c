import { ShieldAlert, ShieldCheck } from "lucide-react";
import { useState } from "react";
import { FormDialog } from "../../components/form-dialog.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { useNow } from "../../components/ui/values.tsx";
import { formatInstant } from "../../lib/format.ts";
import { text } from "../../lib/text/security.ts";
import { useTimeZone } from "../../lib/time-zone.ts";
import { trpc } from "../../lib/trpc.ts";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { SecondFactorSetup } from "./second-factor-setup.tsx";

const words = text.factor;
const FEW = 3;
const nothingToCheck = () => ({});

export function SecondFactor({ email }: { email: string }) {
  const { data: security } = trpc.auth.security.useQuery({});
  const [open, setOpen] = useState<"setup" | "renew" | "off" | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const utils = trpc.useUtils();
  const now = useNow();
  const zone = useTimeZone();
  const announce = useAnnounce();
  const close = () => setOpen(null);

  async function changed(said?: string) {
    if (said) announce(said);
    await Promise.all([utils.auth.security.invalidate(), utils.auth.sessions.invalidate(), utils.audit.invalidate()]);
  }

  if (!security) return null;
  const factor = security.second_factor;
  return (
    <>
      <div className="flex items-start gap-2">
        {factor ? (
          <ShieldCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />
        ) : (
          <ShieldAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
        )}
        <div>
          <p>{factor?.enabled_at ? words.on(formatInstant(factor.enabled_at, now, zone)) : words.off}</p>
          {factor && (
            <p className="text-muted">
              {words.codesLeft(factor.recovery_codes_left)}
              {factor.recovery_codes_left <= FEW && `. ${words.fewLeft}`}
            </p>
          )}
        </div>
      </div>
      <div className="flex flex-wrap gap-2">
        {factor ? (
          <>
            <Button onClick={() => setOpen("renew")}>{words.renew}</Button>
            <Button onClick={() => setOpen("off")}>{words.end}</Button>
          </>
        ) : (
          <Button look="primary" onClick={() => setOpen("setup")}>
            {words.begin}
          </Button>
        )}
      </div>
      {open === "setup" && (
        <SecondFactorSetup
          email={email}
          onClose={close}
          onDone={(made) => {
            close();
            setCodes(made);
            void changed(words.began);
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
          onClose={close}
          onDone={() => {
            close();
            void changed(words.ended);
          }}
        />
      )}
      {codes && <RecoveryCodes codes={codes} email={email} onClose={() => setCodes(null)} />}
    </>
  );
}

function Renew({ onClose, onDone }: { onClose: () => void; onDone: (codes: string[]) => void }) {
  const renew = trpc.auth.renewRecoveryCodes.useMutation({ onSuccess: (made) => onDone(made.recovery_codes) });
  return (
    <FormDialog
      isAlert
      title={text.codes.renewTitle}
      lead={text.codes.renewLead}
      submit={text.codes.renewSubmit}
      labels={{}}
      call={renew}
      holds
      check={nothingToCheck}
      onSubmit={() => renew.mutate({})}
      onClose={onClose}
    >
      {() => null}
    </FormDialog>
  );
}

function SwitchOff({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const disable = trpc.auth.disableSecondFactor.useMutation({ onSuccess: onDone });
  return (
    <FormDialog
      isAlert
      title={text.off.title}
      lead={text.off.lead}
      submit={text.off.submit}
      look="danger"
      labels={{}}
      call={disable}
      check={nothingToCheck}
      onSubmit={() => disable.mutate({})}
      onClose={onClose}
    >
      {() => null}
    </FormDialog>
  );
}
