import { messageOf } from "../../lib/api/errors.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { Modal } from "../overlays/dialog.tsx";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";

interface ConfirmDialogProps {
  title: string;
  body: string;
  submit: string;
  isDanger?: boolean;
  isBusy: boolean;
  /** Cannot be closed while busy, because its result is shown only once. */
  staysOpenWhileBusy?: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

/** Confirmation dialog. The safe option is focused. */
export function ConfirmDialog({
  title,
  body,
  submit,
  isDanger,
  isBusy,
  staysOpenWhileBusy = false,
  error,
  onConfirm,
  ...rest
}: ConfirmDialogProps) {
  const t = useTexts("common");
  const onClose = () => !(staysOpenWhileBusy && isBusy) && rest.onClose();
  return (
    <Modal isAlert title={title} lead={body} onClose={onClose}>
      {Boolean(error) && (
        <Notice tone="bad" role="alert">
          {messageOf(error)}
        </Notice>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button data-autofocus onClick={onClose}>
          {t.common.cancel}
        </Button>
        <Button variant={isDanger ? "danger" : "primary"} busy={isBusy} onClick={onConfirm}>
          {submit}
        </Button>
      </div>
    </Modal>
  );
}
