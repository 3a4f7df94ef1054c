import { useNavigate } from "@tanstack/react-router";
import {
  Ellipsis,
  History,
  KeyRound,
  LoaderCircle,
  MailCheck,
  Pencil,
  Power,
  PowerOff,
  Send,
  Trash2,
} from "lucide-react";
import { Menu } from "../../components/overlays/menu.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Panel } from "../../components/ui/panel.tsx";
import { Pill, type PillTone } from "../../components/ui/pill.tsx";
import { useNow } from "../../components/ui/values.tsx";
import { messageOf } from "../../lib/api/errors.ts";
import { usePermission } from "../../lib/api/permission.ts";
import { type Channel, trpc } from "../../lib/api/trpc.ts";
import { say, useFormat, useSay, useTexts } from "../../lib/i18n/i18n.ts";

type Open = (what: "edit" | "remove" | "rotate" | "confirm", channel: Channel) => void;

interface ChannelListProps {
  channels: Channel[];
  most: number;
  onOpen: Open;
}

export function ChannelList({ channels, most, onOpen }: ChannelListProps) {
  const t = useTexts("channels");
  return (
    <Panel
      title={t.channels.title}
      aside={
        <span className="text-table text-muted tabular-nums">
          {t.channels.count({ count: channels.length, limit: most })}
        </span>
      }
    >
      {channels.length >= most && <p className="px-4 pb-3 text-table text-muted">{t.channels.full({ limit: most })}</p>}
      <ul className="divide-y divide-line border-t border-line">
        {channels.map((channel) => (
          <li key={channel.id} className="flex items-start gap-3 px-4 py-3">
            <Facts channel={channel} />
            <ChannelActions channel={channel} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const TONES: Record<Channel["status"], PillTone> = { ok: "good", failing: "bad", unconfirmed: "warn", off: "quiet" };

function Facts({ channel }: { channel: Channel }) {
  const t = useTexts("channels");
  const format = useFormat();
  useNow();
  const { status, last_delivered_at } = channel;
  const say = useSay();
  const isUntried = status === "ok" && last_delivered_at === null;
  const gets = [channel.wants_alerts && t.channels.alerts, channel.wants_digest && t.channels.digest]
    .filter(Boolean)
    .join(", ");
  return (
    <div className="min-w-0 flex-1">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 dir="auto" className="min-w-0 font-medium break-words">
          {channel.name}
        </h3>
        <Pill tone={isUntried ? "quiet" : TONES[status]}>
          {isUntried ? t.channels.status.untried : t.channels.status[status]}
        </Pill>
      </div>
      <p className="text-table break-all text-muted">
        {t.channels.kinds[channel.kind]} · <span dir="ltr">{channel.target}</span>
      </p>
      {channel.status_reason && <p className="text-table break-words">{say(channel.status_reason)}</p>}
      <p className="text-caption text-muted">
        {gets ? t.channels.receives({ what: gets }) : t.channels.receivesNothing}
        {last_delivered_at && ` · ${t.channels.lastDelivered({ ago: format.ago(last_delivered_at) })}`}
      </p>
    </div>
  );
}

function ChannelActions({ channel, onOpen }: { channel: Channel; onOpen: Open }) {
  const t = useTexts("channels");
  const { id, name, is_active: isActive, status, kind } = channel;
  const navigate = useNavigate({ from: "/alerts" });
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const common = {
    onError: (error: unknown) => announce(messageOf(error), "bad"),
    onSettled: () => utils.channels.invalidate(),
  };
  const test = trpc.channels.test.useMutation({
    ...common,
    onMutate: () => announce(t.channels.done.testing({ name })),
    onSuccess: ({ state, last_error_message: error }) =>
      state === "delivered"
        ? announce(t.channels.done.tested({ name }))
        : announce(
            t.channels.done.notTested({ name, reason: error ? say(error) : t.channels.deliveries.states[state] }),
            "bad",
          ),
  });
  const update = trpc.channels.update.useMutation({
    ...common,
    onSuccess: () => announce(isActive ? t.channels.done.turnedOff({ name }) : t.channels.done.turnedOn({ name })),
  });
  const isBusy = test.isPending || update.isPending;
  const mayManage = usePermission("manageKeys");
  const isConfirmed = status !== "unconfirmed";
  const Icon = isBusy ? LoaderCircle : Ellipsis;

  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={t.channels.actionsFor({ name })}
          className="flex size-8 shrink-0 items-center justify-center rounded-control text-muted hover:bg-sunken hover:text-ink"
        >
          <Icon aria-hidden className={`size-4 ${isBusy ? "animate-spin" : ""}`} />
        </button>
      }
      items={[
        ...(mayManage
          ? [
              isConfirmed
                ? { label: t.channels.test, Icon: Send, onSelect: () => test.mutate({ id }), disabled: isBusy }
                : { label: t.channels.confirm, Icon: MailCheck, onSelect: () => onOpen("confirm", channel) },
            ]
          : []),
        {
          label: t.channels.history,
          Icon: History,
          onSelect: () => void navigate({ search: { part: "sent", channel: id } }),
        },
        ...(mayManage
          ? [
              { label: t.channels.edit, Icon: Pencil, onSelect: () => onOpen("edit", channel) },
              ...(kind === "webhook"
                ? [{ label: t.channels.rotate, Icon: KeyRound, onSelect: () => onOpen("rotate", channel) }]
                : []),
              {
                label: isActive ? t.channels.turnOff : t.channels.turnOn,
                Icon: isActive ? PowerOff : Power,
                onSelect: () => update.mutate({ id, is_active: !isActive }),
                disabled: isBusy,
              },
              { label: t.channels.remove, Icon: Trash2, onSelect: () => onOpen("remove", channel), isDanger: true },
            ]
          : []),
      ]}
    />
  );
}
