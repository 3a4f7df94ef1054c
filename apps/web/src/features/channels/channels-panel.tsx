import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { ConfirmDialog } from "../../components/forms/confirm-dialog.tsx";
import { useWhileOpen } from "../../components/forms/form-modal.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { EmptyState } from "../../components/ui/empty-state.tsx";
import { codeOf } from "../../lib/api/errors.ts";
import { type Channel, trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import type { AlertsSearch } from "../../lib/search/alerts-search.ts";
import { useShutDialog } from "../../lib/search/opened-here.ts";
import { ChannelDialog } from "./channel-dialog.tsx";
import { ChannelList } from "./channel-list.tsx";
import { CodeDialog } from "./code-dialog.tsx";
import { EditChannelDialog } from "./edit-channel-dialog.tsx";
import { SigningSecret } from "./signing-secret.tsx";

type Opened = { what: "edit" | "remove" | "rotate" | "confirm"; channel: Channel };

export function ChannelsPanel({ search }: { search: AlertsSearch }) {
  const t = useTexts("channels");
  const navigate = useNavigate({ from: "/alerts" });
  const [opened, setOpened] = useState<Opened | null>(null);
  const list = trpc.channels.list.useQuery({});
  const close = () => setOpened(null);
  const shutAdd = useShutDialog(
    !!search.add,
    () => void navigate({ search: { part: "channels" }, replace: true, resetScroll: false }),
  );
  const closeAdd = (created?: Channel) => {
    shutAdd();
    if (created?.status === "unconfirmed") setOpened({ what: "confirm", channel: created });
  };

  return (
    <>
      <p className="max-w-prose text-muted">{t.channels.lead}</p>
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <EmptyState title={t.channels.emptyTitle} body={t.channels.emptyBody} />}
      {list.data && list.data.items.length > 0 && (
        <ChannelList
          channels={list.data.items}
          most={list.data.max}
          onOpen={(what, channel) => setOpened({ what, channel })}
        />
      )}
      {search.add && list.data && <ChannelDialog isEmailAvailable={list.data.email_available} onClose={closeAdd} />}
      {opened?.what === "edit" && <EditChannelDialog channel={opened.channel} onClose={close} />}
      {opened?.what === "confirm" && <CodeDialog channel={opened.channel} onClose={close} />}
      {opened?.what === "remove" && <DeleteChannel channel={opened.channel} onClose={close} />}
      {opened?.what === "rotate" && <RotateSecret channel={opened.channel} onClose={close} />}
    </>
  );
}

function DeleteChannel({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const t = useTexts("channels");
  const close = useWhileOpen(onClose);
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  async function leave() {
    announce(t.channels.done.removed({ name: channel.name }));
    await utils.channels.invalidate();
    close();
  }
  const remove = trpc.channels.delete.useMutation({
    onSuccess: leave,
    // Already deleted in another tab, which is the intended result.
    onError: (error) => codeOf(error) === "NOT_FOUND" && void leave(),
  });
  return (
    <ConfirmDialog
      isDanger
      title={t.channels.removal.title({ name: channel.name })}
      body={t.channels.removal.body}
      submit={t.channels.removal.submit}
      isBusy={remove.isPending}
      error={codeOf(remove.error) === "NOT_FOUND" ? null : remove.error}
      onConfirm={() => remove.mutate({ id: channel.id })}
      onClose={onClose}
    />
  );
}

function RotateSecret({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const t = useTexts("channels");
  const utils = trpc.useUtils();
  const rotate = trpc.channels.rotateSecret.useMutation({ onSuccess: () => utils.channels.list.invalidate() });
  if (rotate.data)
    return (
      <SigningSecret
        name={channel.name}
        secret={rotate.data.signing_secret}
        previousUntil={rotate.data.previous_secret_until}
        onClose={onClose}
      />
    );
  return (
    <ConfirmDialog
      title={t.channels.rotation.title({ name: channel.name })}
      body={t.channels.rotation.body}
      submit={t.channels.rotation.submit}
      isBusy={rotate.isPending}
      staysOpenWhileBusy
      error={rotate.error}
      onConfirm={() => rotate.mutate({ id: channel.id })}
      onClose={onClose}
    />
  );
}
