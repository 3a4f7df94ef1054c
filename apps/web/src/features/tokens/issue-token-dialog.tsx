import { useState } from "react";
import { TextField } from "../../components/forms/field.tsx";
import { FormDialog } from "../../components/forms/form-dialog.tsx";
import { ShownOnce } from "../../components/forms/shown-once.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { type IssuedToken, trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";

export function IssueTokenDialog({ onClose }: { onClose: () => void }) {
  const [issued, setIssued] = useState<IssuedToken | null>(null);
  return issued ? <ShowToken issued={issued} onClose={onClose} /> : <NameForm onIssued={setIssued} onClose={onClose} />;
}

function NameForm({ onIssued, onClose }: { onIssued: (token: IssuedToken) => void; onClose: () => void }) {
  const t = useTexts("tokens");
  const [name, setName] = useState("");
  const utils = trpc.useUtils();
  const issue = trpc.tokens.issue.useMutation({
    onSuccess: async (token) => {
      onIssued(token);
      await utils.tokens.invalidate();
    },
  });

  return (
    <FormDialog
      title={t.tokens.form.title}
      lead={t.tokens.form.lead}
      submit={t.tokens.form.submit}
      labels={{ name: t.tokens.form.name }}
      call={issue}
      holds
      check={() => (name.trim() ? {} : { name: t.common.required({ field: t.tokens.form.name }) })}
      onSubmit={() => issue.mutate({ name })}
      onClose={onClose}
    >
      {(errors) => (
        <TextField
          data-autofocus
          label={t.tokens.form.name}
          required
          dir="auto"
          maxLength={100}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={errors.name}
          hint={t.tokens.form.hint}
        />
      )}
    </FormDialog>
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
