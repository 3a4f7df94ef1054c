import { KeyRound } from "lucide-react";
import { useState } from "react";
import * as z from "zod/mini";
import { ConfirmDialog } from "../../components/forms/confirm-dialog.tsx";
import { TextField } from "../../components/forms/field.tsx";
import { textProps, useApiForm } from "../../components/forms/form.tsx";
import { FormModal } from "../../components/forms/form-modal.tsx";
import { text } from "../../components/forms/schemas.ts";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { Ago } from "../../components/ui/values.tsx";
import { codeOf, messageOf } from "../../lib/api/errors.ts";
import { createPasskey, hasPasskeys } from "../../lib/api/passkeys.ts";
import { type Passkey, trpc } from "../../lib/api/trpc.ts";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";
import { RecoveryCodes } from "./recovery-codes.tsx";

export function Passkeys({ email }: { email: string }) {
  const t = useTexts("profile");
  const { data: passkeys = [] } = trpc.passkeys.list.useQuery({});
  const [codes, setCodes] = useState<string[] | null>(null);
  const changed = useChanged();
  return (
    <>
      <p className="max-w-prose text-muted">{t.profile.passkeys.lead}</p>
      {passkeys.length > 0 && (
        <ul className="divide-y divide-line">
          {passkeys.map((passkey) => (
            <Row key={passkey.id} passkey={passkey} isLast={passkeys.length === 1} />
          ))}
        </ul>
      )}
      <Add
        onAdded={(made) => {
          if (made.length > 0) setCodes(made);
          void changed(t.profile.passkeys.added);
        }}
      />
      {codes && <RecoveryCodes codes={codes} email={email} onClose={() => setCodes(null)} />}
    </>
  );
}

/** Announces a change and loads what it has changed on this page. */
function useChanged() {
  const utils = trpc.useUtils();
  const announce = useAnnounce();
  return async (said: string) => {
    announce(said);
    await Promise.all([
      utils.passkeys.list.invalidate(),
      utils.auth.security.invalidate(),
      utils.auth.sessions.invalidate(),
      utils.audit.invalidate(),
    ]);
  };
}

function Add({ onAdded }: { onAdded: (recoveryCodes: string[]) => void }) {
  const t = useTexts("profile");
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  if (!hasPasskeys()) return <p className="text-muted">{t.profile.passkeys.unavailable}</p>;

  async function add() {
    setBusy(true);
    setError(null);
    try {
      onAdded((await createPasskey()).recovery_codes);
    } catch (reason) {
      // The user has cancelled the confirmation of their identity.
      if (codeOf(reason) !== "REAUTHENTICATE") setError(reason);
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      {Boolean(error) && (
        <Notice tone="bad" role="alert">
          {messageOf(error)}
        </Notice>
      )}
      <div>
        <Button busy={isBusy} onClick={() => void add()}>
          {!isBusy && <KeyRound aria-hidden className="size-4 text-muted" />}
          {t.profile.passkeys.add}
        </Button>
      </div>
    </>
  );
}

function Row({ passkey, isLast }: { passkey: Passkey; isLast: boolean }) {
  const t = useTexts("profile");
  const format = useFormat();
  const [open, setOpen] = useState<"rename" | "remove" | null>(null);
  const { name, host } = passkey;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2.5">
      <div className="min-w-0">
        <p className="font-medium break-words">{name}</p>
        <p className="text-table text-muted">
          {t.profile.passkeys.since({ instant: format.instant(passkey.created_at) })};{" "}
          {passkey.last_used_at ? (
            <>
              {t.profile.passkeys.used} <Ago instant={passkey.last_used_at} />
            </>
          ) : (
            t.profile.passkeys.neverUsed
          )}
          {host !== window.location.hostname && ` · ${t.profile.passkeys.elsewhere({ host })}`}
        </p>
      </div>
      <div className="flex gap-2">
        <Button aria-label={t.profile.passkeys.renameOne({ name })} onClick={() => setOpen("rename")}>
          {t.profile.passkeys.rename}
        </Button>
        <Button aria-label={t.profile.passkeys.removeOne({ name })} onClick={() => setOpen("remove")}>
          {t.profile.passkeys.remove}
        </Button>
      </div>
      {open === "rename" && <Rename passkey={passkey} onClose={() => setOpen(null)} />}
      {open === "remove" && <Remove passkey={passkey} isLast={isLast} onClose={() => setOpen(null)} />}
    </li>
  );
}

const schema = z.object({ name: text });

function Rename({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const t = useTexts("profile");
  const changed = useChanged();
  const rename = trpc.passkeys.rename.useMutation();
  const form = useApiForm({
    defaultValues: { name: passkey.name },
    schema,
    async send({ name }) {
      await rename.mutateAsync({ id: passkey.id, name });
      onClose();
      void changed(t.profile.passkeys.renamed);
    },
  });
  return (
    <FormModal form={form} title={t.profile.passkeys.renameTitle} submit={t.profile.passkeys.save} onClose={onClose}>
      <form.Field name="name">
        {(field) => (
          <TextField {...textProps(field)} data-autofocus label={t.profile.passkeys.name} required maxLength={100} />
        )}
      </form.Field>
    </FormModal>
  );
}

function Remove({ passkey, isLast, onClose }: { passkey: Passkey; isLast: boolean; onClose: () => void }) {
  const t = useTexts("profile");
  const changed = useChanged();
  const { data: security } = trpc.auth.security.useQuery({});
  const turnsOff = isLast && security?.second_factor?.has_authenticator === false;
  const { removeLead, removeLast, removeLastWithoutPassword } = t.profile.passkeys;
  const remove = trpc.passkeys.remove.useMutation({
    onSuccess() {
      onClose();
      void changed(t.profile.passkeys.removed);
    },
  });
  return (
    <ConfirmDialog
      isDanger
      title={t.profile.passkeys.removeTitle({ name: passkey.name })}
      body={!turnsOff ? removeLead : security?.has_password ? removeLast : removeLastWithoutPassword}
      submit={t.profile.passkeys.remove}
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ id: passkey.id })}
      onClose={onClose}
    />
  );
}
