import { useState } from "react";
import { FormDialog } from "../../components/form-dialog.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { TextField } from "../../components/ui/field.tsx";
import { useWhileOpen } from "../../components/use-while-open.ts";
import { changedFields } from "../../lib/changed-fields.ts";
import { text } from "../../lib/text/channels.ts";
import { type Channel, trpc } from "../../lib/trpc.ts";
import { MessageLanguage } from "./message-language.tsx";
import { Wants } from "./wants.tsx";

const words = text.channelForm;
const LABELS = { name: words.name };

/** Where a channel leads stays as it is: for another place, add another channel. */
export function EditChannelDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const close = useWhileOpen(onClose);
  const [name, setName] = useState(channel.name);
  const [wanted, setWanted] = useState({ wants_alerts: channel.wants_alerts, wants_digest: channel.wants_digest });
  const [language, setLanguage] = useState(channel.language);
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const update = trpc.channels.update.useMutation({
    onSuccess: async (saved) => {
      announce(text.channels.said.saved(saved.name));
      await utils.channels.list.invalidate();
      close();
    },
    onError: () => void utils.channels.list.invalidate(),
  });
  const isEmail = channel.kind === "email";

  function send() {
    const change = changedFields(channel, {
      name: name.trim(),
      language,
      wants_alerts: wanted.wants_alerts,
      ...(isEmail ? { wants_digest: wanted.wants_digest } : {}),
    });
    if (change) update.mutate({ id: channel.id, ...change });
    else onClose();
  }

  return (
    <FormDialog
      title={words.editTitle(channel.name)}
      submit={words.submitEdit}
      labels={LABELS}
      call={update}
      gone={text.channels.gone(channel.name)}
      check={() => (name.trim() ? {} : { name: text.account.missing(words.name) })}
      onSubmit={send}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <TextField
            data-autofocus
            label={words.name}
            required
            dir="auto"
            maxLength={100}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
            error={errors.name}
          />
          <MessageLanguage value={language} onChange={setLanguage} />
          {isEmail && <Wants wanted={wanted} onChange={setWanted} />}
        </>
      )}
    </FormDialog>
  );
}
