import { useState } from "react";
import { FormDialog } from "../../components/form-dialog.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { useWhileOpen } from "../../components/use-while-open.ts";
import { changedFields } from "../../lib/changed-fields.ts";
import { text } from "../../lib/text/keys.ts";
import { type Key, trpc } from "../../lib/trpc.ts";
import { KeyFields } from "./key-fields.tsx";
import { useKeysChanged } from "./use-keys-changed.ts";

const words = text.keyForm;
const LABELS = { name: words.name, description: words.description };

export function EditKeyDialog({ watched, onClose }: { watched: Key; onClose: () => void }) {
  const close = useWhileOpen(onClose);
  const [values, setValues] = useState({ name: watched.name, description: watched.description ?? "" });
  const announce = useAnnounce();
  const changed = useKeysChanged();
  const update = trpc.keys.update.useMutation({
    onSuccess: async (key) => {
      announce(text.keys.said.saved(key.name));
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
      title={words.editTitle(watched.name)}
      submit={words.submitEdit}
      labels={LABELS}
      call={update}
      gone={text.keyGone.edit(watched.name)}
      check={() => (values.name.trim() ? {} : { name: text.account.missing(LABELS.name) })}
      onSubmit={send}
      onClose={onClose}
    >
      {(errors) => <KeyFields values={values} errors={errors} onValues={setValues} />}
    </FormDialog>
  );
}
