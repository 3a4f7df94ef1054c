import { useState } from "react";
import { FormDialog } from "../../components/form-dialog.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { CopyButton } from "../../components/ui/copy-button.tsx";
import { Modal } from "../../components/ui/dialog.tsx";
import { TextField } from "../../components/ui/field.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { text } from "../../lib/text/tokens.ts";
import { type IssuedToken, trpc } from "../../lib/trpc.ts";

const words = text.tokenForm;
const LABELS = { name: words.name };

export function IssueTokenDialog({ onClose }: { onClose: () => void }) {
  const [issued, setIssued] = useState<IssuedToken | null>(null);
  return issued ? <ShownOnce issued={issued} onClose={onClose} /> : <NameForm onIssued={setIssued} onClose={onClose} />;
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

/** The token in the clear. Leaving without having copied it takes a second try. */
function ShownOnce({ issued, onClose }: { issued: IssuedToken; onClose: () => void }) {
  const [isSaved, setSaved] = useState(false);
  const [isWarned, setWarned] = useState(false);
  const announce = useAnnounce();

  function leave() {
    announce(text.tokens.said.issued(issued.name));
    onClose();
  }

  return (
    <Modal
      isAlert
      title={words.doneTitle}
      lead={words.doneLead(issued.name)}
      onClose={() => (isSaved || isWarned ? leave() : setWarned(true))}
    >
      <div className="flex flex-col gap-1">
        <label htmlFor="issued-token" className="font-medium">
          {words.token}
        </label>
        <div className="flex gap-2">
          <input
            id="issued-token"
            data-autofocus
            readOnly
            value={issued.token}
            spellCheck={false}
            onFocus={(event) => event.currentTarget.select()}
            onCopy={() => setSaved(true)}
            className="h-9 w-full min-w-0 rounded-control border border-line-strong bg-sunken px-3 font-mono text-table"
          />
          <CopyButton value={issued.token} what={words.token} look="primary" onCopied={() => setSaved(true)} />
        </div>
      </div>
      <div role="status">{isWarned && !isSaved && <Notice tone="warn">{words.unsaved}</Notice>}</div>
      <div className="flex justify-end">
        <Button onClick={leave}>{words.saved}</Button>
      </div>
    </Modal>
  );
}
