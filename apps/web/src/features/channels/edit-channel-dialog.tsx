import { useState } from "react";
import { changedFields } from "../../components/forms/changed-fields.ts";
import { TextField } from "../../components/forms/field.tsx";
import { FormDialog, useWhileOpen } from "../../components/forms/form-dialog.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { type Channel, trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import { type ChannelField, channelFields, checkFields, type FieldValues, toSettings } from "./channel-fields.ts";
import { MessageLanguage, SettingFields, Wants } from "./channel-form-fields.tsx";

/** What is shown of a channel, as it stands in the form. What is secret is not. */
const shownOf = ({ kind, target, chat_id, message_thread_id }: Channel): FieldValues => ({
  ...(kind === "email" ? { address: target } : {}),
  ...(chat_id === null ? {} : { chat_id }),
  ...(message_thread_id === null ? {} : { message_thread_id: String(message_thread_id) }),
});

export function EditChannelDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const t = useTexts("channels");
  const close = useWhileOpen(onClose);
  const [name, setName] = useState(channel.name);
  const [wanted, setWanted] = useState({ wants_alerts: channel.wants_alerts, wants_digest: channel.wants_digest });
  const [language, setLanguage] = useState(channel.language);
  const shown = shownOf(channel);
  const [values, setValues] = useState(shown);
  const fields = channelFields(channel.kind, t);
  const keeps = (field: ChannelField) => shown[field.name] === undefined && field.name !== "message_thread_id";
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const update = trpc.channels.update.useMutation({
    onSuccess: async (saved) => {
      announce(t.channels.done.saved({ name: saved.name }));
      await utils.channels.list.invalidate();
      close();
    },
    onError: () => void utils.channels.list.invalidate(),
  });
  const isEmail = channel.kind === "email";

  function send() {
    const named = changedFields(channel, {
      name: name.trim(),
      language,
      wants_alerts: wanted.wants_alerts,
      ...(isEmail ? { wants_digest: wanted.wants_digest } : {}),
    });
    const settings = changedFields(toSettings(fields, shown), toSettings(fields, values));
    const hasNoTopic = shown.message_thread_id !== undefined && !values.message_thread_id?.trim();
    const change = { ...named, ...settings, ...(hasNoTopic ? { message_thread_id: null } : {}) };
    if (Object.keys(change).length > 0) update.mutate({ id: channel.id, ...change });
    else onClose();
  }

  function check() {
    const problems = checkFields(
      fields.filter((field) => !keeps(field)),
      values,
      t,
    );
    if (!name.trim()) problems.push(["name", t.common.required({ field: t.channels.form.name })]);
    return Object.fromEntries(problems);
  }

  return (
    <FormDialog
      title={t.channels.form.editTitle({ name: channel.name })}
      submit={t.channels.form.submitEdit}
      labels={{ name: t.channels.form.name, ...Object.fromEntries(fields.map((field) => [field.name, field.label])) }}
      call={update}
      gone={t.channels.gone({ name: channel.name })}
      check={check}
      onSubmit={send}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <TextField
            data-autofocus
            label={t.channels.form.name}
            required
            dir="auto"
            maxLength={100}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
            error={errors.name}
          />
          <SettingFields fields={fields} values={values} onChange={setValues} errors={errors} keeps={keeps} />
          <MessageLanguage value={language} onChange={setLanguage} />
          {isEmail && <Wants wanted={wanted} onChange={setWanted} />}
        </>
      )}
    </FormDialog>
  );
}
