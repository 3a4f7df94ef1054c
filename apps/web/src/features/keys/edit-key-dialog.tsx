import { type FormEvent, useRef, useState } from "react";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Modal } from "../../components/ui/dialog.tsx";
import { focusFirstError, TextArea, TextField } from "../../components/ui/field.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { fieldErrorsOf, messageOf } from "../../lib/errors.ts";
import { text } from "../../lib/text/keys.ts";
import { type Key, trpc } from "../../lib/trpc.ts";
import { useKeysChanged } from "./use-keys-changed.ts";

const words = text.keyForm;
const LABELS = { name: words.name, description: words.description };

export function EditKeyDialog({ watched, onClose }: { watched: Key; onClose: () => void }) {
  const [name, setName] = useState(watched.name);
  const [description, setDescription] = useState(watched.description ?? "");
  const [isNameless, setNameless] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const announce = useAnnounce();
  const changed = useKeysChanged();
  const update = trpc.keys.update.useMutation({
    onSuccess: async (key) => {
      announce(text.keys.said.saved(key.name));
      await changed();
      onClose();
    },
    onError: () => focusFirstError(form.current),
  });
  const errors = fieldErrorsOf(update.error, LABELS);

  function submit(event: FormEvent) {
    event.preventDefault();
    setNameless(!name.trim());
    if (!name.trim()) return focusFirstError(form.current);
    update.mutate({ id: watched.id, name, description: description.trim() || null });
  }

  return (
    <Modal title={words.editTitle(watched.name)} onClose={onClose}>
      <form ref={form} noValidate onSubmit={submit} className="flex flex-col gap-4">
        {update.error && Object.keys(errors).length === 0 && (
          <Notice tone="bad" role="alert">
            {messageOf(update.error)}
          </Notice>
        )}
        <TextField
          data-autofocus
          label={LABELS.name}
          required
          maxLength={100}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={isNameless ? text.account.missing(LABELS.name) : errors.name}
        />
        <TextArea
          label={LABELS.description}
          note={words.optional}
          maxLength={500}
          rows={3}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
          error={errors.description}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{text.values.cancel}</Button>
          <Button type="submit" look="primary" busy={update.isPending}>
            {words.submitEdit}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
