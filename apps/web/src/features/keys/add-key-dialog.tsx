import { KeyRound, ScanEye } from "lucide-react";
import { useState } from "react";
import { TextField } from "../../components/forms/field.tsx";
import { FormDialog, useWhileOpen } from "../../components/forms/form-dialog.tsx";
import { ManagementLink } from "../../components/management-link.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { codeOf } from "../../lib/api/errors.ts";
import { useKeysChanged } from "../../lib/api/keys.ts";
import { trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { KeyFields } from "./key-fields.tsx";

const PREFIX = "sk-or-v1-";

/** What the server says about the key itself, and not about the form, belongs at the key. */
const fieldOf = (error: unknown) => (["BAD_REQUEST", "CONFLICT"].includes(codeOf(error) ?? "") ? "key" : null);

export function AddKeyDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts("keys");
  const labels = { name: t.keys.form.name, key: t.keys.form.key, description: t.keys.form.description };
  const close = useWhileOpen(onClose);
  const [values, setValues] = useState({ name: "", description: "" });
  const [key, setKey] = useState("");
  const announce = useAnnounce();
  const changed = useKeysChanged();
  const add = trpc.keys.add.useMutation({
    onSuccess: async (added) => {
      announce(t.keys.done.added({ name: added.name }));
      await changed();
      close();
    },
  });

  function check() {
    const problems: Record<string, string> = {};
    if (!values.name.trim()) problems.name = t.common.required({ field: labels.name });
    if (!key.trim()) problems.key = t.common.required({ field: labels.key });
    else if (!key.trim().startsWith(PREFIX)) problems.key = t.keys.form.prefix({ prefix: PREFIX });
    return problems;
  }

  const description = values.description.trim();
  return (
    <FormDialog
      title={t.keys.form.addTitle}
      lead={t.keys.form.addLead}
      before={<KeyKinds />}
      submit={t.keys.form.submitAdd}
      labels={labels}
      call={add}
      fieldOf={fieldOf}
      check={check}
      onSubmit={() => add.mutate({ name: values.name, key, ...(description ? { description } : {}) })}
      onClose={onClose}
    >
      {(errors) => (
        <KeyFields values={values} errors={errors} onValues={setValues}>
          <TextField
            label={labels.key}
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
            hint={`${t.keys.form.keyHint({ prefix: PREFIX })} ${t.keys.form.stored}`}
          />
        </KeyFields>
      )}
    </FormDialog>
  );
}

/** What each kind of key can do, and what we do with it, before one is pasted. */
function KeyKinds() {
  const t = useTexts("keys");
  return (
    <dl className="grid gap-3 text-table sm:grid-cols-2">
      <div className="rounded-panel bg-sunken p-3">
        <dt className="flex items-center gap-1.5 font-medium">
          <KeyRound aria-hidden className="size-4 text-muted" />
          {t.keys.form.inferenceTitle}
        </dt>
        <dd className="mt-1 text-muted">{t.keys.form.inferenceBody}</dd>
      </div>
      <div className="rounded-panel bg-accent-soft p-3">
        <dt className="flex items-center gap-1.5 font-medium">
          <ScanEye aria-hidden className="size-4 text-accent" />
          {t.keys.form.managementTitle}
        </dt>
        <dd className="mt-1">
          {t.keys.form.managementBody} <ManagementLink>{t.keys.form.managementLink}</ManagementLink>
        </dd>
      </div>
    </dl>
  );
}
