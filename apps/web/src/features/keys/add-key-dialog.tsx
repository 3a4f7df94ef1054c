import { ExternalLink, KeyRound, ScanEye } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Modal } from "../../components/ui/dialog.tsx";
import { focusFirstError, TextArea, TextField } from "../../components/ui/field.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { codeOf, fieldErrorsOf, messageOf } from "../../lib/errors.ts";
import { MANAGEMENT_KEYS_URL } from "../../lib/links.ts";
import { text } from "../../lib/text/keys.ts";
import { trpc } from "../../lib/trpc.ts";
import { useKeysChanged } from "./use-keys-changed.ts";

const words = text.keyForm;
const LABELS = { name: words.name, key: words.key, description: words.description };
const PREFIX = "sk-or-v1-";

/** What the server says about the key itself, and not about the form, belongs at the key. */
function errorsOf(error: unknown): Record<string, string> {
  const found = fieldErrorsOf(error, LABELS);
  if (Object.keys(found).length > 0) return found;
  return ["BAD_REQUEST", "CONFLICT"].includes(codeOf(error) ?? "") ? { key: messageOf(error) } : {};
}

export function AddKeyDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const [key, setKey] = useState("");
  const [description, setDescription] = useState("");
  const [found, setFound] = useState<Record<string, string>>({});
  const form = useRef<HTMLFormElement>(null);
  const announce = useAnnounce();
  const changed = useKeysChanged();
  const add = trpc.keys.add.useMutation({
    onSuccess: async (added) => {
      announce(text.keys.said.added(added.name));
      await changed();
      onClose();
    },
    onError: () => focusFirstError(form.current),
  });
  const refused = errorsOf(add.error);
  const errors = { ...refused, ...found };

  function submit(event: FormEvent) {
    event.preventDefault();
    const problems: Record<string, string> = {};
    if (!name.trim()) problems.name = text.account.missing(LABELS.name);
    if (!key.trim()) problems.key = text.account.missing(LABELS.key);
    else if (!key.trim().startsWith(PREFIX)) problems.key = words.prefix;
    setFound(problems);
    if (Object.keys(problems).length > 0) return focusFirstError(form.current);
    add.mutate({ name, key, ...(description.trim() ? { description } : {}) });
  }

  return (
    <Modal title={words.addTitle} lead={words.addLead} onClose={onClose}>
      <dl className="grid gap-3 text-table sm:grid-cols-2">
        <div className="rounded-panel bg-sunken p-3">
          <dt className="flex items-center gap-1.5 font-medium">
            <KeyRound aria-hidden className="size-4 text-muted" />
            {words.inferenceTitle}
          </dt>
          <dd className="mt-1 text-muted">{words.inferenceBody}</dd>
        </div>
        <div className="rounded-panel bg-accent-soft p-3">
          <dt className="flex items-center gap-1.5 font-medium">
            <ScanEye aria-hidden className="size-4 text-accent" />
            {words.managementTitle}
          </dt>
          <dd className="mt-1">
            {words.managementBody}{" "}
            <a
              href={MANAGEMENT_KEYS_URL}
              target="_blank"
              rel="noreferrer"
              className="font-medium text-accent underline"
            >
              {words.managementLink}
              <ExternalLink aria-hidden className="ml-1 inline size-3.5 align-[-2px]" />
            </a>
          </dd>
        </div>
      </dl>
      <form ref={form} noValidate onSubmit={submit} className="flex flex-col gap-4">
        {add.error && Object.keys(refused).length === 0 && (
          <Notice tone="bad" role="alert">
            {messageOf(add.error)}
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
          error={errors.name}
        />
        <TextField
          label={LABELS.key}
          type="password"
          required
          maxLength={300}
          autoComplete="off"
          data-1p-ignore
          data-lpignore="true"
          spellCheck={false}
          className="font-mono"
          value={key}
          onChange={(event) => setKey(event.target.value)}
          error={errors.key}
          hint={`${words.keyHint}. ${words.stored}`}
        />
        <TextArea
          label={LABELS.description}
          note={words.optional}
          maxLength={500}
          rows={2}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
          error={errors.description}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{text.values.cancel}</Button>
          <Button type="submit" look="primary" busy={add.isPending}>
            {words.submitAdd}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
