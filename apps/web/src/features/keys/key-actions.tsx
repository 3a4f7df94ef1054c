import { Ellipsis, LoaderCircle, Pencil, Power, PowerOff, RefreshCw, ShieldCheck, Trash2 } from "lucide-react";
import { Menu } from "../../components/overlays/menu.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { codeOf, messageOf } from "../../lib/api/errors.ts";
import { useKeysChanged } from "../../lib/api/keys.ts";
import { usePermission } from "../../lib/api/permission.ts";
import { type Key, trpc } from "../../lib/api/trpc.ts";
import { say, useTexts } from "../../lib/i18n/i18n.ts";

interface KeyActionsProps {
  watched: Key;
  onEdit: () => void;
  onDelete: () => void;
}

export function KeyActions({ watched, onEdit, onDelete }: KeyActionsProps) {
  const t = useTexts("keys", "usage");
  const { id, name, is_active: isActive } = watched;
  const announce = useAnnounce();
  const changed = useKeysChanged();
  const mayEdit = usePermission("edit");
  const mayManage = usePermission("manageKeys");
  const common = {
    onError: (error: unknown) =>
      announce(codeOf(error) === "NOT_FOUND" ? t.keys.gone.other({ name }) : messageOf(error), "bad"),
    onSettled: changed,
  };

  const validate = trpc.keys.validate.useMutation({
    ...common,
    onMutate: () => announce(t.keys.done.testing({ name })),
    onSuccess: ({ status, status_reason }) => {
      if (status === "valid") return announce(t.keys.done.valid({ name }));
      if (status === "unverified") return announce(t.keys.done.unverified({ name }), "bad");
      announce(t.keys.done.rejected({ name, reason: status_reason ? say(status_reason) : t.keys.invalid }), "bad");
    },
  });
  const sync = trpc.sync.key.useMutation({
    ...common,
    onMutate: () => announce(t.keys.done.syncing({ name })),
    onSuccess: ({ status, rows_written }) =>
      status === "ok"
        ? announce(t.keys.done.synced({ name, outcome: t.usage.sync.done({ rows: rows_written }) }))
        : announce(t.keys.done.synced({ name, outcome: t.keys.syncFailed }), "bad"),
  });
  const update = trpc.keys.update.useMutation({
    ...common,
    onSuccess: (key) => announce(key.is_active ? t.keys.done.turnedOn({ name }) : t.keys.done.turnedOff({ name })),
  });
  const isBusy = validate.isPending || sync.isPending || update.isPending;
  const Icon = isBusy ? LoaderCircle : Ellipsis;
  if (!mayEdit) return null;

  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={t.keys.actionsFor({ name })}
          className="flex size-8 shrink-0 items-center justify-center rounded-control text-muted hover:bg-sunken hover:text-ink print:hidden"
        >
          <Icon aria-hidden className={`size-4 ${isBusy ? "animate-spin" : ""}`} />
        </button>
      }
      items={[
        { label: t.keys.sync, Icon: RefreshCw, onSelect: () => sync.mutate({ id }), disabled: isBusy || !isActive },
        {
          label: t.keys.test,
          Icon: ShieldCheck,
          onSelect: () => validate.mutate({ id }),
          disabled: isBusy || !watched.has_secret,
        },
        ...(mayManage
          ? [
              { label: t.keys.edit, Icon: Pencil, onSelect: onEdit },
              {
                label: isActive ? t.keys.turnOff : t.keys.turnOn,
                Icon: isActive ? PowerOff : Power,
                onSelect: () => update.mutate({ id, is_active: !isActive }),
                disabled: isBusy,
              },
              { label: t.keys.remove, Icon: Trash2, onSelect: onDelete, isDanger: true },
            ]
          : []),
      ]}
    />
  );
}
