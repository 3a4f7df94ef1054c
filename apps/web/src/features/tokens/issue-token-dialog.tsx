import { useState } from "react";
import * as z from "zod/mini";
import { TextField } from "../../components/forms/field.tsx";
import { textProps, useApiForm } from "../../components/forms/form.tsx";
import { FormModal } from "../../components/forms/form-modal.tsx";
import { text } from "../../components/forms/schemas.ts";
import { ShownOnce } from "../../components/forms/shown-once.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { type IssuedToken, trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";

export function IssueTokenDialog({ onClose }: { onClose: () => void }) {
  const [issued, setIssued] = useState<IssuedToken | null>(null);
  return issued ? <ShowToken issued={issued} onClose={onClose} /> : <NameForm onIssued={setIssued} onClose={onClose} />;
}

const schema = z.object({ name: text });

function NameForm({ onIssued, onClose }: { onIssued: (token: IssuedToken) => void; onClose: () => void }) {
  const t = useTexts("tokens");
  const utils = trpc.useUtils();
  const issue = trpc.tokens.issue.useMutation();
  const form = useApiForm({
    defaultValues: { name: "" },
    schema,
    async send(values) {
      onIssued(await issue.mutateAsync(values));
      await utils.tokens.invalidate();
    },
  });

  return (
    <FormModal
      form={form}
      needs="manageKeys"
      title={t.tokens.form.title}
      lead={t.tokens.form.lead}
      submit={t.tokens.form.submit}
      staysOpenWhileBusy
      onClose={onClose}
    >
      <form.Field name="name">
        {(field) => (
          <TextField
            {...textProps(field)}
            data-autofocus
            label={t.tokens.form.name}
            required
            dir="auto"
            maxLength={100}
            autoComplete="off"
            hint={t.tokens.form.hint}
          />
        )}
      </form.Field>
    </FormModal>
  );
}

function ShowToken({ issued, onClose }: { issued: IssuedToken; onClose: () => void }) {
  const t = useTexts("tokens");
  const announce = useAnnounce();
  return (
    <ShownOnce
      title={t.tokens.form.createdTitle}
      lead={t.tokens.form.createdLead({ name: issued.name })}
      label={t.tokens.form.token}
      secret={issued.token}
      unsaved={t.tokens.form.unsaved}
      saved={t.tokens.form.saved}
      onClose={() => {
        announce(t.tokens.done.created({ name: issued.name }));
        onClose();
      }}
    />
  );
}
