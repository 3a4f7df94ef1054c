import { type FormEvent, useRef, useState } from "react";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { CopyButton } from "../../components/ui/copy-button.tsx";
import { Modal } from "../../components/ui/dialog.tsx";
import { focusFirstError, TextField } from "../../components/ui/field.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { fieldErrorsOf, messageOf } from "../../lib/errors.ts";
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
  const [isNameless, setNameless] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const utils = trpc.useUtils();
  const issue = trpc.tokens.issue.useMutation({
    onSuccess: async (token) => {
      onIssued(token);
      await utils.tokens.invalidate();
    },
    onError: () => focusFirstError(form.current),
  });
  const errors = fieldErrorsOf(issue.error, LABELS);

  function submit(event: FormEvent) {
    event.preventDefault();
    setNameless(!name.trim());
    if (!name.trim()) return focusFirstError(form.current);
    if (!issue.isPending) issue.mutate({ name });
  }

  return (
    <Modal title={words.title} lead={words.lead} onClose={onClose}>
      <form ref={form} noValidate onSubmit={submit} className="flex flex-col gap-4">
        {issue.error && !errors.name && (
          <Notice tone="bad" role="alert">
            {messageOf(issue.error)}
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
          hint={words.hint}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{text.values.cancel}</Button>
          <Button type="submit" look="primary" busy={issue.isPending}>
            {words.submit}
          </Button>
        </div>
      </form>
    </Modal>
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
