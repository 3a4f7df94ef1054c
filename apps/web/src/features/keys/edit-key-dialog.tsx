import { useState } from "react";
import { changedFields } from "../../components/forms/changed-fields.ts";
import { FormDialog, useWhileOpen } from "../../components/forms/form-dialog.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { useKeysChanged } from "../../lib/api/keys.ts";
import { type Key, trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { KeyFields } from "./key-fields.tsx";

export function EditKeyDialog({ watched, onClose }: { watched: Key; onClose: () => void }) {
  const t = useTexts("keys");
  const labels = { name: t.keys.form.name, description: t.keys.form.description };
  const close = useWhileOpen(onClose);
  const [values, setValues] = useState({ name: watched.name, description: watched.description ?? "" });
  const announce = useAnnounce();
  const changed = useKeysChanged();
  const update = trpc.keys.update.useMutation({
    onSuccess: async (key) => {
      announce(t.keys.done.saved({ name: key.name }));
      await changed();
      close();
    },
    // Whatever was refused, the list may be older than that.
    onError: () => void changed(),
  });

  function send() {
    const { name, description } = watched;
    const now = { name: values.name.trim(), description: values.description.trim() || null };
    const change = changedFields({ name, description }, now);
    if (change) update.mutate({ id: watched.id, ...change });
    else onClose();
  }

  return (
    <FormDialog
      title={t.keys.form.editTitle({ name: watched.name })}
      submit={t.keys.form.submitEdit}
      labels={labels}
      call={update}
      gone={t.keys.gone.edit({ name: watched.name })}
      check={() => (values.name.trim() ? {} : { name: t.common.required({ field: labels.name }) })}
      onSubmit={send}
      onClose={onClose}
    >
      {(errors) => <KeyFields values={values} errors={errors} onValues={setValues} />}
    </FormDialog>
  );
}
