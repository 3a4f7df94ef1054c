import { useState } from "react";
import { TextField } from "../../components/forms/field.tsx";
import { FormDialog, useWhileOpen } from "../../components/forms/form-dialog.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { codeOf, messageOf } from "../../lib/api/errors.ts";
import { type Channel, trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";

/** The code that was sent to a new e-mail address. */
export function CodeDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const t = useTexts("channels");
  const close = useWhileOpen(onClose);
  const { id, name, target } = channel;
  const [code, setCode] = useState("");
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const confirm = trpc.channels.confirm.useMutation({
    onSuccess: async () => {
      announce(t.channels.done.confirmed({ name }));
      await utils.channels.list.invalidate();
      close();
    },
  });
  const again = trpc.channels.sendCode.useMutation({
    onSuccess: () => announce(t.channels.code.sentAgain),
    onError: (error) => announce(messageOf(error), "bad"),
  });

  return (
    <FormDialog
      title={t.channels.code.title({ address: target })}
      lead={t.channels.code.lead}
      submit={t.channels.code.submit}
      labels={{ code: t.channels.code.label }}
      call={confirm}
      gone={t.channels.gone({ name })}
      fieldOf={(error) => (codeOf(error) === "BAD_REQUEST" ? "code" : null)}
      check={() => (/^\d{6}$/.test(code.trim()) ? {} : { code: t.channels.code.bad })}
      onSubmit={() => confirm.mutate({ id, code })}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <TextField
            data-autofocus
            label={t.channels.code.label}
            required
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            value={code}
            onChange={(event) => setCode(event.target.value)}
            error={errors.code}
          />
          <div>
            <Button busy={again.isPending} onClick={() => again.mutate({ id })}>
              {t.channels.code.again}
            </Button>
          </div>
        </>
      )}
    </FormDialog>
  );
}
