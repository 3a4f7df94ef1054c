import { useState } from "react";
import { FormDialog } from "../../components/form-dialog.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { TextField } from "../../components/ui/field.tsx";
import { useWhileOpen } from "../../components/use-while-open.ts";
import { codeOf, messageOf } from "../../lib/errors.ts";
import { text } from "../../lib/text/channels.ts";
import { type Channel, trpc } from "../../lib/trpc.ts";

const words = text.code;
const LABELS = { code: words.label };

/** The code that was sent to a new e-mail address. */
export function CodeDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const close = useWhileOpen(onClose);
  const { id, name, target } = channel;
  const [code, setCode] = useState("");
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const confirm = trpc.channels.confirm.useMutation({
    onSuccess: async () => {
      announce(text.channels.said.confirmed(name));
      await utils.channels.list.invalidate();
      close();
    },
  });
  const again = trpc.channels.sendCode.useMutation({
    onSuccess: () => announce(words.sentAgain),
    onError: (error) => announce(messageOf(error), "bad"),
  });

  return (
    <FormDialog
      title={words.title(target)}
      lead={words.lead}
      submit={words.submit}
      labels={LABELS}
      call={confirm}
      gone={text.channels.gone(name)}
      fieldOf={(error) => (codeOf(error) === "BAD_REQUEST" ? "code" : null)}
      check={() => (/^\d{6}$/.test(code.trim()) ? {} : { code: words.bad })}
      onSubmit={() => confirm.mutate({ id, code })}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <TextField
            data-autofocus
            label={words.label}
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
              {words.again}
            </Button>
          </div>
        </>
      )}
    </FormDialog>
  );
}
