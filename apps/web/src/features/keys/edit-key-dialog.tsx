import * as z from "zod/mini";
import { changedFields, useApiForm } from "../../components/forms/form.tsx";
import { FormModal, useWhileOpen } from "../../components/forms/form-modal.tsx";
import { optionalText, text } from "../../components/forms/schemas.ts";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { useKeysChanged } from "../../lib/api/keys.ts";
import { type Key, trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { KeyDescription, KeyName } from "./key-fields.tsx";

const schema = z.object({ name: text, description: optionalText });

export function EditKeyDialog({ watched, onClose }: { watched: Key; onClose: () => void }) {
  const t = useTexts("keys");
  const close = useWhileOpen(onClose);
  const announce = useAnnounce();
  const changed = useKeysChanged();
  // Reload the list after any error, because it may be outdated.
  const update = trpc.keys.update.useMutation({ onError: () => void changed() });
  const form = useApiForm({
    defaultValues: { name: watched.name, description: watched.description ?? "" },
    schema,
    async send(values) {
      const { id, name, description } = watched;
      const change = changedFields({ name, description }, { ...values, description: values.description || null });
      if (!change) return onClose();
      const saved = await update.mutateAsync({ id, ...change });
      announce(t.keys.done.saved({ name: saved.name }));
      await changed();
      close();
    },
  });

  return (
    <FormModal
      form={form}
      needs="manageKeys"
      title={t.keys.form.editTitle({ name: watched.name })}
      submit={t.keys.form.submitEdit}
      deletedText={t.keys.gone.edit({ name: watched.name })}
      onClose={onClose}
    >
      <form.Field name="name">{(field) => <KeyName field={field} />}</form.Field>
      <form.Field name="description">{(field) => <KeyDescription field={field} />}</form.Field>
    </FormModal>
  );
}
