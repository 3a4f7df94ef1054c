import { KeyRound, ScanEye } from "lucide-react";
import * as z from "zod/mini";
import { TextField } from "../../components/forms/field.tsx";
import { textProps, useApiForm } from "../../components/forms/form.tsx";
import { FormModal, useWhileOpen } from "../../components/forms/form-modal.tsx";
import { optionalText, text } from "../../components/forms/schemas.ts";
import { ManagementLink } from "../../components/management-key-power.tsx";
import { keyFieldOf } from "../../components/openrouter-key-field.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { useKeysChanged } from "../../lib/api/keys.ts";
import { trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { KeyDescription, KeyName } from "./key-fields.tsx";

const PREFIX = "sk-or-v1-";

const schema = z.object({ name: text, key: text.check(z.startsWith(PREFIX, "prefix")), description: optionalText });

export function AddKeyDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts("keys");
  const close = useWhileOpen(onClose);
  const announce = useAnnounce();
  const changed = useKeysChanged();
  const add = trpc.keys.add.useMutation();
  const form = useApiForm({
    defaultValues: { name: "", key: "", description: "" },
    schema,
    async send({ description, ...values }) {
      const { name } = await add.mutateAsync({ ...values, ...(description ? { description } : {}) });
      announce(t.keys.done.added({ name }));
      await changed();
      close();
    },
    fieldOf: keyFieldOf,
  });

  return (
    <FormModal
      form={form}
      needs="manageKeys"
      title={t.keys.form.addTitle}
      lead={t.keys.form.addLead}
      before={<KeyKinds />}
      submit={t.keys.form.submitAdd}
      onClose={onClose}
    >
      <form.Field name="name">{(field) => <KeyName field={field} />}</form.Field>
      <form.Field name="key">
        {(field) => (
          <TextField
            {...textProps(field)}
            label={t.keys.form.key}
            type="password"
            required
            maxLength={300}
            autoComplete="off"
            data-1p-ignore
            data-lpignore="true"
            spellCheck={false}
            className="font-mono"
            hint={`${t.keys.form.keyHint({ prefix: PREFIX })} ${t.keys.form.stored}`}
            errorTexts={{ prefix: t.keys.form.prefix({ prefix: PREFIX }) }}
          />
        )}
      </form.Field>
      <form.Field name="description">{(field) => <KeyDescription field={field} />}</form.Field>
    </FormModal>
  );
}

/** Explains what each kind of key can do, and what orwatch does with it. */
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
