import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Modal } from "../../components/ui/dialog.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { useNow } from "../../components/ui/values.tsx";
import { useWhileOpen } from "../../components/use-while-open.ts";
import { codeOf, messageOf } from "../../lib/errors.ts";
import { formatAgo } from "../../lib/format.ts";
import { text } from "../../lib/text/tokens.ts";
import { type ApiToken, trpc } from "../../lib/trpc.ts";

const words = text.tokenRevoke;

export function RevokeTokenDialog({ token, onClose }: { token: ApiToken; onClose: () => void }) {
  const close = useWhileOpen(onClose);
  const now = useNow();
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  async function leave() {
    announce(text.tokens.said.revoked(token.name));
    await utils.tokens.invalidate();
    close();
  }
  const revoke = trpc.tokens.revoke.useMutation({
    onSuccess: leave,
    // Already revoked in another tab: what was wanted is so.
    onError: (error) => codeOf(error) === "NOT_FOUND" && void leave(),
  });

  return (
    <Modal
      isAlert
      title={words.title(token.name)}
      lead={
        <>
          <p>{words.body}</p>
          <p className="mt-2">
            {token.last_used_at ? words.lastUsed(formatAgo(token.last_used_at, now)) : words.neverUsed}
          </p>
        </>
      }
      onClose={onClose}
    >
      {revoke.error && codeOf(revoke.error) !== "NOT_FOUND" && (
        <Notice tone="bad" role="alert">
          {messageOf(revoke.error)}
        </Notice>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button data-autofocus onClick={onClose}>
          {text.values.cancel}
        </Button>
        <Button look="danger" busy={revoke.isPending} onClick={() => revoke.mutate({ id: token.id })}>
          {words.submit}
        </Button>
      </div>
    </Modal>
  );
}
