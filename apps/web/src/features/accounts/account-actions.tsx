import { Ellipsis, KeyRound, LoaderCircle, Pencil, RefreshCw, Trash2 } from "lucide-react";
import { useState } from "react";
import { Menu } from "../../components/overlays/menu.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { useAccountsChanged } from "../../lib/api/accounts.ts";
import { messageOf } from "../../lib/api/errors.ts";
import { usePermission } from "../../lib/api/permission.ts";
import { type Account, trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { EditAccountDialog, RemoveAccountDialog, ReplaceKeyDialog } from "./account-dialogs.tsx";

type Open = "edit" | "replace" | "delete" | null;

export function AccountActions({ account }: { account: Account }) {
  const t = useTexts("accounts");
  const { id, name } = account;
  const [open, setOpen] = useState<Open>(null);
  const announce = useAnnounce();
  const sync = trpc.accounts.sync.useMutation({
    onMutate: () => announce(t.accounts.syncing({ name })),
    onSuccess: ({ status, rows_written: rows }) =>
      status === "failed"
        ? announce(t.accounts.syncFailed({ name }), "bad")
        : announce(t.accounts.syncDone({ name, rows })),
    onError: (error) => announce(messageOf(error), "bad"),
    onSettled: useAccountsChanged(),
  });
  const Icon = sync.isPending ? LoaderCircle : Ellipsis;
  const close = () => setOpen(null);
  const mayEdit = usePermission("edit");
  const mayManage = usePermission("manageKeys");
  if (!mayEdit) return null;
  return (
    <>
      <Menu
        trigger={
          <button
            type="button"
            aria-label={t.accounts.actions({ name })}
            className="flex size-8 shrink-0 items-center justify-center rounded-control text-muted hover:bg-sunken hover:text-ink print:hidden pointer-coarse:size-11"
          >
            <Icon aria-hidden className={`size-4 ${sync.isPending ? "animate-spin" : ""}`} />
          </button>
        }
        items={[
          { label: t.accounts.sync, Icon: RefreshCw, onSelect: () => sync.mutate({ id }), disabled: sync.isPending },
          ...(mayManage
            ? [
                { label: t.accounts.edit, Icon: Pencil, onSelect: () => setOpen("edit") },
                { label: t.accounts.replace, Icon: KeyRound, onSelect: () => setOpen("replace") },
                { label: t.accounts.remove, Icon: Trash2, onSelect: () => setOpen("delete"), isDanger: true },
              ]
            : []),
        ]}
      />
      {open === "edit" && <EditAccountDialog account={account} onClose={close} />}
      {open === "replace" && <ReplaceKeyDialog account={account} onClose={close} />}
      {open === "delete" && <RemoveAccountDialog account={account} onClose={close} />}
    </>
  );
}
