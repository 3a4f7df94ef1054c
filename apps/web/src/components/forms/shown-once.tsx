import { useId, useState } from "react";
import { Modal } from "../overlays/dialog.tsx";
import { Button } from "../ui/button.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Notice } from "../ui/notice.tsx";

interface ShownOnceProps {
  title: string;
  lead: string;
  label: string;
  secret: string;
  note?: string;
  /** Shown if the user closes without having copied it. */
  unsaved: string;
  saved: string;
  onClose: () => void;
}

/** Shows a secret once. Closing without having copied it requires confirmation. */
export function ShownOnce({ title, lead, label, secret, note, unsaved, saved, onClose }: ShownOnceProps) {
  const id = useId();
  const [isSaved, setSaved] = useState(false);
  const [isWarned, setWarned] = useState(false);
  return (
    <Modal isAlert title={title} lead={lead} onClose={() => (isSaved || isWarned ? onClose() : setWarned(true))}>
      <div className="flex flex-col gap-1">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <div className="flex gap-2">
          <input
            id={id}
            data-autofocus
            readOnly
            value={secret}
            spellCheck={false}
            onFocus={(event) => event.currentTarget.select()}
            onCopy={() => setSaved(true)}
            className="h-9 w-full min-w-0 rounded-control border border-line-strong bg-sunken px-3 font-mono text-table"
          />
          <CopyButton value={secret} what={label} variant="primary" onCopied={() => setSaved(true)} />
        </div>
      </div>
      {note && <p className="text-muted">{note}</p>}
      <div role="status">{isWarned && !isSaved && <Notice tone="warn">{unsaved}</Notice>}</div>
      <div className="flex justify-end">
        <Button onClick={onClose}>{saved}</Button>
      </div>
    </Modal>
  );
}
