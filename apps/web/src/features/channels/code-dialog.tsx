import * as z from "zod/mini";
import { TextField } from "../../components/forms/field.tsx";
import { textProps, useApiForm } from "../../components/forms/form.tsx";
import { FormModal, useWhileOpen } from "../../components/forms/form-modal.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { codeOf, messageOf } from "../../lib/api/errors.ts";
import { type Channel, trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";

const schema = z.object({ code: z.string().check(z.trim(), z.regex(/^\d{6}$/, "digits")) });

/** The code that was sent to a new email address. */
export function CodeDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const t = useTexts("channels");
  const close = useWhileOpen(onClose);
  const { id, name, target } = channel;
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const confirm = trpc.channels.confirm.useMutation();
  const again = trpc.channels.sendCode.useMutation({
    onSuccess: () => announce(t.channels.code.sentAgain),
    onError: (error) => announce(messageOf(error), "bad"),
  });
  const form = useApiForm({
    defaultValues: { code: "" },
    schema,
    async send({ code }) {
      await confirm.mutateAsync({ id, code });
      announce(t.channels.done.confirmed({ name }));
      await utils.channels.list.invalidate();
      close();
    },
    fieldOf: (error) => (codeOf(error) === "BAD_REQUEST" ? "code" : null),
  });

  return (
    <FormModal
      form={form}
      needs="manageKeys"
      title={t.channels.code.title({ address: target })}
      lead={t.channels.code.lead}
      submit={t.channels.code.submit}
      deletedText={t.channels.gone({ name })}
      onClose={onClose}
    >
      <form.Field name="code">
        {(field) => (
          <TextField
            {...textProps(field)}
            data-autofocus
            label={t.channels.code.label}
            required
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            errorTexts={{ digits: t.channels.code.bad }}
          />
        )}
      </form.Field>
      <div>
        <Button busy={again.isPending} onClick={() => again.mutate({ id })}>
          {t.channels.code.again}
        </Button>
      </div>
    </FormModal>
  );
}
