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
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { Menu } from "../../components/ui/menu.tsx";
import { Panel } from "../../components/ui/panel.tsx";
import { useNow } from "../../components/ui/values.tsx";
import { messageOf } from "../../lib/errors.ts";
import { formatAgo } from "../../lib/format.ts";
import { say, useSay } from "../../lib/i18n.ts";
import { text } from "../../lib/text/channels.ts";
import { type Channel, trpc } from "../../lib/trpc.ts";
import { Pill, type PillTone } from "./pill.tsx";

const words = text.channels;
type Open = (what: "edit" | "remove" | "rotate" | "confirm", channel: Channel) => void;

interface ChannelListProps {
  channels: Channel[];
  most: number;
  onOpen: Open;
}

export function ChannelList({ channels, most, onOpen }: ChannelListProps) {
  return (
    <Panel
      title={words.title}
      aside={<span className="text-table text-muted tabular-nums">{words.count(channels.length, most)}</span>}
    >
      {channels.length >= most && <p className="px-4 pb-3 text-table text-muted">{words.full(most)}</p>}
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
  const now = useNow();
  const { status, last_delivered_at } = channel;
  const say = useSay();
  const isUntried = status === "ok" && last_delivered_at === null;
  const gets = [channel.wants_alerts && words.alerts, channel.wants_digest && words.digest].filter(Boolean).join(", ");
  return (
    <div className="min-w-0 flex-1">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 dir="auto" className="min-w-0 font-medium break-words">
          {channel.name}
        </h3>
        <Pill tone={isUntried ? "quiet" : TONES[status]}>
          {isUntried ? words.status.untried : words.status[status]}
        </Pill>
      </div>
      <p className="text-table break-all text-muted">
        {words.kinds[channel.kind]} · <span dir="ltr">{channel.target}</span>
      </p>
      {channel.status_reason && <p className="text-table break-words">{say(channel.status_reason)}</p>}
      <p className="text-caption text-muted">
        {gets ? words.gets(gets) : words.nothing}
        {last_delivered_at && ` · ${words.last(formatAgo(last_delivered_at, now))}`}
      </p>
    </div>
  );
}

function ChannelActions({ channel, onOpen }: { channel: Channel; onOpen: Open }) {
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
    onMutate: () => announce(words.said.testing(name)),
    onSuccess: ({ state, last_error_message: error }) =>
      state === "delivered"
        ? announce(words.said.tested(name))
        : announce(words.said.notTested(name, error ? say(error) : text.sent.states[state]), "bad"),
  });
  const update = trpc.channels.update.useMutation({
    ...common,
    onSuccess: () => announce(isActive ? words.said.off(name) : words.said.on(name)),
  });
  const isBusy = test.isPending || update.isPending;
  const isConfirmed = status !== "unconfirmed";
  const Icon = isBusy ? LoaderCircle : Ellipsis;

  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={words.actionsFor(name)}
          className="flex size-8 shrink-0 items-center justify-center rounded-control text-muted hover:bg-sunken hover:text-ink"
        >
          <Icon aria-hidden className={`size-4 ${isBusy ? "animate-spin" : ""}`} />
        </button>
      }
      items={[
        isConfirmed
          ? { label: words.test, Icon: Send, onSelect: () => test.mutate({ id }), disabled: isBusy }
          : { label: words.confirm, Icon: MailCheck, onSelect: () => onOpen("confirm", channel) },
        {
          label: words.history,
          Icon: History,
          onSelect: () => void navigate({ search: { part: "sent", channel: id } }),
        },
        { label: words.edit, Icon: Pencil, onSelect: () => onOpen("edit", channel) },
        ...(kind === "webhook"
          ? [{ label: words.rotate, Icon: KeyRound, onSelect: () => onOpen("rotate", channel) }]
          : []),
        {
          label: isActive ? words.switchOff : words.switchOn,
          Icon: isActive ? PowerOff : Power,
          onSelect: () => update.mutate({ id, is_active: !isActive }),
          disabled: isBusy,
        },
        { label: words.remove, Icon: Trash2, onSelect: () => onOpen("remove", channel), isDanger: true },
      ]}
    />
  );
}
