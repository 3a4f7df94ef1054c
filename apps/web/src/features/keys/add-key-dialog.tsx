import { ExternalLink, KeyRound, ScanEye } from "lucide-react";
import { useState } from "react";
import { FormDialog } from "../../components/form-dialog.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { TextField } from "../../components/ui/field.tsx";
import { useWhileOpen } from "../../components/use-while-open.ts";
import { codeOf } from "../../lib/errors.ts";
import { MANAGEMENT_KEYS_URL } from "../../lib/links.ts";
import { text } from "../../lib/text/keys.ts";
import { trpc } from "../../lib/trpc.ts";
import { KeyFields } from "./key-fields.tsx";
import { useKeysChanged } from "./use-keys-changed.ts";

const words = text.keyForm;
const LABELS = { name: words.name, key: words.key, description: words.description };
const PREFIX = "sk-or-v1-";

/** What the server says about the key itself, and not about the form, belongs at the key. */
const fieldOf = (error: unknown) => (["BAD_REQUEST", "CONFLICT"].includes(codeOf(error) ?? "") ? "key" : null);

export function AddKeyDialog({ onClose }: { onClose: () => void }) {
  const close = useWhileOpen(onClose);
  const [values, setValues] = useState({ name: "", description: "" });
  const [key, setKey] = useState("");
  const announce = useAnnounce();
  const changed = useKeysChanged();
  const add = trpc.keys.add.useMutation({
    onSuccess: async (added) => {
      announce(text.keys.said.added(added.name));
      await changed();
      close();
    },
  });

  function check() {
    const problems: Record<string, string> = {};
    if (!values.name.trim()) problems.name = text.account.missing(LABELS.name);
    if (!key.trim()) problems.key = text.account.missing(LABELS.key);
    else if (!key.trim().startsWith(PREFIX)) problems.key = words.prefix;
    return problems;
  }

  const description = values.description.trim();
  return (
    <FormDialog
      title={words.addTitle}
      lead={words.addLead}
      before={<KeyKinds />}
      submit={words.submitAdd}
      labels={LABELS}
      call={add}
      fieldOf={fieldOf}
      check={check}
      onSubmit={() => add.mutate({ name: values.name, key, ...(description ? { description } : {}) })}
      onClose={onClose}
    >
      {(errors) => (
        <KeyFields values={values} errors={errors} onValues={setValues}>
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
        </KeyFields>
      )}
    </FormDialog>
  );
}

/** What each kind of key can do, and what we do with it, before one is pasted. */
function KeyKinds() {
  return (
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
          <a href={MANAGEMENT_KEYS_URL} target="_blank" rel="noreferrer" className="font-medium text-accent underline">
            {words.managementLink}
            <ExternalLink aria-hidden className="ml-1 inline size-3.5 align-[-2px]" />
          </a>
        </dd>
      </div>
    </dl>
  );
}
