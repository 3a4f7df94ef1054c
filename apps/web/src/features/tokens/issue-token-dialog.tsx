import { useState } from "react";
import { FormDialog } from "../../components/form-dialog.tsx";
import { ShownOnce } from "../../components/shown-once.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { TextField } from "../../components/ui/field.tsx";
import { text } from "../../lib/text/tokens.ts";
import { type IssuedToken, trpc } from "../../lib/trpc.ts";

const words = text.tokenForm;
const LABELS = { name: words.name };

export function IssueTokenDialog({ onClose }: { onClose: () => void }) {
  const [issued, setIssued] = useState<IssuedToken | null>(null);
  return issued ? <ShowToken issued={issued} onClose={onClose} /> : <NameForm onIssued={setIssued} onClose={onClose} />;
}

function NameForm({ onIssued, onClose }: { onIssued: (token: IssuedToken) => void; onClose: () => void }) {
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
      title={words.title}
      lead={words.lead}
      submit={words.submit}
      labels={LABELS}
      call={issue}
      holds
      check={() => (name.trim() ? {} : { name: text.account.missing(LABELS.name) })}
      onSubmit={() => issue.mutate({ name })}
      onClose={onClose}
    >
      {(errors) => (
        <TextField
          data-autofocus
          label={LABELS.name}
          required
          dir="auto"
          maxLength={100}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={errors.name}
          hint={words.hint}
        />
      )}
    </FormDialog>
  );
}

function ShowToken({ issued, onClose }: { issued: IssuedToken; onClose: () => void }) {
  const announce = useAnnounce();
  return (
    <ShownOnce
      title={words.doneTitle}
      lead={words.doneLead(issued.name)}
      label={words.token}
      secret={issued.token}
      unsaved={words.unsaved}
      saved={words.saved}
      onClose={() => {
        announce(text.tokens.said.issued(issued.name));
        onClose();
      }}
    />
  );
}
