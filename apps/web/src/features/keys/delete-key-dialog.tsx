import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Modal } from "../../components/ui/dialog.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { messageOf } from "../../lib/errors.ts";
import { text } from "../../lib/text/keys.ts";
import { type Key, trpc } from "../../lib/trpc.ts";
import { useKeysChanged } from "./use-keys-changed.ts";

const words = text.keyDelete;

export function DeleteKeyDialog({ watched, onClose }: { watched: Key; onClose: () => void }) {
  const announce = useAnnounce();
  const changed = useKeysChanged();
  const remove = trpc.keys.delete.useMutation({
    onSuccess: async () => {
      announce(text.keys.said.deleted(watched.name));
      await changed();
      onClose();
    },
  });

  return (
    <Modal
      isAlert
      title={words.title(watched.name)}
      lead={
        <>
          <p>{words.body}</p>
          {watched.kind === "management" && <p className="mt-2">{words.managementBody}</p>}
          {watched.is_active && <p className="mt-2">{words.instead}</p>}
        </>
      }
      onClose={onClose}
    >
      {remove.error && (
        <Notice tone="bad" role="alert">
          {messageOf(remove.error)}
        </Notice>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button data-autofocus onClick={onClose}>
          {text.values.cancel}
        </Button>
        <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate({ id: watched.id })}>
          {words.submit}
        </Button>
      </div>
    </Modal>
  );
}
