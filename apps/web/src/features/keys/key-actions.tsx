import { Ellipsis, LoaderCircle, Pencil, Power, PowerOff, RefreshCw, ShieldCheck, Trash2 } from "lucide-react";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Menu } from "../../components/ui/menu.tsx";
import { codeOf, messageOf } from "../../lib/errors.ts";
import { say } from "../../lib/i18n.ts";
import { text } from "../../lib/text/keys.ts";
import { type Key, trpc } from "../../lib/trpc.ts";
import { useKeysChanged } from "./use-keys-changed.ts";

const words = text.keys;

interface KeyActionsProps {
  watched: Key;
  onEdit: () => void;
  onDelete: () => void;
}

export function KeyActions({ watched, onEdit, onDelete }: KeyActionsProps) {
  const { id, name, is_active: isActive } = watched;
  const announce = useAnnounce();
  const changed = useKeysChanged();
  const common = {
    onError: (error: unknown) =>
      announce(codeOf(error) === "NOT_FOUND" ? text.keyGone.other(name) : messageOf(error), "bad"),
    onSettled: changed,
  };

  const validate = trpc.keys.validate.useMutation({
    ...common,
    onMutate: () => announce(words.said.testing(name)),
    onSuccess: ({ status, status_reason }) => {
      if (status === "valid") return announce(words.said.works(name));
      if (status === "unverified") return announce(words.said.unverified(name), "bad");
      announce(words.said.refused(name, status_reason ? say(status_reason) : words.invalid), "bad");
    },
  });
  const sync = trpc.sync.key.useMutation({
    ...common,
    onMutate: () => announce(words.said.syncing(name)),
    onSuccess: ({ status, rows_written }) =>
      status === "ok"
        ? announce(words.said.synced(name, text.sync.done(rows_written)))
        : announce(words.said.synced(name, words.syncFailed), "bad"),
  });
  const update = trpc.keys.update.useMutation({
    ...common,
    onSuccess: (key) => announce(key.is_active ? words.said.on(name) : words.said.off(name)),
  });
  const isBusy = validate.isPending || sync.isPending || update.isPending;
  const Icon = isBusy ? LoaderCircle : Ellipsis;

  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={words.actionsFor(name)}
          className="flex size-8 shrink-0 items-center justify-center rounded-control text-muted hover:bg-sunken hover:text-ink print:hidden"
        >
          <Icon aria-hidden className={`size-4 ${isBusy ? "animate-spin" : ""}`} />
        </button>
      }
      items={[
        { label: words.sync, Icon: RefreshCw, onSelect: () => sync.mutate({ id }), disabled: isBusy || !isActive },
        { label: words.test, Icon: ShieldCheck, onSelect: () => validate.mutate({ id }), disabled: isBusy },
        { label: words.edit, Icon: Pencil, onSelect: onEdit },
        {
          label: isActive ? words.switchOff : words.switchOn,
          Icon: isActive ? PowerOff : Power,
          onSelect: () => update.mutate({ id, is_active: !isActive }),
          disabled: isBusy,
        },
        { label: words.remove, Icon: Trash2, onSelect: onDelete, isDanger: true },
      ]}
    />
  );
}
