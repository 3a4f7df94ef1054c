import { useWhileOpen } from "../../components/forms/form-modal.tsx";
import { Modal } from "../../components/overlays/dialog.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { useNow } from "../../components/ui/values.tsx";
import { codeOf, messageOf } from "../../lib/api/errors.ts";
import { type ApiToken, trpc } from "../../lib/api/trpc.ts";
import { useFormat, useTexts } from "../../lib/i18n/i18n.ts";

export function RevokeTokenDialog({ token, onClose }: { token: ApiToken; onClose: () => void }) {
  const t = useTexts("tokens");
  const format = useFormat();
  const close = useWhileOpen(onClose);
  useNow();
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  async function leave() {
    announce(t.tokens.done.revoked({ name: token.name }));
    await utils.tokens.invalidate();
    close();
  }
  const revoke = trpc.tokens.revoke.useMutation({
    onSuccess: leave,
    // Already revoked in another tab, which is the intended result.
    onError: (error) => codeOf(error) === "NOT_FOUND" && void leave(),
  });

  return (
    <Modal
      isAlert
      title={t.tokens.revocation.title({ name: token.name })}
      lead={
        <>
          <p>{t.tokens.revocation.body}</p>
          <p className="mt-2">
            {token.last_used_at
              ? t.tokens.revocation.lastUsed({ ago: format.ago(token.last_used_at) })
              : t.tokens.revocation.neverUsed}
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
          {t.common.cancel}
        </Button>
        <Button variant="danger" busy={revoke.isPending} onClick={() => revoke.mutate({ id: token.id })}>
          {t.tokens.revocation.submit}
        </Button>
      </div>
    </Modal>
  );
}
