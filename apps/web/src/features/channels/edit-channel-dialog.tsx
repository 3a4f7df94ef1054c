import { changedFields, textProps, useApiForm } from "../../components/forms/form.tsx";
import { FormModal, useWhileOpen } from "../../components/forms/form-modal.tsx";
import { useAnnounce } from "../../components/ui/announcer.tsx";
import { type Channel, trpc } from "../../lib/api/trpc.ts";
import { useTexts } from "../../lib/i18n/i18n.ts";
import {
  channelFields,
  channelSchema,
  isNeeded,
  NO_SETTINGS,
  type SettingName,
  shownSettings,
  toSettings,
} from "./channel-fields.ts";
import { ChannelName, MessageLanguage, SettingField, WantedField } from "./channel-form-fields.tsx";

export function EditChannelDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const t = useTexts("channels");
  const close = useWhileOpen(onClose);
  const { id, kind, name, language, wants_alerts, wants_digest } = channel;
  const isEmail = kind === "email";
  const shown = shownSettings(channel);
  const fields = channelFields(kind, t);
  const keeps = (setting: SettingName) => shown[setting] === undefined && setting !== "message_thread_id";
  const announce = useAnnounce();
  const utils = trpc.useUtils();
  const update = trpc.channels.update.useMutation({ onError: () => void utils.channels.list.invalidate() });
  const form = useApiForm({
    defaultValues: { kind, name, language, wants_alerts, wants_digest, ...NO_SETTINGS, ...shown },
    schema: channelSchema(fields.map((field) => field.name).filter(keeps)),
    async send({ kind: _, wants_digest, ...values }) {
      const change = {
        ...changedFields(channel, {
          name: values.name,
          language: values.language,
          wants_alerts: values.wants_alerts,
          ...(isEmail ? { wants_digest } : {}),
        }),
        ...changedFields(toSettings(fields, shown), toSettings(fields, values)),
        ...(shown.message_thread_id && !values.message_thread_id ? { message_thread_id: null } : {}),
      };
      if (Object.keys(change).length === 0) return onClose();
      const saved = await update.mutateAsync({ id, ...change });
      announce(t.channels.done.saved({ name: saved.name }));
      await utils.channels.list.invalidate();
      close();
    },
  });

  return (
    <FormModal
      form={form}
      needs="manageKeys"
      title={t.channels.form.editTitle({ name })}
      submit={t.channels.form.submitEdit}
      deletedText={t.channels.gone({ name })}
      onClose={onClose}
    >
      <form.Field name="name">{(field) => <ChannelName {...textProps(field)} data-autofocus />}</form.Field>
      {fields.map((setting) => (
        <form.Field key={setting.name} name={setting.name}>
          {(field) => (
            <SettingField
              {...textProps(field)}
              setting={setting}
              isOptional={keeps(setting.name) || !isNeeded(kind, setting.name)}
              keeps={keeps(setting.name)}
            />
          )}
        </form.Field>
      ))}
      <form.Field name="language">
        {(field) => <MessageLanguage value={field.state.value} onChange={field.handleChange} />}
      </form.Field>
      {isEmail && (
        <fieldset>
          <legend className="mb-1 font-medium">{t.channels.form.what}</legend>
          <form.Field name="wants_alerts">
            {(field) => <WantedField field={field} label={t.channels.alerts} />}
          </form.Field>
          <form.Field name="wants_digest">
            {(field) => <WantedField field={field} label={t.channels.digest} />}
          </form.Field>
        </fieldset>
      )}
    </FormModal>
  );
}
